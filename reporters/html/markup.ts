import { jsonText, printableLines } from '../../common/printable';

/** Escaped HTML. */
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

/** A template of HTML: values are escaped as text, also within quoted attributes, unless they are markup. */
export function markup(strings: TemplateStringsArray, ...values: Content[]): Markup {
  return { html: String.raw({ raw: strings }, ...values.map(written)) };
}

/** Code or style of the suite, which is not escaped. */
export function verbatim(html: string): Markup {
  return { html };
}

/** A value as JSON within a script element: nothing in it can end the element or open a comment. */
export function embedded(value: unknown): Markup {
  return { html: jsonText(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e') };
}

/** A list of terms, each with its text. */
export function terms(entries: readonly (readonly [string, Content])[], kind: string): Markup {
  return markup`<dl class="${kind}">${entries.map(([term, text]) => markup`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
}

/** Names that link to one place of the page. */
export function anchors(names: readonly string[], place: string): Markup {
  return markup`<ul class="inline">${names.map((name) => markup`<li><a href="#${place}">${name}</a></li>`)}</ul>`;
}

/** Behaviour ids that link to their rows. */
export function idLinks(ids: readonly string[]): Markup {
  return markup`<ul class="inline">${ids.map((id) => markup`<li><a href="#${id}">${id}</a></li>`)}</ul>`;
}

/** A text of the suite, in which backticks mark code. */
export function prose(text: string): Markup {
  return markup`${text.split('`').map((part, i) => (i % 2 === 1 ? markup`<code>${part}</code>` : part))}`;
}

/** A link to a public page; any other URL, which only a manipulated result contains, stays text. */
export function link(url: string, text: string): Markup {
  return url.startsWith('https://') ? markup`<a href="${url}" rel="noreferrer">${text}</a>` : markup`${text}`;
}
