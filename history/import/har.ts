import { headerValue } from '../body';
import { isEncoded } from '../content-encoding';
import type { Headers } from '../events';
import { isObject, arrayMember, member, stringMember } from '../values';
import { fromBase64, headersOf, messageOf, timeOf, type Message } from './bodies';
import { CONNECTS_WHILE_WAITING, TIMED_AT_EXPORT, type HarTool } from './har-tools';
import type { Importer, RecordedExchange } from './importer';

/** HAR 1.2: what browsers and most proxies write. */

function headersIn(message: unknown): Headers {
  return headersOf((arrayMember(message, 'headers') ?? []).map((one) => [member(one, 'name'), member(one, 'value')]));
}

function requestIn(request: unknown): Message {
  const headers = headersIn(request);
  const data = member(request, 'postData');
  const size = member(request, 'bodySize');
  // Without postData and with a size of zero, there was no body; browsers write the same of one that a stream gave.
  if (data === undefined && size === 0 && headers.length > 0 && headerValue(headers, 'content-type') === undefined)
    return messageOf([...headers, ['content-length', '0']], '');
  const content = stringMember(data, 'text');
  const encoded = stringMember(data, 'encoding') === 'base64' && content !== undefined ? fromBase64(content) : content;
  return messageOf(headers, encoded);
}

/**
 * Whether less of a body was kept than there was, where no Content-Length tells: some tools cut long bodies, and say nothing.
 * @param size how long it was once decoded; -1, or none, where that is not known
 */
function isCut(kept: string | Buffer | undefined, headers: Headers, size: unknown): boolean {
  if (typeof kept !== 'string' || typeof size !== 'number') return false;
  const isTold = headerValue(headers, 'content-length') !== undefined && !isEncoded(headers);
  return !isTold && Buffer.byteLength(kept) < size;
}

/** How long a body was before it was compressed. What is short may grow by that: then `size` is that of what was sent. */
function decodedSize(content: unknown): unknown {
  const [size, saved] = [member(content, 'size'), member(content, 'compression')];
  return typeof size === 'number' && typeof saved === 'number' && saved < 0 ? size + saved : size;
}

function responseIn(response: unknown): Message {
  const headers = headersIn(response);
  const content = member(response, 'content');
  const kept = stringMember(content, 'text');
  const decoded = kept !== undefined && stringMember(content, 'encoding') === 'base64' ? fromBase64(kept) : kept;
  return messageOf(headers, isCut(decoded, headers, decodedSize(content)) ? undefined : decoded);
}

/** A duration; -1 stands for one that does not apply. */
function duration(timings: unknown, name: string): number {
  const found = member(timings, name);
  return typeof found === 'number' && found > 0 && found < 1e9 ? found : 0;
}

/** Some tools write 0 for what they did not measure. */
function durationsIn(entry: unknown, tool: HarTool | undefined): RecordedExchange['durations'] {
  const timings = member(entry, 'timings');
  const parts = CONNECTS_WHILE_WAITING.has(tool) ? ['send'] : ['blocked', 'dns', 'connect', 'send'];
  const [before, wait] = [parts.reduce((sum, name) => sum + duration(timings, name), 0), duration(timings, 'wait')];
  if (duration(entry, 'time') === 0 || wait === 0) return undefined;
  const answered = before + wait;
  return { sent: before, answered, ended: answered + duration(timings, 'receive') };
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
      // Status 0 stands for a request that was given up.
      ...(isObject(response) && typeof status === 'number' && status >= 100 && status <= 599
        ? { response: { status, ...responseIn(response) } }
        : {}),
      ...(time ? { startedAt: time.at } : {}),
      resolutionMs: time?.resolutionMs ?? 0,
      ...(durations ? { durations } : {}),
    };
  },
};
