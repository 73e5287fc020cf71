import { isUtf8 } from 'node:buffer';
import { decodedBody } from './content-encoding';
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
const MAX_JSON_VALUES = 50_000;
const [COMMA, COLON, BRACKET, BRACE] = [0x2c, 0x3a, 0x5b, 0x7b];

/**
 * How many values of a body are read as JSON: what separates and begins them is counted, within strings too.
 * @returns undefined where they are too many, so that none is read
 */
export function countJsonValues(content: string): number | undefined {
  let count = 0;
  for (let i = 0; i < content.length; i += 1) {
    const code = content.charCodeAt(i);
    if (code === COMMA || code === COLON || code === BRACKET || code === BRACE) count += 1;
  }
  return count > MAX_JSON_VALUES ? undefined : count;
}

export type Parsed = { ok: true; value: unknown } | { ok: false; reason: string };

/** The encoding of a text that is not UTF-8, as far as it can be told. */
function encodingOf(bytes: Buffer, headers: Headers): string {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'UTF-16, not UTF-8';
  if (bytes.length >= 2 && (a === 0) !== (b === 0)) return 'UTF-16, not UTF-8';
  const charset = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(headerValue(headers, 'content-type') ?? '')?.[1];
  if (charset === undefined || /^utf-?8$/i.test(charset)) return 'not UTF-8';
  return `not UTF-8: its Content-Type declares charset ${charset}`;
}

/**
 * Reads a body as JSON. What its Content-Encoding says is undone, within a bound. A byte order mark is passed over, as
 * RFC 8259 (section 8.1) lets a reader do.
 * @param headers the headers of the message
 */
export function parseJson(sent: Body, headers: Headers = []): Parsed {
  if (sent.truncated) return { ok: false, reason: `cut off after ${sent.bytes} bytes` };
  if (sent.content === '') return { ok: false, reason: 'empty: there is no body' };
  const body = decodedBody(sent, headers);
  if (typeof body === 'string') return { ok: false, reason: body };
  const { content } = body;
  if (body.encoding === 'base64') return { ok: false, reason: encodingOf(Buffer.from(content, 'base64'), headers) };
  if (content === '') return { ok: false, reason: 'empty once decoded' };
  if (content.length > MAX_JSON_VALUES && countJsonValues(content) === undefined)
    return { ok: false, reason: `more than ${MAX_JSON_VALUES} values` };
  try {
    return { ok: true, value: JSON.parse(content.startsWith('\uFEFF') ? content.slice(1) : content) as unknown };
  } catch (error) {
    // Text of two bytes a character is UTF-8 too, as long as it is ASCII with zeros between.
    if (/^(\0[^\0]|[^\0]\0)/.test(content)) return { ok: false, reason: 'UTF-16, not UTF-8' };
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The first value of a header. @param name in lower case */
export function headerValue(headers: Headers, name: string): string | undefined {
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
export function plainMediaType(contentType: string): string {
  const plain = /^application\/json(; ?[\w.-]+=[\w.-]+)*$/i.test(contentType);
  return isJsonType(contentType) && !plain ? 'application/json' : contentType;
}

/** How many headers of a message are kept; those that are read always are. */
const MAX_HEADERS = 200;
const READ_HEADERS = new Set([
  'content-type',
  'content-encoding',
  'content-length',
  'location',
  'retry-after',
  'www-authenticate',
  'date',
  'authorization',
]);

/** Node's raw headers, flat, as pairs with lower-case names; of more than 200, those that are read, the first, and how many are left out. */
export function headerPairs(rawHeaders: readonly string[]): Headers {
  const all: Headers = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    all.push([(rawHeaders[i] ?? '').toLowerCase(), rawHeaders[i + 1] ?? '']);
  }
  if (all.length <= MAX_HEADERS) return all;
  const isRead = ([name]: Headers[number]): boolean => READ_HEADERS.has(name);
  const read = all.filter(isRead).slice(0, MAX_HEADERS / 2);
  const others = all.filter((one) => !isRead(one)).slice(0, MAX_HEADERS - read.length);
  // No header can have this name.
  return [...read, ...others, ['…', `${all.length - read.length - others.length} more headers`]];
}
