import type { Exchange } from '../../history/events';
import { MASK } from '../../history/redact';
import { printable } from '../../common/printable';

/** What curl or the connection makes by itself. */
const OWN_HEADERS = new Set([
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'accept-encoding',
  'keep-alive',
]);

/**
 * A command for a shell that sends a recorded request again. Where the history masks the token, the shell's
 * `INVITE_TOKEN` stands in its place. It is one line of harmless text for each option.
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
    // Without this curl would name a type of its own.
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

/** A text as one word of a shell; what can't be seen, or what a CI system would obey, is written as bash's escapes. */
function quoted(text: string): string {
  if (/^[\w./:@%+=-]+$/.test(text)) return text;
  if (printable(text) === text) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll("'", String.raw`\'`)
    .replaceAll(/[\u{10000}-\u{10ffff}]/gu, (one) => `\\U${one.codePointAt(0)?.toString(16).padStart(8, '0')}`);
  return `$'${printable(escaped)}'`;
}
