import { hashOf } from './words';

/** A word of a text, and whether a rewording must not change it. */
interface Word {
  /** The hashes of the word as written, and in lower case. */
  hashes: [string, string];
  /** Its hash as a fact; undefined if it is none. */
  fact: string | undefined;
  trace: string;
}

/** A text, as input for recognizing rewordings. */
export interface Wording {
  text: string;
  /** The parts formatted as code. */
  code: readonly string[];
  /** In a table row: the text of each cell. */
  cells?: readonly string[];
  isHeading?: boolean;
}

/** Words that carry a requirement: changing one of them changes the meaning. */
const BEARING: ReadonlySet<string> = new Set(
  [
    // Negations and exceptions.
    'not no never none neither nor without except unless only solely exclusively instead',
    // Modal verbs and obligations; "have to" and "need to" with them.
    'must shall should may might can could ought need needs needed required requires require mandatory necessary optional optionally',
    // What is allowed, and the consequences.
    'supported unsupported support supports allowed permitted forbidden prohibited disallowed ignored ignores refused rejected',
    'deprecated available unavailable enabled disabled valid invalid unique always immediately automatically',
    // Order.
    'before after until once first second third last longer earlier later previous next',
    // Numbers and amounts.
    'zero one two three four five six seven eight nine ten eleven twelve hundred thousand half twice single multiple several many few',
    'both each every all any most least more less fewer maximum minimum max min exactly exceed exceeds',
    // Statuses.
    'running completed failed succeeded established establishing terminated terminating deleted updated created accepted',
    // Kinds of calls and participants.
    'group peer-to-peer p2p peer meeting meetings pstn lobby muted unmuted muting application delegated bot guest tenant',
  ].flatMap((line) => line.split(' ')),
);

/** Abbreviations that are not names: `this API` and `this method` mean the same. */
const NAMELESS = /^(?:APIs?|IDs?|JSON|URIs?|URLs?|HTTPS?|NOTE)$/;
const MODAL = /^(can|could|must|should|may|might|need|shall)(?:not|n't)$/;
const CONTRACTED = /^[a-z]+n't$/;

/** Whether a word looks like a name: digits, inner capitals, underscores, dots, slashes, braces, or all capitals. */
function isNameByShape(word: string): boolean {
  if (NAMELESS.test(word)) return false;
  return /\d|[_{}@$#/\\<>=]|\p{Ll}\p{Lu}|[\p{L}\d][.:][\p{L}\d]|^\p{Lu}{2,}$/u.test(word);
}

/** The words of a text without cells, with their facts. */
function wordsIn(piece: string, code: ReadonlySet<string>, isHeading: boolean): Word[] {
  const raw = piece.split(' ').map((text) => ({ text: bare(text), ends: /[.!?:|]["')\]]*$/.test(text) }));
  const words: Word[] = [];
  const add = (word: string, fact: string | undefined): void => {
    const lower = word.toLowerCase();
    const hashes: Word['hashes'] = [factHash(word), factHash(lower)];
    words.push({
      hashes,
      fact: fact === undefined ? undefined : factHash(fact),
      trace: hashOf('word', lower).slice(0, 2),
    });
  };
  raw.forEach(({ text }, i) => {
    if (text === '') return;
    const lower = text.toLowerCase();
    const [before, after] = [raw[i - 1], (raw[i + 1]?.text ?? '').toLowerCase()];
    const contracted = MODAL.exec(lower);
    if (contracted) {
      add(contracted[1] ?? '', contracted[1]);
      add('not', 'not');
    } else if (CONTRACTED.test(lower)) add('not', 'not');
    else if (isBearing(lower, (before?.text ?? '').toLowerCase(), after)) add(text, lower);
    else if (code.has(text) || isNameByShape(text)) add(text, text);
    // A capital inside a sentence marks a name.
    else if (!isHeading && /^\p{Lu}/u.test(text) && before !== undefined && !before.ends && text !== 'I') {
      add(text, NAMELESS.test(text) ? undefined : lower);
    } else add(text, undefined);
  });
  return words;
}

function isBearing(word: string, before: string, after: string): boolean {
  if (word === 'has' || word === 'have' || word === 'had' || word === 'up') return after === 'to';
  // In `learn more about` and `for more information`, "more" is not an amount.
  if (word === 'more') return !/^(?:learn|read|see|find|for)$/.test(before) && !/^(?:information|details)$/.test(after);
  return BEARING.has(word);
}

/** A word without surrounding punctuation. */
function bare(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && /["'([<*,;:.!?|]/.test(text[from] ?? '')) from += 1;
  while (to > from && /["')\]>*,;:.!?|]/.test(text[to - 1] ?? '')) to -= 1;
  return text.slice(from, to);
}

function factHash(word: string): string {
  return hashOf('fact', word).slice(0, 4);
}

function wordsOfWording({ text, code, cells, isHeading = false }: Wording): Word[] {
  const marked = new Set(code.flatMap((one) => one.split(' ').map(bare)));
  if (cells === undefined) return wordsIn(text, marked, isHeading);
  return cells.flatMap((cell) =>
    cell.split(/(?<=[.!?]) /).flatMap((piece) => {
      const words = wordsIn(piece, marked, false);
      // One or two words in a cell are a value, such as a type.
      return words.length > 2 ? words : words.map((word) => ({ ...word, fact: word.fact ?? word.hashes[1] }));
    }),
  );
}

/**
 * The facts of a text, in order, which a rewording must not change: numbers, names, statuses, negations, modal verbs
 * and so on. Each is four hex digits of a hash.
 */
export function factsOf(wording: Wording): string {
  return wordsOfWording(wording)
    .flatMap(({ fact }) => fact ?? [])
    .join('');
}

/**
 * Whether a text has the same facts in the same order as an earlier one, of which only facts and traces are known.
 * Formatting a name as code does not change it.
 */
export function bearsSameFacts(facts: string, traces: string, now: Wording): boolean {
  const wanted = facts.match(/.{4}/g) ?? [];
  const words = wordsOfWording(now);
  const extra: Word[] = [];
  let at = 0;
  for (const word of words) {
    const next = wanted[at];
    if (next !== undefined && (word.fact === next || word.hashes.includes(next))) at += 1;
    else if (word.fact !== undefined) extra.push(word);
  }
  if (at < wanted.length) return false;
  const count = (all: readonly string[], trace: string): number => all.filter((one) => one === trace).length;
  const [before, after] = [traces.match(/../g) ?? [], words.map(({ trace }) => trace)];
  return extra.every(({ trace }) => count(after, trace) <= count(before, trace));
}
