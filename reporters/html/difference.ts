import type { Finding } from '../../behaviors/behavior';
import type { Value } from '../../behaviors/finding';
import { firstDifference } from '../wording/differences';
import { differenceThatCounts } from '../wording/finding-text';
import { valueLines, whoText } from '../wording/value-text';
import { markup, type Markup } from './markup';

/** A piece of a text, and whether it differs. */
export interface Part {
  text: string;
  differs: boolean;
}

/** Above this number of word pairs, texts are not compared word by word. */
const MOST_PAIRS = 250_000;

/** Splits a text into words and separators. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_-]+|\s|[^\p{L}\p{N}_\s-]/gu) ?? [];
}

/** For each list, the indexes of the words in the longest common subsequence. */
function shared(a: readonly string[], b: readonly string[]): [Set<number>, Set<number>] {
  if (a.length * b.length > MOST_PAIRS) return [new Set(), new Set()];
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found: [Set<number>, Set<number>] = [new Set(), new Set()];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      found[0].add(i);
      found[1].add(j);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return found;
}

function joined(words: readonly string[], same: ReadonlySet<number>): Part[] {
  const parts: Part[] = [];
  words.forEach((text, i) => {
    const last = parts.at(-1);
    const differs = !same.has(i);
    if (last?.differs === differs) last.text += text;
    else parts.push({ text, differs });
  });
  return parts;
}

/** The length of the common beginning of two texts. */
function sharedLength(a: string, b: string): number {
  const at = firstDifference(a, b);
  // Must not split a surrogate pair.
  return /[\uD800-\uDBFF]$/.test(a.slice(0, at)) ? at - 1 : at;
}

/**
 * Marks only the addition if one differing part begins with the other: for a text that was cut off, the missing rest.
 */
function refined([a, b]: [Part[], Part[]]): [Part[], Part[]] {
  const at = a.findIndex(({ differs }) => differs);
  const [x, y] = [a[at], b[at]];
  if (!x || !y?.differs) return [a, b];
  const length = sharedLength(x.text, y.text);
  if (length === 0 || length < Math.min(x.text.length, y.text.length)) return [a, b];
  const cut = (parts: Part[], { text }: Part): Part[] => [
    ...parts.slice(0, at),
    { text: text.slice(0, length), differs: false },
    { text: text.slice(length), differs: true },
    ...parts.slice(at + 1),
  ];
  return [cut(a, x), cut(b, y)].map((parts) => parts.filter(({ text }) => text !== '')) as [Part[], Part[]];
}

/** The parts in which two texts differ, word by word: for ids in a URL, whole ids. */
export function differingParts(expected: string, observed: string): [Part[], Part[]] {
  const [a, b] = [wordsOf(expected), wordsOf(observed)];
  const [inA, inB] = shared(a, b);
  return refined([joined(a, inA), joined(b, inB)]);
}

function plainly(value: Value): Part[] {
  return [{ text: valueLines(value).join('\n'), differs: false }];
}

/**
 * Whether two values are compared with each other; values of different kinds differ as a whole, and nothing is marked.
 */
function comparable(expected: Value, observed: Value): boolean {
  const texts = ['json', 'resource', 'cut'];
  return expected.is === observed.is
    ? expected.is === 'json' || expected.is === 'cut'
    : texts.includes(expected.is) && texts.includes(observed.is);
}

/** The text of a value that is compared: for a resource, its path. */
function comparedText(value: Value): string {
  return value.is === 'resource' ? JSON.stringify(value.path) : valueLines(value).join('\n');
}

/** The expected and the observed value, with the differences marked. */
export function sidesOf({
  expected,
  observed,
  fact,
}: Pick<Finding, 'expected' | 'observed'> & Partial<Pick<Finding, 'fact'>>): [Part[], Part[]] {
  if (expected.is === 'identities' && observed.is === 'identities') {
    const { missing, unexpected } = differenceThatCounts(expected.identities, observed.identities, fact);
    const side = (value: typeof expected, apart: readonly unknown[]): Part[] =>
      value.identities.length === 0
        ? plainly(value)
        : value.identities.map((one, i) => ({
            text: `${i > 0 ? '\n' : ''}${whoText(one)}`,
            differs: apart.includes(one),
          }));
    return [side(expected, missing), side(observed, unexpected)];
  }
  if (!comparable(expected, observed)) return [plainly(expected), plainly(observed)];
  return differingParts(comparedText(expected), comparedText(observed));
}

function pane(name: string, parts: readonly Part[]): Markup {
  const shown = parts.map(({ text, differs }) => (differs ? markup`<mark>${text}</mark>` : text));
  return markup`<div class="pane"><dt>${name}</dt><dd><pre>${shown}</pre></dd></div>`;
}

/** The expected and the observed value, side by side. */
export function difference(finding: Finding): Markup {
  const [expected, got] = sidesOf(finding);
  return markup`<dl class="difference">${pane('expected', expected)}${pane('got', got)}</dl>`;
}
