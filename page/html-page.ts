import { annotationIn } from './annotations';
import { HtmlReader } from './html-blocks';
import { attributeOf, htmlTokens, type HtmlToken } from './html-tokens';
import type { Block, MarkdownPage, Lines, Unread } from './page';

/** The beginning of an HTML document, or of its content cut out of it. */
const DOCUMENT = /^\s*(?:<\?xml[^<>]*>\s*|<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i;
const CONTENT = /^\s*<(?:article|div|h1|main|section)\b/i;
/** Not of level 1: comments in sample code look the same. */
const MARKDOWN_HEADING = /^##+ \S/m;

/** Whether a text is a page as a browser shows it, not its Markdown source. */
export function isHtml(text: string): boolean {
  if (DOCUMENT.test(text)) return true;
  return CONTENT.test(text) && /<h1\b/i.test(text) && !MARKDOWN_HEADING.test(text);
}

/** Elements that contain the content of a page, best first: that of learn.microsoft.com, then those of other sites. */
const ROOTS: readonly ((token: HtmlToken) => boolean)[] = [
  (token) => token.name === 'div' && /(?:^|\s)content(?=\s|$)/.test(attributeOf(token, 'class') ?? ''),
  ({ name }) => name === 'main',
  ({ name }) => name === 'article',
  ({ name }) => name === 'body',
];

/** The first of `ROOTS` that contains the title of the page. */
function rootOf(tokens: readonly HtmlToken[]): ((token: HtmlToken) => boolean) | undefined {
  return ROOTS.find((isRoot) => {
    // Elements of the root's name between its start and its end.
    let [name, depth] = ['', 0];
    return tokens.some((token) => {
      if (depth === 0 && token.kind === 'open' && isRoot(token)) [name, depth] = [token.name, 1];
      else if (depth > 0 && token.name === name) depth += token.kind === 'open' ? 1 : -1;
      return depth > 0 && token.kind === 'open' && token.name === 'h1';
    });
  });
}

/**
 * Reads a page as a browser shows it into the blocks of its Markdown source. Includes and the tabs of HTTP are part of
 * the text; navigation, controls and the tabs of other languages are not. Lines are those of the HTML.
 */
export function htmlPageOf(source: string): MarkdownPage {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const tokens = htmlTokens(text);
  const blocks: Block[] = [];
  const unread: Unread[] = [];
  const repaired: Unread[] = [];
  const comment = (token: HtmlToken, lines: Lines): void => {
    const annotation = annotationIn(token.text, lines, { unread, repaired });
    if (annotation) blocks.push(annotation);
  };
  new HtmlReader(blocks, { unread, comment }, rootOf(tokens)).read(tokens, text);
  const root = tokens.find(({ kind, name }) => kind === 'open' && name === 'html');
  const lang = root && attributeOf(root, 'lang');
  const title = blocks.findIndex((block) => block.kind === 'heading' && block.level === 1);
  const frontMatter = lang === undefined ? {} : { lang };
  return { frontMatter, blocks: blocks.slice(Math.max(0, title)), unread, repaired };
}
