import type { StateBlock, Token } from 'markdown-it';

/** A row of an HTML table: the text of its cells, and its lines, counted from 0 and from the table's first line. */
interface HtmlRow {
  cells: string[];
  first: number;
  last: number;
}

/** What an HTML table holds. */
export interface HtmlTable {
  rows: HtmlRow[];
  /** What is not read of it, and what is wrong with it. */
  problems: string[];
}

/** The beginning of a table, which other tags may precede on its line. */
const TABLE_START = /^\s*(?:<\/?[a-z][^<>]*>\s*)*<table(?=[\s>]|$)/i;
/** Elements around a table; such a line makes all lines up to the next empty one HTML. */
const WRAPPER = /^<\/?(?:article|blockquote|center|details|div|figure|main|p|section)\b/i;
/** A tag that makes a table. A tag ends at the first angle bracket, even in an attribute's value. */
const TAG = /<(\/?)(table|caption|thead|tbody|tfoot|colgroup|col|tr|td|th)\b([^<>]{0,1000})>/gi;
const SPAN = /\b(?:col|row)span\s*=\s*["']?\s*0*(?:[2-9]|1\d)/i;

/** The text of a line without HTML comments, which may span lines. */
class CommentFilter {
  #inComment = false;

  take(line: string): string {
    let kept = '';
    for (let at = 0; at < line.length;) {
      const mark = this.#inComment ? '-->' : '<!--';
      const found = line.indexOf(mark, at);
      if (!this.#inComment) kept += line.slice(at, found === -1 ? line.length : found);
      if (found === -1) break;
      this.#inComment = !this.#inComment;
      at = found + mark.length;
    }
    return kept;
  }
}

/** A cell's text as Markdown within one line. After an empty line HTML continues as Markdown, whose list marks are not words. */
function cellText(text: string): string {
  const withoutMarks = /\n[ \t]*\n/.test(text) ? text.replace(/^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+/gm, ' ') : text;
  return withoutMarks.replace(/\s+/g, ' ').trim();
}

/** Reads the rows of a table. End tags of rows and cells may be missing, as HTML allows. */
class TableReader {
  readonly #rows: HtmlRow[] = [];
  readonly #problems = new Set<string>();
  #row: HtmlRow | undefined;
  #cell: string | undefined;
  #outside = '';
  #depth = 0;
  #line = 0;

  /** @param lines those of the table, without comments */
  read(lines: readonly string[]): HtmlTable {
    const text = lines.join('\n');
    let at = 0;
    for (const match of text.matchAll(TAG)) {
      this.#take(text.slice(at, match.index));
      at = match.index + match[0].length;
      const [, slash = '', name = '', attributes = ''] = match;
      this.#tag(name.toLowerCase(), slash === '/', attributes);
      this.#line += match[0].split('\n').length - 1;
    }
    this.#take(text.slice(at));
    this.#endRow();
    const outside = this.#outside
      .replace(/<\/?[a-z][^<>]*>/gi, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    if (outside !== '') this.#problems.add(`text outside its cells is not read: ${outside.slice(0, 80)}`);
    if (this.#rows.length === 0) this.#problems.add('it has no cells');
    return { rows: this.#rows, problems: [...this.#problems] };
  }

  #take(text: string): void {
    if (this.#cell === undefined) this.#outside += text;
    else this.#cell += text;
    this.#line += text.split('\n').length - 1;
  }

  #tag(name: string, closes: boolean, attributes: string): void {
    if (this.#cell === undefined) this.#outside += ' ';
    if (name === 'table') this.#depth += closes ? -1 : 1;
    const isInner = name === 'table' ? this.#depth >= (closes ? 1 : 2) : this.#depth >= 2;
    if (isInner) {
      this.#problems.add('a table within a cell is read as text of that cell');
      if (this.#cell !== undefined) this.#cell += ' ';
      return;
    }
    if (name === 'td' || name === 'th') {
      this.#endCell();
      if (closes) return;
      this.#row ??= { cells: [], first: this.#line, last: this.#line };
      this.#cell = '';
      if (SPAN.test(attributes)) this.#problems.add('a cell that spans rows or columns is read once');
      return;
    }
    this.#endRow();
    if (name === 'tr' && !closes) this.#row = { cells: [], first: this.#line, last: this.#line };
  }

  #endCell(): void {
    if (this.#cell !== undefined && this.#row) {
      this.#row.cells.push(cellText(this.#cell));
      this.#row.last = this.#line;
    }
    this.#cell = undefined;
  }

  #endRow(): void {
    this.#endCell();
    if (this.#row && this.#row.cells.length > 0) this.#rows.push(this.#row);
    this.#row = undefined;
  }
}

/** Reads a table from its first tag to its last. */
export function tableOf(source: string): HtmlTable {
  const comments = new CommentFilter();
  return new TableReader().read(source.split('\n').map((line) => comments.take(line)));
}

/** Lines that were searched for beginnings and ends of tables. */
interface Searched {
  from: number;
  to: number;
  /** The line on which a table ends, by the line on which it begins; none for a table without end. */
  ends: Map<number, number>;
}

/** By the environment of a text that is parsed, so that no line is searched twice. */
const SEARCHED = new WeakMap<object, Searched>();

/** Pairs beginnings and ends of tables, from a line on. */
function search(state: StateBlock, startLine: number, endLine: number): Searched {
  const known = SEARCHED.get(state.env);
  if (known && known.from <= startLine && startLine < known.to) return known;
  const comments = new CommentFilter();
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let line = startLine; line < endLine; line += 1) {
    const text = comments.take(state.getLines(line, line + 1, state.blkIndent, false));
    for (const [tag] of text.matchAll(/<\/?table\b[^<>]{0,1000}>/gi)) {
      if (!tag.startsWith('</')) open.push(line);
      else {
        const begun = open.pop();
        if (begun !== undefined) ends.set(begun, line);
      }
    }
  }
  const searched = { from: startLine, to: endLine, ends };
  SEARCHED.set(state.env, searched);
  return searched;
}

/**
 * The lines of a table that begins on a line, without comments. A table without an end in its list item or note ends at
 * the next empty line.
 */
function tableLines(state: StateBlock, startLine: number, endLine: number): { lines: string[]; isClosed: boolean } {
  const end = search(state, startLine, endLine).ends.get(startLine);
  const isWithin = (line: number): boolean =>
    line < endLine && (state.isEmpty(line) || (state.sCount[line] ?? 0) >= state.blkIndent);
  // Without an end nothing is looked through: many such tables would take a time that grows with the square of their number.
  const last = end ?? -1;
  let next = startLine;
  while (next <= last && isWithin(next)) next += 1;
  const isClosed = end !== undefined && next > end;
  if (!isClosed) for (next = startLine; isWithin(next) && !state.isEmpty(next);) next += 1;
  const comments = new CommentFilter();
  const lines = Array.from({ length: next - startLine }, (_, i) =>
    comments.take(state.getLines(startLine + i, startLine + i + 1, state.blkIndent, false)),
  );
  return { lines, isClosed };
}

/** Adds the tokens that a table written with pipes would have; `meta.problems` lists what is not read of it. */
function pushTable(state: StateBlock, startLine: number, { rows, problems }: HtmlTable): void {
  const push = (type: string, tag: string, nesting: -1 | 0 | 1, first: number, last: number): Token => {
    const token = state.push(type, tag, nesting);
    token.map = [startLine + first, startLine + last + 1];
    return token;
  };
  push('table_open', 'table', 1, 0, state.line - startLine - 1).meta = { problems };
  for (const { cells, first, last } of rows) {
    push('tr_open', 'tr', 1, first, last);
    for (const cell of cells) {
      state.push('td_open', 'td', 1);
      const inline = push('inline', '', 0, first, last);
      inline.content = cell;
      inline.children = [];
      state.push('td_close', 'td', -1);
    }
    state.push('tr_close', 'tr', -1);
  }
  state.push('table_close', 'table', -1);
}

/**
 * A block rule of markdown-it: reads a table written in HTML as one written with pipes is read, from the line on which it begins to
 * that on which it ends, empty lines included. The text of cells is read as Markdown. Runs before the rule for HTML.
 */
export function htmlTable(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const lineAt = (line: number): string =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  const first = lineAt(startLine);
  if (!first.startsWith('<')) return false;
  if (TABLE_START.test(first)) {
    if (silent) return true;
    const { lines, isClosed } = tableLines(state, startLine, endLine);
    const table = new TableReader().read(lines);
    if (!isClosed) table.problems.unshift('it is never closed, and so read up to the next empty line');
    state.line = startLine + lines.length;
    pushTable(state, startLine, table);
    return true;
  }
  if (silent || !WRAPPER.test(first)) return false;
  for (let line = startLine + 1; line < endLine && !state.isEmpty(line); line += 1) {
    const text = lineAt(line);
    if (text.includes('<!--')) return false;
    if (!TABLE_START.test(text)) continue;
    const html = state.push('html_block', '', 0);
    html.map = [startLine, line];
    html.content = state.getLines(startLine, line, state.blkIndent, true);
    state.line = line;
    return true;
  }
  return false;
}
