import { har } from '../../history/import/har';
import { ngrok } from '../../history/import/ngrok';
import { wiremock } from '../../history/import/wiremock';
import { parseJson } from '../../history/body';

/** One exchange in each format. */

const SENT = JSON.stringify({ value: [{ resourceUrl: '/communications/calls/c/participants' }] });
const LENGTH = String(Buffer.byteLength(SENT));

function harEntry(over: { request?: object; response?: object; entry?: object } = {}): unknown {
  return {
    startedDateTime: '2026-01-02T03:04:05.678Z',
    time: 30,
    request: {
      method: 'POST',
      url: 'https://bot.example/hook',
      headers: [
        { name: 'Content-Type', value: 'application/json' },
        { name: 'Content-Length', value: LENGTH },
      ],
      bodySize: Number(LENGTH),
      postData: { mimeType: 'application/json', text: SENT },
      ...over.request,
    },
    response: {
      status: 202,
      headers: [{ name: 'Content-Length', value: '0' }],
      content: { size: 0, mimeType: '' },
      ...over.response,
    },
    timings: { blocked: 2, dns: -1, connect: -1, send: 3, wait: 20, receive: 5 },
    ...over.entry,
  };
}

const raw = (head: string, body: string): string => Buffer.from(`${head}\r\n\r\n${body}`).toString('base64');

const NGROK = {
  start: '2026-01-02T03:04:05.678901+00:00',
  duration: 30_000_000,
  request: {
    method: 'POST',
    uri: '/hook',
    headers: { Host: ['bot.example'], 'Content-Type': ['application/json'], 'Content-Length': [LENGTH] },
    raw: raw('POST /hook HTTP/1.1', SENT),
  },
  response: {
    status: '202 Accepted',
    status_code: 202,
    headers: { 'Content-Length': ['0'] },
    raw: raw('HTTP/1.1 202 Accepted', ''),
  },
};

const WIREMOCK = {
  request: {
    url: '/hook',
    absoluteUrl: 'https://bot.example/hook',
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Length': LENGTH },
    loggedDate: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    body: SENT,
  },
  response: { status: 202, headers: { 'Content-Length': '0' } },
  timing: { totalTime: 29 },
};

test.each([
  ['har', har.read(harEntry())],
  ['ngrok', ngrok.read(NGROK)],
  ['wiremock', wiremock.read(WIREMOCK)],
])('%s contains the request, the response and their times', (_, exchange) => {
  expect(exchange?.request).toMatchObject({ method: 'POST', url: 'https://bot.example/hook' });
  expect(exchange?.request.headers).toContainEqual(['content-type', 'application/json']);
  expect(exchange?.request.body).toEqual({
    encoding: 'utf8',
    content: SENT,
    bytes: Number(LENGTH),
    truncated: false,
  });
  expect(exchange?.response).toMatchObject({ status: 202, body: { content: '', truncated: false } });
  expect(exchange?.startedAt).toBe(Date.UTC(2026, 0, 2, 3, 4, 5, 678));
  expect(exchange?.durations?.ended).toBe(30);
});

test.each([
  ['no text', { content: { size: 40, mimeType: 'application/json' } }],
  ['null for text', { content: { size: 0, mimeType: 'application/json', text: null } }],
  ['an empty text and no length', { headers: [], content: { size: 0, mimeType: '', text: '' } }],
  [
    'another length than its header says',
    { headers: [{ name: 'Content-Length', value: '9' }], content: { size: 4, text: '{"a"' } },
  ],
])('a body that was not kept is absent: %s', (_, response) => {
  expect(har.read(harEntry({ response: { headers: [], ...response } }))?.response?.body).toMatchObject({
    notRecorded: true,
    truncated: true,
  });
});

test('a decoded body is read as it is, whatever its Content-Encoding', () => {
  const headers = [
    { name: 'Content-Encoding', value: 'gzip' },
    { name: 'Content-Length', value: '5' },
  ];
  const read = har.read(harEntry({ response: { headers, content: { size: 8, text: '{"a": 1}' } } }))?.response;
  expect(read && parseJson(read.body, read.headers)).toEqual({ ok: true, value: { a: 1 } });
});

test('base64 is decoded to bytes', () => {
  const content = { size: 2, text: Buffer.from([0xff, 0xfe]).toString('base64'), encoding: 'base64' };
  expect(har.read(harEntry({ response: { headers: [], content } }))?.response?.body.encoding).toBe('base64');
});

test.each([
  ['a time of 0', { time: 0 }],
  ['no timings', { timings: undefined }],
  ['timings of 0', { timings: { send: 0, wait: 0, receive: 0 } }],
  ['timings of -1', { timings: { send: -1, wait: -1, receive: -1 } }],
])('%s is not measured', (_, entry) => {
  expect(har.read(harEntry({ entry }))?.durations).toBeUndefined();
});

test.each([
  ['2026-01-02T03:04:05Z', 1000],
  ['2026-01-02T03:04:05.6Z', 100],
  ['2026-01-02T03:04:05.678901+01:00', 1],
])('the time %s is known to within %i ms', (startedDateTime, resolutionMs) => {
  expect(har.read(harEntry({ entry: { startedDateTime } }))?.resolutionMs).toBe(resolutionMs);
});

test.each(['1970-01-01T00:00:00Z', 'yesterday', 5, null])('%j is not a time', (startedDateTime) => {
  expect(har.read(harEntry({ entry: { startedDateTime } }))?.startedAt).toBeUndefined();
});

test('status 0 is no response', () => {
  expect(har.read(harEntry({ response: { status: 0 } }))?.response).toBeUndefined();
});

test('a tunnel keeps the chunk marks of a chunked body', () => {
  const headers = { Host: ['bot.example'], 'Transfer-Encoding': ['chunked'] };
  const chunks = `${SENT.length.toString(16)}\r\n${SENT}\r\n0\r\n\r\n`;
  const read = ngrok.read({
    request: { method: 'POST', uri: '/hook', headers, raw: raw('POST /hook HTTP/1.1', chunks) },
  });
  expect(read?.request.body.content).toBe(SENT);
});

const ODD: unknown[] = [
  null,
  5,
  'text',
  [],
  {},
  { request: null },
  { request: { method: 5, url: {} } },
  { request: { method: 'POST', url: 'x', uri: 'x', headers: 'none' }, response: [], timings: 7, timing: null },
  { request: { method: 'POST', url: 'x', uri: 'x', headers: [null, 5, { name: 5 }], raw: '***', bodyAsBase64: '***' } },
  { request: { method: 'POST', url: 'x', uri: 'x', headers: { a: [null, {}], __proto__: ['x'] } }, start: {} },
];

test.each(ODD)('%j causes no exception', (odd) => {
  for (const { read } of [har, ngrok, wiremock]) expect(() => read(odd)).not.toThrow();
});
