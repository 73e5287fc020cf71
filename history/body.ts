import { isUtf8 } from 'node:buffer';
import type { Body, Headers } from './events';

/**
 * A body for the history.
 * @param bytes what was kept of it
 * @param total how long it was on the wire, in bytes
 * @param cut whether it ended before it was whole
 */
export function bodyOf(bytes: Buffer, total: number = bytes.length, cut = false): Body {
  const text = isUtf8(bytes);
  return {
    encoding: text ? 'utf8' : 'base64',
    content: bytes.toString(text ? 'utf8' : 'base64'),
    bytes: total,
    truncated: cut || total > bytes.length,
  };
}

/** The most values that a body may hold and still be read as JSON: a dense one takes twenty times its size in memory. */
const MOST_VALUES = 50_000;
const [COMMA, COLON, BRACKET, BRACE] = [0x2c, 0x3a, 0x5b, 0x7b];

/**
 * How many values of a body are read as JSON: what separates and begins them is counted, within strings too.
 * @returns undefined where they are too many, so that none is read
 */
export function valuesIn(content: string): number | undefined {
  let count = 0;
  for (let i = 0; i < content.length; i += 1) {
    const code = content.charCodeAt(i);
    if (code === COMMA || code === COLON || code === BRACKET || code === BRACE) count += 1;
  }
  return count > MOST_VALUES ? undefined : count;
}

export type Parsed = { ok: true; value: unknown } | { ok: false; reason: string };

/**
 * Reads a body as JSON. A byte order mark is passed over, as RFC 8259 (section 8.1) lets a reader do.
 */
export function parseJson(body: Body): Parsed {
  if (body.truncated) return { ok: false, reason: `cut off; ${body.bytes} bytes came` };
  if (body.encoding === 'base64') return { ok: false, reason: 'not UTF-8' };
  if (body.content === '') return { ok: false, reason: 'empty' };
  if (body.content.length > MOST_VALUES && valuesIn(body.content) === undefined)
    return { ok: false, reason: `more than ${MOST_VALUES} values` };
  try {
    return { ok: true, value: JSON.parse(body.content.replace(/^\uFEFF/, '')) as unknown };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The first value of a header. @param name in lower case */
export function header(headers: Headers, name: string): string | undefined {
  return headers.find(([key]) => key === name)?.[1];
}

/** Whether a media type is `application/json`, whatever its parameters and its case (RFC 9110, section 8.3.1). */
export function isJsonType(contentType: string | undefined): boolean {
  return contentType !== undefined && /^\s*application\/json\s*(;|$)/i.test(contentType);
}

/**
 * A media type as every reader understands it: `application/json` with parameters written in an odd, if allowed, way is
 * told without them (RFC 9110, sections 5.6.4 and 5.6.6); any other stands as it is.
 */
export function readableType(contentType: string): string {
  const plain = /^application\/json(; ?[\w.-]+=[\w.-]+)*$/i.test(contentType);
  return isJsonType(contentType) && !plain ? 'application/json' : contentType;
}

/** Node's raw headers, flat, as pairs with lower-case names. */
export function pairs(rawHeaders: readonly string[]): Headers {
  const result: Headers = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    result.push([(rawHeaders[i] ?? '').toLowerCase(), rawHeaders[i + 1] ?? '']);
  }
  return result;
}
