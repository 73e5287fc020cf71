import type { StateBlock, StateInline } from 'markdown-it';

const MARK = /\[\^[^\s[\]]{1,100}\]/y;
const TEXT = /^\[\^[^\s[\]]{1,100}\]:/;

/** An inline rule of markdown-it: `[^1]` leads to a footnote and is not a word. */
export function footnoteMark(state: StateInline, silent: boolean): boolean {
  MARK.lastIndex = state.pos;
  const [mark] = MARK.exec(state.src) ?? [];
  if (mark === undefined) return false;
  state.pos += mark.length;
  if (!silent) state.push('footnote_mark', '', 0);
  return true;
}

/**
 * A block rule of markdown-it: `[^1]: text` is a paragraph with that text, up to an empty line or the next footnote. Runs before the
 * rule for link targets, which would take a text of one word for a target.
 */
export function footnoteText(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const lineAt = (line: number): string =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  if (!TEXT.test(lineAt(startLine))) return false;
  if (silent) return true;
  let next = startLine + 1;
  while (next < endLine && !state.isEmpty(next) && (state.sCount[next] ?? 0) >= state.blkIndent) {
    if (TEXT.test(lineAt(next))) break;
    next += 1;
  }
  state.line = next;
  const map: [number, number] = [startLine, next];
  state.push('paragraph_open', 'p', 1).map = map;
  const inline = state.push('inline', '', 0);
  inline.map = map;
  inline.content = state.getLines(startLine, next, state.blkIndent, false).trim().replace(TEXT, '').trim();
  inline.children = [];
  state.push('paragraph_close', 'p', -1);
  return true;
}
