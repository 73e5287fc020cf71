import { attributeOf, htmlTokens, type HtmlToken } from './html-tokens';
import { tableOf } from './html-table';
import { checkLineLengths, LIMITS, limited } from './limits';
import type { Block, Lines, Row, Unread } from './page';
import { isSampleTab } from './sample-code';
import { sentencesOf, wordingOf, type InlineToken } from './sentences';

/** Elements that begin and end a paragraph. */
const BLOCK =
  /^(?:address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|ul)$/;
/** Elements without an end tag, or whose end tag may be missing. */
const UNPAIRED =
  /^(?:area|base|br|col|colgroup|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|source|tbody|td|tfoot|th|thead|tr|track|wbr)$/;
/** Elements that are controls or surroundings of a page, not its content. */
const SURROUNDINGS = /^(?:aside|button|dialog|footer|form|local-time|nav|select|svg|template)$/;
/** Elements whose content is in another file. */
const ELSEWHERE = /^(?:audio|embed|iframe|object|video)$/;
/** The bar that learn.microsoft.com puts above code: its language, and a button that copies it. */
const CODE_BAR = /(?:^|\s)codeHeader(?=\s|$)/;
const NOTE = /(?:^|\s)(?:note|tip|important|caution|warning|markdown-alert)(?=\s|$)/i;
const NOTE_LABEL = /^(?:note|tip|important|caution|warning)$/i;

/** What the content of an open element is. */
type Role = 'hidden' | 'note' | 'list' | 'root' | 'other';

/** What the reader reports beside the blocks. */
export interface HtmlReport {
  unread: Unread[];
  /** Takes a comment: annotations of examples are comments. */
  comment(token: HtmlToken, lines: Lines): void;
}

/** Reads HTML into the blocks that Markdown with the same content has. */
export class HtmlReader {
  readonly #blocks: Block[];
  readonly #open: { name: string; role: Role }[] = [];
  readonly #counts = new Map<string, number>();
  readonly #roles: Record<Role, number> = { hidden: 0, note: 0, list: 0, root: 0, other: 0 };
  #inline: InlineToken[] = [];
  #line = 1;
  #lastLine = 1;
  /** The language that an element around code names, as on github.com. */
  #language = '';
  #heading: { level: number; target: string } | undefined;
  #fence: { language: string; text: string; firstLine: number; line: number } | undefined;

  /**
   * @param blocks where the blocks are added
   * @param isRoot the element with the content; default: all is content
   */
  constructor(
    blocks: Block[],
    private readonly report: HtmlReport,
    private readonly isRoot?: (token: HtmlToken) => boolean,
  ) {
    this.#blocks = blocks;
  }

