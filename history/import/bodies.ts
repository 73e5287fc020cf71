import { bodyOf, headerValue, headerPairs } from '../body';
import { decodedBody, isEncoded } from '../content-encoding';
import type { Body, Headers } from '../events';
import { isObject, member } from '../values';

/** The longest body that is kept, in bytes. */
const BODY_CAP = 1024 * 1024;

/** A message's headers and body, as far as recorded. */
export interface Message {
  headers: Headers;
  body: Body;
}

/** A body with unknown content. */
export function notRecorded(headers: Headers): Body {
  const length = lengthOf(headers);
  return { encoding: 'utf8', content: '', bytes: length ?? 0, truncated: true, notRecorded: true };
}

/** The value of Content-Length. */
function lengthOf(headers: Headers): number | undefined {
  const found = headerValue(headers, 'content-length');
  return found !== undefined && /^\d{1,9}$/.test(found) ? Number(found) : undefined;
}

/** The headers of a message that has them as one object. */
export function headersIn(message: unknown): Headers {
  const headers = member(message, 'headers');
  return headersOf(isObject(headers) ? Object.entries(headers) : []);
}

/** Headers as pairs, names in lower case. @param entries names, each with one or several values */
export function headersOf(entries: Iterable<readonly [name: unknown, value: unknown]>): Headers {
  const flat: string[] = [];
  for (const [name, value] of entries) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof name === 'string' && typeof one === 'string' && !name.startsWith(':')) flat.push(name, one);
    }
  }
  return headerPairs(flat);
}

/**
 * Creates a message from recorded headers and body. Some tools record a body decoded, others as sent with its
 * Content-Encoding; it is kept decoded and without that header, so that nobody decodes it again. A body of another
 * length than its Content-Length is not the one on the wire, and counts as not recorded. An empty body needs a
 * Content-Length of 0, because many tools write one for a body that they did not keep.
 * @param content undefined: not kept
 */
export function messageOf(headers: Headers, content: string | Buffer | undefined): Message {
  const length = lengthOf(headers);
  if (content === undefined || content.length === 0) {
    const empty = length === 0;
    return { headers, body: empty ? bodyOf(Buffer.alloc(0)) : notRecorded(headers) };
  }
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  if (bytes.length > BODY_CAP) return { headers, body: notRecorded(headers) };
  const body = bodyOf(bytes);
  if (isEncoded(headers)) {
    const plain = decodedBody(body, headers);
    const left = headers.filter(([name]) => name !== 'content-encoding');
    return { headers: left, body: typeof plain === 'string' ? body : plain };
  }
  return { headers, body: length === undefined || length === bytes.length ? body : notRecorded(headers) };
}

/** Decodes base64. @returns undefined if it is not base64 */
export function fromBase64(text: string): Buffer | undefined {
  return /^[\w+/\s-]*={0,2}$/.test(text.trimEnd()) ? Buffer.from(text, 'base64') : undefined;
}

/** A time's zone. */
const ZONE = /(?:Z|GMT|UTC|[+-]\d\d:?\d\d)(?:\s*\([^()]*\))?$/i;
/** Without a zone, a time may jump by an hour when summer time begins or ends. */
const HOUR_MS = 3_600_000;

/** Parses an ISO 8601 time. @returns ms since 1970, and its precision; undefined if it is not a time */
export function timeOf(written: string | undefined): { at: number; resolutionMs: number } | undefined {
  if (written === undefined || written.length > 64) return undefined;
  const at = Date.parse(written);
  // No service of this API is older, so an earlier time is wrong.
  if (Number.isNaN(at) || at < Date.UTC(2000)) return undefined;
  const digits = /:\d\d[.,](\d+)/.exec(written)?.[1]?.length ?? 0;
  const resolutionMs = digits >= 3 ? 1 : 10 ** (3 - digits);
  return { at, resolutionMs: ZONE.test(written) ? resolutionMs : HOUR_MS };
}

/**
 * The parts of a request's URL, including its query. The origin is written in one way: in lower case, without user name
 * and password, and without the scheme's usual port.
 * @returns undefined if it is not an http URL
 */
export function partsOf(url: string): { origin: string; path: string; query: string } | undefined {
  const [, scheme = '', host, path = '', query = ''] =
    /^(https?):\/\/(?:[^/?#\s]*@)?([^/?#\s@]+)([^?#]*)(\?[^#]*)?/i.exec(url) ?? [];
  if (host === undefined) return undefined;
  const usual = /^https$/i.test(scheme) ? /:443$/ : /:80$/;
  const origin = `${scheme}://${host.replace(usual, '')}`.toLowerCase();
  return { origin, path: path === '' ? '/' : path, query };
}
