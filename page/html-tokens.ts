import MarkdownIt from 'markdown-it';

/** A piece of HTML: a tag, a comment, or text whose character references are replaced. */
export interface HtmlToken {
  kind: 'open' | 'close' | 'comment' | 'text';
  /** A tag's name in lower case. */
  name: string;
  /** A tag's attributes as written, a comment's content, or the text. */
  text: string;
  /** Where it begins and ends in the source. */
  from: number;
  to: number;
  /** The line on which it begins, counted from 1. */
  line: number;
}

/** Elements whose content is no HTML: everything up to the end tag belongs to them. */
const RAW = /^(?:iframe|noembed|noframes|noscript|script|style|textarea|title|xmp)$/;
const REFERENCE = /&(?:#x?[\da-f]{1,6}|[a-z][a-z\d]{1,31});/gi;

const { unescapeAll } = new MarkdownIt().utils;

/** Replaces character references such as `&lt;`. */
function withoutReferences(text: string): string {
  return text.replace(REFERENCE, (reference) => unescapeAll(reference));
}

/**
 * Finds the end of a tag: the next `>` outside quotation marks. A quotation mark without a second one is a character like
 * any other. `none` remembers which marks do not occur again, so that all searches together take linear time.
 */
function tagEnd(source: string, from: number, none: Set<string>): number {
  const mark = /[>"']/g;
  mark.lastIndex = from;
  for (let found = mark.exec(source); found; found = mark.exec(source)) {
    const [character] = found;
    if (character === '>') return found.index;
    if (none.has(character)) continue;
    const end = source.indexOf(character, found.index + 1);
    if (end === -1) none.add(character);
    else mark.lastIndex = end + 1;
  }
  return -1;
}

/** Splits HTML into tags, comments and text, as browsers do: malformed HTML is never an error. */
export function htmlTokens(source: string, firstLine = 1): HtmlToken[] {
  const tokens: HtmlToken[] = [];
  const none = new Set<string>();
  let line = firstLine;
  let lineEnd = source.indexOf('\n');
  const add = (kind: HtmlToken['kind'], name: string, text: string, from: number, to: number): void => {
    if (to === from) return;
    tokens.push({ kind, name, text, from, to, line });
    for (; lineEnd !== -1 && lineEnd < to; lineEnd = source.indexOf('\n', lineEnd + 1)) line += 1;
  };
  const addText = (from: number, to: number): void =>
    add('text', '', withoutReferences(source.slice(from, to)), from, to);
  let textFrom = 0;
  const start = /<(?:!--|[!?]|(\/?)([a-z][^\s/<>]*))/gi;
  for (let found = start.exec(source); found; found = start.exec(source)) {
    const { 0: opening, 1: slash = '', 2: tag = '', index } = found;
    addText(textFrom, index);
    const name = tag.toLowerCase();
    const inner = index + opening.length;
    let to = opening === '<!--' ? source.indexOf('-->', inner) : tagEnd(source, inner, none);
    if (to === -1) {
      // A tag without an end hides the rest, as in a browser.
      if (opening === '<!--') add('comment', 'unclosed', source.slice(inner), index, source.length);
      return tokens;
    }
    const content = source.slice(inner, to);
    to += opening === '<!--' ? 3 : 1;
    if (tag === '') add('comment', '', opening === '<!--' ? content : '', index, to);
    else add(slash === '/' ? 'close' : 'open', name, content, index, to);
    if (slash === '' && RAW.test(name)) {
      const end = new RegExp(`</${name}`, 'gi');
      end.lastIndex = to;
      const last = end.exec(source)?.index ?? source.length;
      add('comment', '', '', to, last);
      to = last;
    }
    textFrom = to;
    start.lastIndex = to;
  }
  addText(textFrom, source.length);
  return tokens;
}

/** The value of an attribute; undefined if the tag has none of that name. */
export function attributeOf({ text }: HtmlToken, name: string): string | undefined {
  const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+)))?/g;
  for (const [, key = '', double, single, bare] of text.matchAll(attribute)) {
    if (key.toLowerCase() === name) return withoutReferences(double ?? single ?? bare ?? '');
  }
  return undefined;
}
