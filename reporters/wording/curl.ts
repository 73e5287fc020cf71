import type { Exchange } from '../../history/events';
import { MASK } from '../../history/redact';
import { printable } from '../../common/printable';

/** Headers that curl or the connection sets. */
const OWN_HEADERS = new Set([
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'accept-encoding',
  'keep-alive',
]);

/**
 * Formats a shell command that sends a recorded request again. `$INVITE_TOKEN` replaces a token that the history masks.
 * Each option is one line of escaped text.
 */
export function curlOf({ request }: Exchange): string {
  const { method, url, headers, body } = request;
  const { content, encoding, truncated } = body;
  const sent = headers.filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()));
  const isTyped = sent.some(([name]) => name.toLowerCase() === 'content-type');
  const binary = content !== '' && encoding === 'base64';
  const data = binary ? ['--data-binary @-'] : content === '' ? [] : [`--data-raw ${quoted(content)}`];
  const options = [
    `curl -i -g -X ${quoted(method)} ${quoted(url)}`,
    ...sent.map(([name, value]) => `-H ${headerText(name, value)}`),
    // Otherwise curl would set a content type.
    ...(data.length > 0 && !isTyped ? [`-H 'content-type:'`] : []),
    ...data,
  ];
  const note = truncated ? ['# The history has only the beginning of the body: this sends that part.'] : [];
  const fed = binary ? `printf %s ${quoted(content)} | base64 -d | ` : '';
  return [...note, `${fed}${options.join(' \\\n  ')}`].join('\n');
}

function headerText(name: string, value: string): string {
  if (value === '') return quoted(`${name};`);
  const [before = '', ...after] = `${name}: ${value}`.split(MASK);
  return [quoted(before), ...after.map((rest) => `"$INVITE_TOKEN"${rest === '' ? '' : quoted(rest)}`)].join('');
}

/**
 * Quotes a text as one shell word; invisible characters, and those that a CI system would interpret, become bash
 * escapes.
 */
function quoted(text: string): string {
  if (/^[\w./:@%+=-]+$/.test(text)) return text;
  if (printable(text) === text) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll("'", String.raw`\'`)
    .replaceAll(/[\u{10000}-\u{10ffff}]/gu, (one) => `\\U${one.codePointAt(0)?.toString(16).padStart(8, '0')}`);
  return `$'${printable(escaped)}'`;
}
