import { insomnia, playwright, playwrightAttached, playwrightRelay } from './har-dialects-of-clients';
import { file, outgoing, type Dialect } from './har-file';

/** HAR as different tools write it: their deviations from HAR 1.2, according to their sources. */

/** A time with the offset of a zone, as in tools that write local time. */
function inZone(time: string, hours: number, digits = 3): string {
  const local = new Date(Date.parse(time) + hours * 3_600_000).toISOString().replace('Z', '');
  const offset = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
  return `${local}${'0'.repeat(digits - 3)}${offset}`;
}

const lowerCased = (headers: readonly { name: string; value: string }[]): { name: string; value: string }[] =>
  headers.map(({ name, value }) => ({ name: name.toLowerCase(), value }));

const SOCKET = {
  _resourceType: 'websocket',
  _webSocketMessages: [{ type: 'receive', time: 1_767_323_045.1, opcode: 1, data: '{"value":[{"resourceUrl":"x"}]}' }],
  startedDateTime: '2026-01-02T03:04:05.678Z',
  time: 5,
  request: { method: 'GET', url: 'wss://bot.example/live', httpVersion: 'http/1.1', headers: [], bodySize: 0 },
  response: { status: 101, statusText: '', headers: [], content: { size: 0, mimeType: 'x-unknown' }, bodySize: -1 },
  timings: { blocked: -1, dns: -1, ssl: -1, connect: -1, send: 0, wait: 5, receive: 0 },
};

/** HTTP/2: header names in lower case, pseudo headers, no header sizes; credentials are omitted by default. */
const chrome: Dialect = {
  outgoing: true,
  write: (entries) => {
    const written = outgoing(entries).map((one) => ({
      _initiator: { type: 'script' },
      _priority: 'High',
      _resourceType: 'fetch',
      ...one,
      request: {
        ...one.request,
        httpVersion: 'http/2.0',
        headers: [
          { name: ':authority', value: 'graph.microsoft.com' },
          { name: ':method', value: one.request.method },
          ...lowerCased(one.request.headers).filter(({ name }) => name !== 'authorization' && name !== 'host'),
        ],
      },
      response: {
        ...one.response,
        statusText: '',
        httpVersion: 'http/2.0',
        headers: lowerCased(one.response.headers),
        headersSize: -1,
        bodySize: -1,
        _error: null,
      },
      timings: { blocked: 0.5, dns: -1, ssl: -1, connect: -1, ...one.timings, _blocked_queueing: 0.2 },
    }));
    const first = written[0];
    const givenUp = first && {
      ...first,
      response: {
        ...first.response,
        status: 0,
        content: { size: 0, mimeType: 'x-unknown' },
        _error: 'net::ERR_ABORTED',
      },
    };
    return file({ name: 'WebInspector', version: '537.36' }, [...(givenUp ? [givenUp] : []), SOCKET, ...written], {
      pages: [],
    });
  },
};

/** Local time, a page for all entries, an empty list of parameters with each body. */
const firefox: Dialect = {
  outgoing: true,
  write: (entries) =>
    file(
      { name: 'Firefox', version: '128.0' },
      outgoing(entries).map((one) => ({
        pageref: 'page_1',
        ...one,
        startedDateTime: inZone(one.startedDateTime, 2),
        request: {
          ...one.request,
          ...(one.request.postData ? { postData: { ...one.request.postData, params: [] } } : {}),
        },
        timings: { blocked: 0, dns: 0, ssl: 0, connect: 0, ...one.timings },
      })),
      { browser: { name: 'Firefox', version: '128.0' }, pages: [{ id: 'page_1', pageTimings: { onLoad: -1 } }] },
    ),
};

/** Discarded bodies are replaced by a comment, with a size of -1. */
const firefoxWithoutBodies: Dialect = {
  outgoing: true,
  write: (entries) =>
    file(
      { name: 'Firefox', version: '128.0' },
      outgoing(entries).map((one) => ({
        ...one,
        response: {
          ...one.response,
          content: { mimeType: 'application/json', size: -1, comment: 'Response bodies are not included.' },
        },
        timings: {},
      })),
    ),
};

