import { countJsonValues } from './body';
import { decodedBody } from './content-encoding';
import type { Body, Headers } from './events';

/** Memory of one parsed JSON value, bytes. */
const VALUE_MEMORY = 64;
/** Memory of a header in addition to its characters, bytes, for messages with unusually many. */
const HEADER_MEMORY = 100;
const USUAL_HEADERS = 20;
/** One character beyond Latin-1 makes its whole string take two bytes per character. */
const WIDE_CHARACTER = /[^\0-\xff]/;

/** The memory of a string, bytes. */
export function textMemory(text: string): number {
  return WIDE_CHARACTER.test(text) ? text.length * 2 : text.length;
}

/** An estimate of the memory of headers, bytes. */
export function headersMemory(headers: Headers): number {
  const characters = headers.reduce((sum, [name, value]) => sum + textMemory(name) + textMemory(value), 0);
  return characters + HEADER_MEMORY * Math.max(0, headers.length - USUAL_HEADERS);
}

/**
 * An estimate of the memory of a body, bytes: its text and, if it is parsed as JSON, its values and their texts. The
 * decoded form of an encoded body is kept too, and may be much longer.
 * @param headers the headers of the message
 */
export function bodyMemory(body: Body, headers: Headers): number {
  const own = textMemory(body.content);
  const inside = decodedBody(body, headers);
  if (typeof inside === 'string' || inside.encoding === 'base64' || inside.truncated) return own;
  const values = /^\s*[{["]/.test(inside.content) ? countJsonValues(inside.content) : undefined;
  if (values === undefined) return own + (inside === body ? 0 : textMemory(inside.content));
  return own + textMemory(inside.content) + VALUE_MEMORY * values;
}
