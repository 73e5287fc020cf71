import type { Token } from 'markdown-it';
import { parse } from 'yaml';
import { UsageError } from '../common/errors';
import { annotationIn } from './annotations';
import { HtmlReader } from './html-blocks';
import { htmlTokens, type HtmlToken } from './html-tokens';
import type { Block, Include, Lines, MarkdownPage, Row, Unread } from './page';
import { LIMITS, NO_PAGE } from './limits';
import { includesIn, markdown, orderOf } from './markdown-parser';
import { sentencesOf, wordingOf } from './sentences';

const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)/;
/** `[!VIDEO …]`, `[!div class=…]`: directives of the site's builder, whose content is elsewhere. */
const DIRECTIVE = /^\[!(?!note|tip|important|caution|warning|include)[a-z][^\]]{0,2000}\]/i;

/** A YAML key right below the first line: below a thematic break there is text or an empty line. */
const KEY = /^---[ \t]*\n[ \t]*["']?[A-Za-z][\w.-]*["']?[ \t]*:/;
/** A heading after an empty line, which front matter does not contain. */
const HEADING = /\n[ \t]*\n# \S/;

/**
 * Reads Markdown into blocks, in the page's order.
 * @throws UsageError if the front matter has no end, or a limit is exceeded
 */
export function blocksOf(source: string): MarkdownPage {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const unread: Unread[] = [];
  const repaired: Unread[] = [];
  const found = FRONT_MATTER.exec(text);
  const front = found && !HEADING.test(found[0]) ? found : undefined;
  if (!front && KEY.test(text))
    throw new UsageError(`${NO_PAGE}: its front matter, which begins on line 1, has no end (a line ---)`);
  const frontMatter = front ? readFrontMatter(front, unread) : {};
  // Empty lines replace the front matter, so that line numbers stay the same.
  const body = front ? front[0].replace(/[^\n]/g, '') + text.slice(front[0].length) : text;
  const blocks = new BlockReader(body, unread, repaired).read();
  return { frontMatter, blocks, unread, repaired };
}

function readFrontMatter(front: RegExpExecArray, unread: Unread[]): Record<string, unknown> {
  const lines = { first: 1, last: front[0].trimEnd().split('\n').length };
  if (front[0].length > LIMITS.frontMatter) {
    unread.push({ lines, what: 'front matter', why: `it has more than ${LIMITS.frontMatter} characters` });
    return {};
  }
  try {
    const value = parse(front[1] ?? '') as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    unread.push({ lines, what: 'front matter', why: 'it has no keys' });
  } catch (error) {
    unread.push({ lines, what: 'front matter', why: `not YAML: ${(error as Error).message.split('\n')[0] ?? ''}` });
  }
  return {};
}

class BlockReader {
  private readonly lines: string[];
  private readonly environment = {};
  private readonly blocks: Block[] = [];
  private quotes = 0;
  private items = 0;

  constructor(
    private readonly text: string,
    private readonly unread: Unread[],
    private readonly repaired: Unread[],
  ) {
    this.lines = text.split('\n');
  }

  read(): Block[] {
    const tokens = markdown.parse(this.text, this.environment);
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (!token) continue;
      if (token.type === 'blockquote_open') this.quotes += 1;
      else if (token.type === 'blockquote_close') this.quotes -= 1;
      else if (token.type === 'list_item_open') this.items += 1;
      else if (token.type === 'list_item_close') this.items -= 1;
      else if (token.type === 'heading_open') this.heading(token, tokens[at + 1]);
      else if (token.type === 'paragraph_open') this.paragraph(token, tokens[at + 1]);
      else if (token.type === 'fence' || token.type === 'code_block') this.fence(token);
      else if (token.type === 'html_block') this.html(token);
      else if (token.type === 'hr') this.blocks.push({ kind: 'rule', lines: linesOf(token) });
      else if (token.type === 'table_open') {
        let end = at;
        while (end < tokens.length && tokens[end]?.type !== 'table_close') end += 1;
        this.table(token, tokens.slice(at, end));
        at = end;
      } else if (token.type === 'order') this.order(token);
    }
    return this.blocks;
  }

  private heading(token: Token, inline: Token | undefined): void {
    const children = inline?.children ?? [];
    const text = wordingOf(children)
      .text.replace(/\{#[^{}]*\}$/, '')
      .trimEnd();
    const lines = linesOf(token);
    const [first] = children;
    const target = first?.type === 'link_open' ? String(first.attrGet('href')) : '';
    if (target.startsWith('#tab/')) this.blocks.push({ kind: 'tab', text, lines });
    else this.blocks.push({ kind: 'heading', level: Number(token.tag.slice(1)), text, lines });
  }

  private order(token: Token): void {
    const lines = linesOf(token);
    const what = orderOf(token.content);
    if (what === 'include') this.blocks.push(...this.includes(token.content, lines.first).found);
    else if (what === 'order') this.unreadOrder(token.content, lines);
  }

  private unreadOrder(text: string, lines: Lines): void {
    const what = `a directive of the site's builder: ${text.slice(0, 80)}`;
    this.unread.push({ lines, what, why: 'its content is not in this file' });
  }

  /** Extracts the includes from a text. */
  private includes(text: string, firstLine: number): { rest: string; found: Include[] } {
    const { includes, rest } = includesIn(text);
    const found = includes.map(({ label, target, index }): Include => {
      const line = firstLine + text.slice(0, index).split('\n').length - 1;
      return { kind: 'include', label, target, lines: { first: line, last: line } };
    });
    return { rest, found };
  }

  private paragraph(token: Token, inline: Token | undefined): void {
    const lines = linesOf(token);
    const content = inline?.content ?? '';
    const directive = DIRECTIVE.exec(content);
    if (directive) {
      this.unreadOrder(directive[0], lines);
      return;
    }
    const { rest, found } = this.includes(content, lines.first);
    const inner = found.length === 0 ? inline : markdown.parseInline(rest, this.environment)[0];
    const children = inner?.children ?? [];
    for (const { type, content: html } of children) {
      if (type !== 'html_inline' || !html.startsWith('<!--')) continue;
      this.unread.push({
        lines,
        what: 'a comment within a paragraph',
        why: 'an annotation must be on its own lines',
      });
    }
    const sentences = sentencesOf(children, lines.first, this.quotes > 0);
    const place = this.quotes > 0 ? 'note' : this.items > 0 ? 'item' : 'paragraph';
    if (sentences.length > 0) this.blocks.push({ kind: 'prose', place, sentences, lines });
    this.blocks.push(...found);
  }

  private fence(token: Token): void {
    const lines = linesOf(token);
    const fenced = token.type === 'fence';
    const [language = ''] = token.info.trim().toLowerCase().split(/\s+/);
    const last = (this.lines[lines.last - 1] ?? '').replace(/^[\s>]+/, '');
    if (fenced && !(lines.last > lines.first && last.startsWith(token.markup))) {
      this.unread.push({ lines, what: 'a fence', why: 'it is not closed, so it contains the rest of the page' });
    }
    const firstLine = fenced ? lines.first + 1 : lines.first;
    this.blocks.push({ kind: 'fence', language, text: token.content, firstLine, lines });
  }

  private html(token: Token): void {
    const { blocks, unread, repaired } = this;
    const comment = ({ text }: HtmlToken, lines: Lines): void => {
      const annotation = annotationIn(text, lines, { unread, repaired });
      if (annotation) blocks.push(annotation);
    };
    const tokens = htmlTokens(token.content, linesOf(token).first);
    new HtmlReader(blocks, { unread, comment }).read(tokens, token.content);
  }

  private table(open: Token, tokens: readonly Token[]): void {
    const rows: Row[] = [];
    tokens.forEach((token, at) => {
      if (token.type === 'tr_open') rows.push({ cells: [], lines: linesOf(token) });
      else if (token.type === 'inline' && tokens[at - 1]?.type !== 'heading_open') {
        const { text, code } = wordingOf(token.children ?? []);
        const row = rows.at(-1);
        row?.cells.push(text);
        if (row && code.length > 0) row.code = [...(row.code ?? []), ...code];
      }
    });
    const [header, ...others] = rows;
    const problems = (open.meta?.['problems'] ?? []) as string[];
    this.unread.push(...problems.map((why) => ({ lines: linesOf(open), what: 'an HTML table', why })));
    if (header) this.blocks.push({ kind: 'table', header, rows: others, lines: linesOf(open) });
  }
}

function linesOf(token: Token): Lines {
  const [from, to] = token.map ?? [0, 1];
  return { first: from + 1, last: Math.max(to, from + 1) };
}