/** A long body is truncated, which only `content.size` shows; HTTP/2 has no other length. */
const firefoxCut: Dialect = {
  outgoing: true,
  write: (entries) =>
    file(
      { name: 'Firefox', version: '128.0' },
      outgoing(entries).map((one) => ({
        ...one,
        response: {
          ...one.response,
          headers: one.response.headers.filter(({ name }) => name.toLowerCase() !== 'content-length'),
          content: { ...one.response.content, text: (one.response.content.text ?? '').slice(0, 40) },
        },
      })),
    ),
};

/** All bodies in base64. */
const charles: Dialect = {
  write: (entries) =>
    file(
      { name: 'Charles Proxy', version: '4.6.7' },
      entries.map((one) => {
        const { text, ...content } = one.response.content;
        const encoded = text === undefined ? {} : { text: Buffer.from(text).toString('base64'), encoding: 'base64' };
        return {
          ...one,
          startedDateTime: inZone(one.startedDateTime, -4),
          response: { ...one.response, content: { ...content, ...encoded } },
          timings: { dns: -1, connect: -1, ssl: -1, ...one.timings },
        };
      }),
    ),
};

/** A byte order mark; longer bodies are replaced by a comment. */
const fiddler: Dialect = {
  write: (entries) => {
    const comment = 'Body length exceeded fiddler.importexport.HTTPArchiveJSON.MaxTextBodyLength, so body was omitted.';
    const written = entries.map((one) => {
      const { text: _, ...content } = one.response.content;
      return {
        ...one,
        startedDateTime: inZone(one.startedDateTime, 1, 7),
        connection: 'ClientPort:52311;EgressPort:52312',
        response: { ...one.response, content: { ...content, comment } },
        timings: { blocked: -1, dns: 0, connect: 0, ssl: 0, ...one.timings },
      };
    });
    const har = file({ name: 'Fiddler', version: '5.0.20243' }, written, { comment: 'exported @ 1/2/2026', pages: [] });
    return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), har]);
  },
};

/** The times of connections are included in `wait`; sizes are those sent. */
const mitmproxy: Dialect = {
  write: (entries) =>
    file(
      { name: 'mitmproxy', version: '11.0.0' },
      entries.map((one) => ({
        ...one,
        startedDateTime: one.startedDateTime.replace('Z', '123+00:00'),
        time: one.time + 700,
        request: {
          ...one.request,
          ...(one.request.postData ? { postData: { ...one.request.postData, params: [] } } : {}),
        },
        response: { ...one.response, content: { ...one.response.content, compression: 0 } },
        timings: { ...one.timings, connect: 400, ssl: 300 },
        serverIPAddress: '20.190.128.1',
      })),
      { pages: [] },
    ),
};

const proxyman: Dialect = {
  write: (entries) =>
    file(
      { name: 'Proxyman', version: '5.12.0' },
      entries.map((one, i) => ({
        ...one,
        _id: String(i),
        _name: one.request.url,
        _isHTTPS: true,
        _isIntercepted: true,
        _webSocketMessages: null,
        _clientName: null,
        comment: '',
      })),
    ),
};

/** The times are those of the responses, without durations; credentials and response bodies are omitted. */
const devProxy: Dialect = {
  outgoing: true,
  write: (entries) =>
    file(
      { name: 'DevProxy', version: '1.0.0' },
      outgoing(entries).map((one) => ({
        ...one,
        timings: undefined,
        startedDateTime: new Date(Date.parse(one.startedDateTime) + one.time).toISOString().replace('Z', '1234Z'),
        time: 0,
        request: {
          ...one.request,
          headers: one.request.headers.map(({ name, value }) =>
            name.toLowerCase() === 'authorization' ? { name, value: 'REDACTED' } : { name, value },
          ),
        },
        response: { ...one.response, content: { ...one.response.content, text: null } },
      })),
    ),
};

export const DIALECTS = {
  chrome,
  firefox,
  firefoxWithoutBodies,
  firefoxCut,
  charles,
  fiddler,
  mitmproxy,
  proxyman,
  devProxy,
  insomnia,
  playwright,
  playwrightRelay,
  playwrightAttached,
} satisfies Record<string, Dialect>;
