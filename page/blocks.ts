import MarkdownIt, { type Token } from 'markdown-it';
import { parse } from 'yaml';
import type { Annotation, Heading, Include, Lines, Prose, Row, Tab, Table, Unread } from './page';
import { sentencesOf, wordsOf } from './sentences';

/** A fenced or indented piece of code. */
export interface Fence {
  kind: 'fence';
  language: string;
  text: string;
  /** The line that the text begins on. */
  firstLine: number;
  lines: Lines;
}

/** A line across the page, which also ends a group of tabs. */
export interface Rule {
  kind: 'rule';
  lines: Lines;
}

export type Block = Heading | Tab | Prose | Table | Annotation | Include | Fence | Rule;

/** A page as Markdown, before anything is made of its fences. */
export interface MarkdownPage {
  frontMatter: Record<string, unknown>;
  blocks: Block[];
  unread: Unread[];
}

/** `---` under text ends a group of tabs on these pages and makes no heading of it. */
const markdown = new MarkdownIt({ html: true, linkify: false }).disable('lheading');

const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)/;
const INCLUDE = /\[!INCLUDE\s*\[((?:[^\]\\]|\\.)*)\]\s*\(([^)]*)\)\s*\]/gi;
/** `:::image …:::`, `[!VIDEO …]`, `[!div class=…]`: orders to the site's builder that show something we can't see. */
const DIRECTIVE = /^(?::::.*|\[!(?!note|tip|important|caution|warning|include)[a-z]+[^\]]*\])/i;

/** Reads Markdown into blocks in the page's order. */
export function blocksOf(source: string): MarkdownPage {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const unread: Unread[] = [];
  const front = FRONT_MATTER.exec(text);
  const frontMatter = front ? readFrontMatter(front, unread) : {};
  // Empty lines take the front matter's place, so that every line keeps its number.
  const body = front ? front[0].replace(/[^\n]/g, '') + text.slice(front[0].length) : text;
  const blocks = new BlockReader(body, unread).read();
  return { frontMatter, blocks, unread };
}

function readFrontMatter(front: RegExpExecArray, unread: Unread[]): Record<string, unknown> {
  const lines = { first: 1, last: front[0].trimEnd().split('\n').length };
  try {
    const value = parse(front[1] ?? '') as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    unread.push({ lines, what: 'front matter', why: 'it holds no keys' });
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
        const end = tokens.findIndex((other, i) => i > at && other.type === 'table_close');
        this.table(token, tokens.slice(at, end));
        at = end;
      }
    }
    return this.blocks;
  }

  private heading(token: Token, inline: Token | undefined): void {
    const children = inline?.children ?? [];
    const text = wordsOf(children).replace(/\s*\{#[^}]*\}$/, '');
    const lines = linesOf(token);
    const [first] = children;
    const target = first?.type === 'link_open' ? String(first.attrGet('href')) : '';
    if (target.startsWith('#tab/')) this.blocks.push({ kind: 'tab', text, lines });
    else this.blocks.push({ kind: 'heading', level: Number(token.tag.slice(1)), text, lines });
  }

  private paragraph(token: Token, inline: Token | undefined): void {
    const lines = linesOf(token);
    let content = inline?.content ?? '';
    const directive = DIRECTIVE.exec(content);
    if (directive) {
      const what = `an order to the site's builder: ${directive[0].slice(0, 80)}`;
      this.unread.push({ lines, what, why: 'what it shows is not in this file' });
      return;
    }
    const includes = [...content.matchAll(INCLUDE)].map((match): Include => {
      const line = lines.first + content.slice(0, match.index).split('\n').length - 1;
      return { kind: 'include', label: match[1] ?? '', target: match[2] ?? '', lines: { first: line, last: line } };
    });
    if (includes.length > 0) content = content.replace(INCLUDE, '');
    const children = markdown.parseInline(content, this.environment)[0]?.children ?? [];
    for (const { type, content: html } of children) {
      if (type !== 'html_inline' || !html.startsWith('<!--')) continue;
      this.unread.push({
        lines,
        what: 'a comment within a paragraph',
        why: 'an annotation stands on lines of its own',
      });
    }
    const sentences = sentencesOf(children, lines.first, this.quotes > 0);
    const place = this.quotes > 0 ? 'note' : this.items > 0 ? 'item' : 'paragraph';
    if (sentences.length > 0) this.blocks.push({ kind: 'prose', place, sentences, lines });
    this.blocks.push(...includes);
  }

  private fence(token: Token): void {
    const lines = linesOf(token);
    const fenced = token.type === 'fence';
    const [language = ''] = token.info.trim().toLowerCase().split(/\s+/);
    const last = (this.lines[lines.last - 1] ?? '').replace(/^[\s>]+/, '');
    if (fenced && !(lines.last > lines.first && last.startsWith(token.markup))) {
      this.unread.push({ lines, what: 'a fence', why: 'it is never closed, and so takes in all that follows it' });
    }
    const firstLine = fenced ? lines.first + 1 : lines.first;
    this.blocks.push({ kind: 'fence', language, text: token.content, firstLine, lines });
  }

  private html(token: Token): void {
    const lines = linesOf(token);
    let rest = token.content;
    for (const match of token.content.matchAll(/<!--([\s\S]*?)(?:-->|$)/g)) {
      rest = rest.replace(match[0], '');
      const text = (match[1] ?? '').trim();
      if (!match[0].endsWith('-->')) {
        this.unread.push({ lines, what: 'a comment', why: 'it is never closed, and so hides all that follows it' });
      } else if (text.startsWith('{')) this.annotation(text, linesWithin(token, match.index, match[0]));
    }
    // Anchors and breaks say nothing.
    if (rest.replace(/<\/?(?:a|br)\b[^>]*>/gi, '').trim() !== '') {
      this.unread.push({ lines, what: 'HTML', why: 'only Markdown is read' });
    }
  }

  private annotation(text: string, lines: Lines): void {
    try {
      this.blocks.push({ kind: 'annotation', value: JSON.parse(text) as Record<string, unknown>, lines });
    } catch (error) {
      this.unread.push({ lines, what: 'an annotation', why: `not JSON: ${(error as Error).message}` });
    }
  }

  private table(open: Token, tokens: readonly Token[]): void {
    const rows: Row[] = [];
    tokens.forEach((token, at) => {
      if (token.type === 'tr_open') rows.push({ cells: [], lines: linesOf(token) });
      else if (token.type === 'inline' && tokens[at - 1]?.type !== 'heading_open') {
        rows.at(-1)?.cells.push(wordsOf(token.children ?? []));
      }
    });
    const [header, ...others] = rows;
    if (header) this.blocks.push({ kind: 'table', header, rows: others, lines: linesOf(open) });
  }
}

function linesOf(token: Token): Lines {
  const [from, to] = token.map ?? [0, 1];
  return { first: from + 1, last: Math.max(to, from + 1) };
}

function linesWithin(token: Token, index: number, text: string): Lines {
  const first = linesOf(token).first + token.content.slice(0, index).split('\n').length - 1;
  return { first, last: first + text.split('\n').length - 1 };
}
