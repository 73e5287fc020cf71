import { countJsonValues } from './body';
import { decodedBody } from './content-encoding';
import type { Body, Headers } from './events';

/** What one value of a JSON text takes once it is read, bytes. */
const VALUE_MEMORY = 64;
/** What a header takes beside its characters, bytes, where a message has more than usual. */
const HEADER_MEMORY = 100;
const USUAL_HEADERS = 20;
/** A character beyond Latin-1 makes its whole text take two bytes a character. */
const WIDE_CHARACTER = /[^\0-\xff]/;

/** The memory that a text takes, bytes. */
export function textMemory(text: string): number {
  return WIDE_CHARACTER.test(text) ? text.length * 2 : text.length;
}

/** An estimate of the memory that headers take, bytes. */
export function headersMemory(headers: Headers): number {
  const characters = headers.reduce((sum, [name, value]) => sum + textMemory(name) + textMemory(value), 0);
  return characters + HEADER_MEMORY * Math.max(0, headers.length - USUAL_HEADERS);
}

/**
 * An estimate of the memory that a body takes, bytes: its text and, where it is read as JSON, the values in it and their
 * texts. What is read of an encoded body is kept beside it, and may be much longer.
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
