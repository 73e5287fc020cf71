import { printableLines } from '../common/printable';

/** A piece of XML that is escaped already. */
export interface Xml {
  xml: string;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** What XML 1.0 (fifth edition, section 2.2) has no place for, escaped or not; halves of surrogate pairs among it. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text made fit for an element or an attribute; `>` is always escaped, so that no `]]>` comes about. */
export function xmlText(text: string): string {
  return printableLines(text)
    .replace(FORBIDDEN, '\uFFFD')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

/** An attribute's value: line breaks would be read as blanks. */
function attributeText(text: string): string {
  return xmlText(text).replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** An element; strings among its children are text. */
export function element(name: string, attributes: Record<string, string>, children: (Xml | string)[] = []): Xml {
  const given = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${attributeText(value)}"`)
    .join('');
  const inner = children.map((child) => (typeof child === 'string' ? xmlText(child) : child.xml));
  if (inner.length === 0) return { xml: `<${name}${given}/>` };
  const nested = children.some((child) => typeof child !== 'string');
  const content = nested ? `\n${inner.join('\n')}\n` : inner.join('');
  return { xml: `<${name}${given}>${content}</${name}>` };
}
