import { isUtf8 } from 'node:buffer';
import { decodedBody } from './content-encoding';
import type { Body, Headers } from './events';

/**
 * Creates a body for the history.
 * @param bytes the part that is kept
 * @param total its length on the wire, in bytes
 * @param cut whether the message ended early
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

/** The most values in a body that is parsed as JSON: a dense one takes twenty times its size in memory. */
const MAX_JSON_VALUES = 50_000;
const [COMMA, COLON, BRACKET, BRACE] = [0x2c, 0x3a, 0x5b, 0x7b];

/**
 * Estimates the number of values in a JSON text by counting separators and opening brackets, even those inside strings.
 * @returns undefined if there are too many to parse
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

/** The encoding of a text that is not UTF-8, if it can be recognized. */
function encodingOf(bytes: Buffer, headers: Headers): string {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'UTF-16, not UTF-8';
  if (bytes.length >= 2 && (a === 0) !== (b === 0)) return 'UTF-16, not UTF-8';
  const charset = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(headerValue(headers, 'content-type') ?? '')?.[1];
  if (charset === undefined || /^utf-?8$/i.test(charset)) return 'not UTF-8';
  return `not UTF-8: its Content-Type declares charset ${charset}`;
}

/**
 * Parses a body as JSON. It first undoes the Content-Encoding, up to a size limit. A byte order mark is ignored, as RFC
 * 8259 (section 8.1) allows.
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
    // ASCII text in UTF-16 is also valid UTF-8, with zero bytes between the characters.
    if (/^(\0[^\0]|[^\0]\0)/.test(content)) return { ok: false, reason: 'UTF-16, not UTF-8' };
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The first value of a header. @param name lower case */
export function headerValue(headers: Headers, name: string): string | undefined {
  return headers.find(([key]) => key === name)?.[1];
}

/**
 * Whether a header of a response may not have been recorded: a script in a browser sees only some. A service with a
 * clock sends Date (RFC 9110, section 6.6.1), so a recorder that keeps it keeps the others too.
 */
export function lacksHeader(headers: Headers, name: string): boolean {
  return headerValue(headers, name) === undefined && headerValue(headers, 'date') === undefined;
}

/**
 * Whether the Content-Type of a recorded body is unknown: it is absent, and so are the headers that always accompany a
 * body (RFC 9112, section 6). Client libraries record headers before they add these.
 */
export function lacksContentType(headers: Headers): boolean {
  return !['content-type', 'content-length', 'transfer-encoding'].some(
    (name) => headerValue(headers, name) !== undefined,
  );
}

/** Whether a media type is `application/json`, ignoring parameters and case (RFC 9110, section 8.3.1). */
export function isJsonType(contentType: string | undefined): boolean {
  return contentType !== undefined && /^\s*application\/json\s*(;|$)/i.test(contentType);
}

/**
 * Simplifies a media type for readers with a limited parser: `application/json` with valid but unusual parameters loses
 * them (RFC 9110, sections 5.6.4 and 5.6.6); any other media type is unchanged.
 */
export function plainMediaType(contentType: string): string {
  const plain = /^application\/json(; ?[\w.-]+=[\w.-]+)*$/i.test(contentType);
  return isJsonType(contentType) && !plain ? 'application/json' : contentType;
}

/** The most headers of a message that are kept; headers that the suite reads take precedence. */
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

/**
 * Converts node's flat raw headers to pairs with lower-case names; beyond 200, keeps those that are read, then the
 * first ones.
 */
export function headerPairs(rawHeaders: readonly string[]): Headers {
  const all: Headers = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    all.push([(rawHeaders[i] ?? '').toLowerCase(), rawHeaders[i + 1] ?? '']);
  }
  if (all.length <= MAX_HEADERS) return all;
  const isRead = ([name]: Headers[number]): boolean => READ_HEADERS.has(name);
  const read = all.filter(isRead).slice(0, MAX_HEADERS / 2);
  const others = all.filter((one) => !isRead(one)).slice(0, MAX_HEADERS - read.length);
  // No real header can have this name.
  return [...read, ...others, ['…', `${all.length - read.length - others.length} more headers`]];
}
