import type { Token } from 'markdown-it';
import type { Sentence } from './page';
import { normalised } from './words';

/** A piece of formatted text: a token of markdown-it, or a text, line end or tag of HTML. */
export type InlineToken = Pick<Token, 'type' | 'content'>;

/** The visible text of formatted text, with the line of each character and the parts formatted as code. */
interface Seen {
  text: string;
  lineAt: number[];
  code: { from: number; to: number }[];
}

/** Tags at which a browser separates words. */
const GAP = /^<\/?(?:blockquote|br|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|table|td|th|tr|ul)\b/i;

/** Begins or ends text that is struck out, so that the page no longer says it. */
const STRUCK = /^<\/?(?:del|s|strike)\b/i;

/** Reads formatted text: links without their targets, code without its marks, no anchors, tags or struck-out text. */
function seenOf(tokens: readonly InlineToken[], firstLine: number): Seen {
  const characters: string[] = [];
  const lineAt: number[] = [];
  const code: Seen['code'] = [];
  let line = firstLine;
  let codeFrom: number | undefined;
  let isStruck = false;
  const add = (text: string): void => {
    for (const character of text.split('')) {
      const space = /\s/.test(character);
      if (space && (characters.length === 0 || characters.at(-1) === ' ')) continue;
      characters.push(space ? ' ' : character);
      lineAt.push(line);
    }
  };
  for (const token of tokens) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') {
      add(' ');
      line += 1;
    } else if (token.type === 's_open' || token.type === 's_close') isStruck = token.type === 's_open';
    else if (token.type === 'html_inline') {
      line += token.content.split('\n').length - 1;
      if (STRUCK.test(token.content)) isStruck = !token.content.startsWith('</');
      else if (GAP.test(token.content)) add(' ');
      else if (/^<code\b/i.test(token.content)) codeFrom = characters.length;
      else if (/^<\/code\b/i.test(token.content) && codeFrom !== undefined) {
        code.push({ from: codeFrom, to: characters.length });
        codeFrom = undefined;
      }
    } else if (!isStruck) {
      const from = characters.length;
      add(token.content);
      if (token.type === 'code_inline') code.push({ from, to: characters.length });
    }
  }
  return { text: characters.join(''), lineAt, code };
}

/** Abbreviations whose full stop does not end a sentence. */
const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|approx|incl|no)\.$/i;

/** The end of a sentence: full stop, closing marks, and a space before a possible beginning. */
const END = /(?<![.!?])[.!?]+["')\]]*(?= ["'([]?[\p{Lu}\p{N}])/gu;

/** `> [!NOTE]`, `> **Note:**` */
const LABEL = /^(?:\[!(?:note|tip|important|caution|warning)\]\s*|(?:note|tip|important|caution|warning)\s*:\s*)+/i;

function pieces(text: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let from = 0;
  for (const match of text.matchAll(END)) {
    const to = match.index + match[0].length;
    if (ABBREVIATION.test(text.slice(Math.max(from, to - 12), to))) continue;
    found.push({ from, to });
    from = to;
  }
  found.push({ from, to: text.length });
  return found;
}

/**
 * Splits formatted text into sentences, each with its lines.
 *
 * @param tokens the pieces of a paragraph, such as the children of an inline token
 * @param firstLine the line on which the text begins
 * @param isNote whether to remove a leading label such as `Note:`
 */
export function sentencesOf(tokens: readonly InlineToken[], firstLine: number, isNote = false): Sentence[] {
  const { text, lineAt, code } = seenOf(tokens, firstLine);
  const start = isNote ? (LABEL.exec(text)?.[0].length ?? 0) : 0;
  return pieces(text.slice(start)).flatMap(({ from, to }) => {
    const words = normalised(text.slice(start + from, start + to));
    if (words === '') return [];
    const begin = start + from + (text[start + from] === ' ' ? 1 : 0);
    const first = lineAt[begin] ?? firstLine;
    const lines = { first, last: lineAt[start + to - 1] ?? first };
    const own = code.filter((span) => span.from >= start + from && span.from < start + to);
    if (own.length === 0) return [{ text: words, lines }];
    return [{ text: words, lines, code: own.map((span) => normalised(text.slice(span.from, span.to))) }];
  });
}

/** A whole formatted text as plain text, with the parts formatted as code. */
export function wordingOf(tokens: readonly InlineToken[]): { text: string; code: string[] } {
  const { text, code } = seenOf(tokens, 1);
  return { text: normalised(text), code: code.map(({ from, to }) => normalised(text.slice(from, to))) };
}