  /** Adds the blocks of HTML. */
  read(tokens: readonly HtmlToken[], source: string): void {
    limited(tokens.length, 'tokens', `it has more than ${LIMITS.tokens} tags and texts`);
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (!token) continue;
      if (token.kind === 'open' && token.name === 'table' && this.#isShown()) at = this.#table(source, tokens, at);
      else this.#take(token, source);
    }
    this.#flush();
    if (!this.#fence) return;
    const lines = { first: this.#fence.line, last: this.#lastLine };
    this.report.unread.push({ lines, what: 'an element pre', why: 'it is not closed, so it contains the rest' });
    this.#endFence();
  }

  #isShown(): boolean {
    return this.#roles.hidden === 0 && (this.isRoot === undefined || this.#roles.root > 0);
  }

  #take(token: HtmlToken, source: string): void {
    const { kind, name, line } = token;
    if (kind === 'open') this.#enter(token);
    if (this.#isShown()) {
      this.#lastLine = line;
      if (kind === 'text') this.#text(token.text, line);
      else if (kind === 'comment') this.#comment(token, source);
      else if (this.#fence) this.#inFence(token);
      else if (BLOCK.test(name)) this.#boundary(token);
      else if (this.#inline.length > 0 || name === 'code') this.#markup(source.slice(token.from, token.to), line);
      if (kind === 'open' && this.#heading && name === 'a') this.#heading.target ||= attributeOf(token, 'href') ?? '';
      if (kind === 'open' && ELSEWHERE.test(name)) this.#elsewhere(name, line);
    }
    if (kind === 'close') this.#leave(name);
  }

  #elsewhere(name: string, line: number): void {
    const lines = { first: line, last: line };
    this.report.unread.push({ lines, what: `an element ${name}`, why: 'its content is not in this file' });
  }

  #enter(token: HtmlToken): void {
    const { name, text } = token;
    if (UNPAIRED.test(name) || (name === 'svg' && text.endsWith('/'))) return;
    const role = this.#roleOf(token);
    this.#open.push({ name, role });
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    if (role === 'root') this.#flush();
    this.#roles[role] += 1;
  }

  /** Closes an element, and those within it that were not closed. */
  #leave(name: string): void {
    if ((this.#counts.get(name) ?? 0) === 0) return;
    for (let last = this.#open.pop(); last; last = this.#open.pop()) {
      this.#counts.set(last.name, (this.#counts.get(last.name) ?? 1) - 1);
      if (last.role === 'root') this.#flush();
      this.#roles[last.role] -= 1;
      if (last.name === name) return;
    }
  }

  #roleOf(token: HtmlToken): Role {
    const { name } = token;
    if (this.isRoot?.(token) === true) return 'root';
    if (SURROUNDINGS.test(name)) return 'hidden';
    const role = attributeOf(token, 'role');
    if (role === 'tabpanel') return isSampleTab(attributeOf(token, 'data-tab') ?? '') ? 'hidden' : 'other';
    if (role === 'tablist' || attributeOf(token, 'hidden') !== undefined) return 'hidden';
    const classes = name === 'div' ? (attributeOf(token, 'class') ?? '') : '';
    if (CODE_BAR.test(classes)) return 'hidden';
    if (name === 'blockquote' || NOTE.test(classes)) return 'note';
    return name === 'ul' || name === 'ol' ? 'list' : 'other';
  }

  #boundary(token: HtmlToken): void {
    const { kind, name, line } = token;
    this.#flush();
    if (kind !== 'open') return;
    if (name === 'div') this.#language = languageOf(token);
    if (name === 'hr') this.#blocks.push({ kind: 'rule', lines: { first: line, last: line } });
    else if (/^h[1-6]$/.test(name)) this.#heading = { level: Number(name[1]), target: '' };
    else if (name === 'pre') {
      this.#fence = { language: languageOf(token) || this.#language, text: '', firstLine: line, line };
    }
  }

