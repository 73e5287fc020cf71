import { jsonText, printableLines } from '../../common/printable';

/** HTML that is escaped already. */
export interface Markup {
  html: string;
}

export type Content = string | number | Markup | undefined | readonly Content[];

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function written(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string')
    return printableLines(content).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
  return 'html' in content ? content.html : content.map(written).join('');
}

/** A template of HTML: every value in it is text, also within an attribute's quotes, unless it is markup itself. */
export function markup(strings: TemplateStringsArray, ...values: Content[]): Markup {
  return { html: String.raw({ raw: strings }, ...values.map(written)) };
}

/** Our own code or style, put into the page as it is. */
export function verbatim(html: string): Markup {
  return { html };
}

/** A value as JSON that can stand within a script element: nothing in it can end the element or open a comment. */
export function embedded(value: unknown): Markup {
  return { html: jsonText(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e') };
}
