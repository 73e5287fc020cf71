import { headerValue } from '../body';
import type { Headers } from '../events';
import { member, stringMember } from '../values';
import { fromBase64, headersIn, messageOf, timeOf, type Message } from './bodies';
import type { Importer } from './importer';

/** The requests through a tunnel, from the inspection API of an ngrok agent: GET /api/requests/http. */

/** `raw` is the whole message in base64, with its first line and headers. */
function messageIn(message: unknown): Message {
  const headers = headersIn(message);
  const raw = fromBase64(stringMember(message, 'raw') ?? '');
  const end = raw?.indexOf('\r\n\r\n') ?? -1;
  if (raw === undefined || end === -1) return messageOf(headers, undefined);
  const chunked = /chunked/i.test(headerValue(headers, 'transfer-encoding') ?? '');
  const rest = raw.subarray(end + 4);
  return messageOf(headers, chunked ? (unchunked(rest) ?? rest) : rest);
}

/** Removes the chunk sizes from a chunked body. @returns undefined if it is not chunked, or incomplete */
function unchunked(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at);
    const size = /^[\da-f]{1,7}(?=;|$)/i.exec(bytes.toString('latin1', at, line === -1 ? at : line))?.[0];
    if (size === undefined) return undefined;
    const length = Number.parseInt(size, 16);
    if (length === 0) return Buffer.concat(parts);
    if (line + 2 + length > bytes.length) return undefined;
    parts.push(bytes.subarray(line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
}

/** The URL of a request, whose URI has no host. */
function urlOf(request: unknown, headers: Headers): string | undefined {
  const uri = stringMember(request, 'uri');
  if (uri === undefined) return undefined;
  if (/^https?:\/\//i.test(uri)) return uri;
  const scheme = headerValue(headers, 'x-forwarded-proto') === 'http' ? 'http' : 'https';
  return `${scheme}://${headerValue(headers, 'host') ?? headerValue(headers, 'x-forwarded-host') ?? 'tunnel'}${uri}`;
}

export const ngrok: Importer = {
  kind: 'ngrok',
  what: "the file of ngrok's requests",
  path: ['requests'],
  read: (element) => {
    const request = member(element, 'request');
    const message = messageIn(request);
    const [method, url] = [stringMember(request, 'method'), urlOf(request, message.headers)];
    if (method === undefined || url === undefined) return undefined;
    const response = member(element, 'response');
    const status = member(response, 'status_code');
    const time = timeOf(stringMember(element, 'start'));
    const nanoseconds = member(element, 'duration');
    const ended = typeof nanoseconds === 'number' && nanoseconds > 0 ? nanoseconds / 1e6 : 0;
    return {
      request: { method, url, ...message },
      ...(typeof status === 'number' && status >= 100 && status <= 599
        ? { response: { status, ...messageIn(response) } }
        : {}),
      ...(time ? { startedAt: time.at } : {}),
      resolutionMs: time?.resolutionMs ?? 0,
      // The time of the response's first byte is not kept: it may have arrived immediately.
      ...(ended > 0 ? { durations: { sent: 0, answered: 0, ended } } : {}),
    };
  },
};