  #inFence(token: HtmlToken): void {
    const fence = this.#fence;
    if (!fence) return;
    if (token.kind === 'close' && token.name === 'pre') this.#endFence();
    else if (token.kind === 'open' && token.name === 'br') fence.text += '\n';
    else if (token.kind === 'open' && fence.text === '') fence.language ||= languageOf(token);
  }

  #endFence(): void {
    if (!this.#fence) return;
    const { language, text, firstLine, line } = this.#fence;
    this.#fence = undefined;
    checkLineLengths(text.split('\n'), firstLine);
    const lines = { first: line, last: Math.max(line, this.#lastLine) };
    this.#blocks.push({ kind: 'fence', language, text, firstLine, lines });
  }

  #text(text: string, line: number): void {
    if (this.#fence) {
      if (this.#fence.text === '') this.#fence.firstLine = line;
      this.#fence.text += text;
      return;
    }
    const pieces = text.split('\n');
    pieces.forEach((piece, i) => {
      if (i > 0 && this.#inline.length > 0) this.#inline.push({ type: 'softbreak', content: '' });
      if (this.#inline.length === 0) {
        if (piece.trim() === '') return;
        this.#line = line + i;
      }
      this.#lastLine = line + i;
      this.#inline.push({ type: 'text', content: piece });
    });
  }

  #markup(content: string, line: number): void {
    if (this.#inline.length === 0) this.#line = line;
    this.#inline.push({ type: 'html_inline', content });
  }

  #comment(token: HtmlToken, source: string): void {
    const { line, from, to, name } = token;
    const raw = source.slice(from, to);
    if (this.#inline.length > 0) this.#markup(raw, line);
    if (!raw.startsWith('<!--')) return;
    const lines = { first: line, last: line + raw.split('\n').length - 1 };
    if (name === 'unclosed') {
      const why = 'it is not closed, so it hides the rest of the page';
      this.report.unread.push({ lines, what: 'a comment', why });
    } else this.report.comment(token, lines);
  }

  /** Ends a paragraph or heading. */
  #flush(): void {
    const [inline, heading, first] = [this.#inline, this.#heading, this.#line];
    this.#inline = [];
    this.#heading = undefined;
    if (inline.length === 0) return;
    const length = inline.reduce((sum, { content }) => sum + content.length + 1, 0);
    limitedText(length, first);
    const lines = { first, last: Math.max(first, this.#lastLine) };
    if (heading) {
      const { text } = wordingOf(inline);
      if (text === '') return;
      if (heading.target.startsWith('#tab/')) this.#blocks.push({ kind: 'tab', text, lines });
      else this.#blocks.push({ kind: 'heading', level: heading.level, text, lines });
      return;
    }
    const isNote = this.#roles.note > 0;
    const sentences = sentencesOf(inline, first, isNote);
    const [only, more] = sentences;
    if (!only || (isNote && !more && NOTE_LABEL.test(only.text))) return;
    const place = isNote ? 'note' : this.#roles.list > 0 ? 'item' : 'paragraph';
    this.#blocks.push({ kind: 'prose', place, sentences, lines });
  }

  /** Reads a table; returns the index of its last token. */
  #table(source: string, tokens: readonly HtmlToken[], at: number): number {
    this.#flush();
    let depth = 0;
    let end = at;
    for (; end < tokens.length; end += 1) {
      const token = tokens[end];
      if (token?.name !== 'table') continue;
      depth += token.kind === 'open' ? 1 : -1;
      if (depth === 0) break;
    }
    const [first, last] = [tokens[at], tokens[end] ?? tokens.at(-1)];
    const from = first?.line ?? 1;
    const lines = { first: from, last: last?.line ?? from };
    const { rows, problems } = tableOf(source.slice(first?.from, last?.to));
    if (depth > 0) problems.unshift('it is never closed, so it contains the rest of the page');
    this.report.unread.push(...problems.map((why) => ({ lines, what: 'an HTML table', why })));
    const [header, ...others] = rows.map((row): Row => {
      for (const { length } of row.cells) limitedText(length, from + row.first);
      const cells = row.cells.map((cell) => wordingOf(inlineOf(cell)));
      const code = cells.flatMap((cell) => cell.code);
      const own = { first: from + row.first, last: from + row.last };
      return { cells: cells.map(({ text }) => text), lines: own, ...(code.length > 0 ? { code } : {}) };
    });
    if (header) this.#blocks.push({ kind: 'table', header, rows: others, lines });
    this.#lastLine = lines.last;
    return end;
  }
}

function limitedText(length: number, line: number): void {
  limited(length, 'paragraph', `a paragraph or cell on line ${line} has ${length} characters`);
}

/** The pieces of a text with inline markup. */
function inlineOf(source: string): InlineToken[] {
  return htmlTokens(source).map(({ kind, text, from, to }) =>
    kind === 'text' ? { type: 'text', content: text } : { type: 'html_inline', content: source.slice(from, to) },
  );
}

/** The language of code: `lang-http`, `language-json`, `highlight-source-json` in a class, or `lang="http"`. */
function languageOf(token: HtmlToken): string {
  const found = /(?:^|\s)(?:lang|language|highlight-source)-([\w+#-]+)/i.exec(attributeOf(token, 'class') ?? '');
  return (found?.[1] ?? attributeOf(token, 'lang') ?? '').toLowerCase();
}
