import { bodyOf, headerValue, isJsonType, parseJson } from '../body';
import { isEncoded } from '../content-encoding';
import type { Headers } from '../events';
import { isObject, arrayMember, member, stringMember } from '../values';
import { fromBase64, headersOf, messageOf, timeOf, type Message } from './bodies';
import { CONNECTS_WHILE_WAITING, SENDS_FROM_THE_START, TIMED_AT_EXPORT, type HarTool } from './har-tools';
import type { Importer, RecordedExchange } from './importer';

/** HAR 1.2, the format of browsers and most proxies. */

function headersIn(message: unknown): Headers {
  return headersOf((arrayMember(message, 'headers') ?? []).map((one) => [member(one, 'name'), member(one, 'value')]));
}

function requestIn(request: unknown): Message {
  const headers = headersIn(request);
  const data = member(request, 'postData');
  const size = member(request, 'bodySize');
  // No postData and a size of zero usually mean no body; browsers write the same for a body from a stream.
  if (data === undefined && size === 0 && headers.length > 0 && headerValue(headers, 'content-type') === undefined)
    return messageOf([...headers, ['content-length', '0']], '');
  const content = stringMember(data, 'text');
  const encoded = stringMember(data, 'encoding') === 'base64' && content !== undefined ? fromBase64(content) : content;
  const type = stringMember(data, 'mimeType');
  // Some libraries record headers before the client adds those of the body, and the type only here.
  const isUntold = headers.length > 0 && headerValue(headers, 'content-type') === undefined && isJsonType(type);
  const all: Headers = isUntold && type !== undefined ? [...headers, ['content-type', type]] : headers;
  return messageOf(all, mayBeAnother(encoded, headers, size) ? undefined : encoded);
}

/** Whether a usable Content-Length tells how long a body is. */
function isLengthTold(headers: Headers): boolean {
  return headerValue(headers, 'content-length') !== undefined && !isEncoded(headers);
}

/**
 * Whether a body of unknown length may not be the one on the wire: some tools cut long bodies without a sign, or replace
 * them by some text, or write them in another notation.
 * @param size its decoded length; -1 or absent if unknown
 */
function mayBeAnother(kept: string | Buffer | undefined, headers: Headers, size: unknown): boolean {
  if (typeof kept !== 'string' || isLengthTold(headers)) return false;
  const read = parseJson(bodyOf(Buffer.from(kept)), []);
  if (read.ok) return typeof read.value === 'string' && isJsonObject(read.value);
  return size !== Buffer.byteLength(kept) || isJsonObject(fromBase64(kept)?.toString() ?? '');
}

/** Whether a text is a JSON object or array: as a JSON string or in base64, it is a body that was encoded again. */
function isJsonObject(text: string): boolean {
  return /^\s*[[{]/.test(text) && parseJson(bodyOf(Buffer.from(text)), []).ok;
}

/** Whether a body without a usable Content-Length is shorter than its decoded length, which may be unknown. */
function isCut(kept: string | Buffer | undefined, headers: Headers, size: unknown): boolean {
  if (typeof kept !== 'string' || typeof size !== 'number') return false;
  return !isLengthTold(headers) && Buffer.byteLength(kept) < size;
}

/** A body's length before compression. A short body may grow by compression: then `size` is the length as sent. */
function decodedSize(content: unknown): unknown {
  const [size, saved] = [member(content, 'size'), member(content, 'compression')];
  return typeof size === 'number' && typeof saved === 'number' && saved < 0 ? size + saved : size;
}

function responseIn(response: unknown): Message {
  const headers = headersIn(response);
  const content = member(response, 'content');
  const kept = stringMember(content, 'text');
  const decoded = kept !== undefined && stringMember(content, 'encoding') === 'base64' ? fromBase64(kept) : kept;
  const size = decodedSize(content);
  const whole = !isCut(decoded, headers, size) && !mayBeAnother(decoded, headers, size);
  return messageOf(headers, whole ? decoded : undefined);
}

/** A duration, ms; -1 in the file means not applicable. */
function duration(timings: unknown, name: string): number {
  const found = member(timings, name);
  return typeof found === 'number' && found > 0 && found < 1e9 ? found : 0;
}

/** By how much the parts of a duration may be longer than the whole because each is rounded, ms. */
const ROUNDED_MS = 10;

/** The durations of an exchange; undefined if the tool did not measure them and wrote 0. */
function durationsIn(entry: unknown, tool: HarTool | undefined): RecordedExchange['durations'] {
  const timings = member(entry, 'timings');
  // Of a browser's request, Playwright writes 0 as `send`, and the other durations as HAR 1.2 defines them.
  const isWhole = SENDS_FROM_THE_START.has(tool) && duration(timings, 'send') > 0;
  const parts = CONNECTS_WHILE_WAITING.has(tool) || isWhole ? ['send'] : ['blocked', 'dns', 'connect', 'send'];
  const [before, wait] = [parts.reduce((sum, name) => sum + duration(timings, name), 0), duration(timings, 'wait')];
  const time = duration(entry, 'time');
  if (time === 0 || wait === 0) return undefined;
  const answered = before + wait;
  const ended = answered + duration(timings, 'receive');
  // Parts that are longer than the whole overlap, in a way that is not known of this tool.
  return ended > time + ROUNDED_MS ? undefined : { sent: before, answered, ended };
}

export const har: Importer = {
  kind: 'har',
  what: 'the HAR file',
  path: ['log', 'entries'],
  read: (entry, tool) => {
    const request = member(entry, 'request');
    const [method, url] = [stringMember(request, 'method'), stringMember(request, 'url')];
    if (method === undefined || url === undefined) return undefined;
    const response = member(entry, 'response');
    const status = member(response, 'status');
    const time = TIMED_AT_EXPORT.has(tool) ? undefined : timeOf(stringMember(entry, 'startedDateTime'));
    const durations = durationsIn(entry, tool);
    return {
      request: { method, url, ...requestIn(request) },
      // Status 0: the request was aborted.
      ...(isObject(response) && typeof status === 'number' && status >= 100 && status <= 599
        ? { response: { status, ...responseIn(response) } }
        : {}),
      ...(time ? { startedAt: time.at } : {}),
      resolutionMs: time?.resolutionMs ?? 0,
      ...(durations ? { durations } : {}),
    };
  },
};
