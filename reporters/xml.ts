import { printableLines } from '../common/printable';

/** Escaped XML. */
export interface Xml {
  xml: string;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Characters that XML 1.0 (fifth edition, section 2.2) forbids even if escaped, such as lone surrogates. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Escapes text for an element or attribute; `>` is always escaped, so that `]]>` can't occur. */
function xmlText(text: string): string {
  return printableLines(text)
    .replace(FORBIDDEN, '\uFFFD')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

/** Escapes the value of an attribute; a parser would read a raw line break as a space. */
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
