import MarkdownIt from 'markdown-it';
import { footnoteMark, footnoteText } from './footnotes';
import { htmlTable } from './html-table';
import { LIMITS, limited } from './limits';

/** An include on its own line; label and target are bounded, so that matching takes linear time. */
const INCLUDE_LINE = /^\[!INCLUDE\s{0,8}\[((?:[^\]\\]|\\.){0,300})\]\s{0,8}\(([^()]{0,1000})\)\s{0,8}\]\s*$/i;
/** The same inside a text. */
const INCLUDE = new RegExp(INCLUDE_LINE.source.replace(/^\^|\\s\*\$$/g, ''), 'gi');

/** `::: zone pivot="…"`, `:::row:::`, `::: moniker range="…"`: containers, whose content is read as part of the page. */
const CONTAINER = /^:{3,}\s{0,8}(?:zone|moniker|row|column)\b/i;

/** An include, and its index in the text. */
export interface FoundInclude {
  label: string;
  target: string;
  index: number;
}

/** Lists the includes in a text, and returns the text without them. */
export function includesIn(text: string): { includes: FoundInclude[]; rest: string } {
  if (!/\[!INCLUDE/i.test(text)) return { includes: [], rest: text };
  const includes = [...text.matchAll(INCLUDE)].map(({ 1: label = '', 2: target = '', index }) => ({
    label,
    target,
    index,
  }));
  return { includes, rest: text.replace(INCLUDE, '') };
}

/** The kind of a builder's directive on its own line: an include, a container around other text, or another one. */
export function orderOf(line: string): 'include' | 'container' | 'order' | undefined {
  if (INCLUDE_LINE.test(line)) return 'include';
  if (CONTAINER.test(line)) return 'container';
  return /^:{3,}\s{0,8}[a-z]/i.test(line) ? 'order' : undefined;
}

/**
 * The Markdown parser for these pages. A builder's directive or include on its own line ends a paragraph or table, and
 * becomes a token `order`. `---` under text ends a group of tabs and makes no heading.
 */
export const markdown = new MarkdownIt({ html: true, linkify: false }).disable('lheading');

markdown.block.ruler.before(
  'fence',
  'order',
  (state, startLine, _endLine, silent) => {
    if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
    const from = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
    const first = state.src[from];
    if (first !== ':' && first !== '[') return false;
    const line = state.src.slice(from, state.eMarks[startLine]).trimEnd();
    if (orderOf(line) === undefined) return false;
    if (silent) return true;
    state.line = startLine + 1;
    const token = state.push('order', '', 0);
    token.map = [startLine, state.line];
    token.content = line;
    return true;
  },
  { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
);

markdown.block.ruler.before('html_block', 'html_table', htmlTable, { alt: ['paragraph', 'reference', 'blockquote'] });

markdown.block.ruler.before('reference', 'footnote_text', footnoteText);
markdown.inline.ruler.before('link', 'footnote_mark', footnoteMark);

// Parsing emphasis and links takes time that grows with the square of a paragraph's length.
markdown.core.ruler.before('inline', 'limit', (state) => {
  let squares = 0;
  let line = 1;
  for (const { type, content, map } of state.tokens) {
    if (map) line = map[0] + 1;
    if (type !== 'inline') continue;
    squares += content.length ** 2;
    limited(content.length, 'paragraph', `a paragraph or cell on line ${line} has ${content.length} characters`);
  }
  limited(squares, 'paragraphs', 'it has too many long paragraphs (the squares of their lengths are added up)');
  limited(state.tokens.length, 'tokens', `it has more than ${LIMITS.tokens} pieces of Markdown`);
});
