import { har } from '../../history/import/har';
import { ngrok } from '../../history/import/ngrok';
import { wiremock } from '../../history/import/wiremock';
import { harEntry, LENGTH, NGROK, raw, SENT, WIREMOCK } from './one-exchange';

/** The same exchange in each format, and the requests of a tunnel and of a journal. */

test.each([
  ['har', har, harEntry()],
  ['ngrok', ngrok, NGROK],
  ['wiremock', wiremock, WIREMOCK],
])('%s contains the request, the response and their times', (_, { read }, element) => {
  const exchange = read(element);
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

test.each([99, 100, 599, 600, '200'])('the status %j', (status) => {
  const isStatus = status === 100 || status === 599;
  const read = [
    har.read(harEntry({ response: { status } })),
    ngrok.read({ ...NGROK, response: { ...NGROK.response, status_code: status } }),
    wiremock.read({ ...WIREMOCK, response: { ...WIREMOCK.response, status } }),
  ];
  expect(read.map((one) => one?.response !== undefined)).toEqual([isStatus, isStatus, isStatus]);
});

describe('a tunnel', () => {
  const read = (request: object, more: object = {}) =>
    ngrok.read({ ...NGROK, request: { ...NGROK.request, ...request }, ...more });
  const chunked = { Host: ['bot.example'], 'Transfer-Encoding': ['Chunked'] };
  const body = (written: string) => read({ headers: chunked, raw: raw('POST /hook HTTP/1.1', written) })?.request.body;

  test.each([
    ['4\r\ntext\r\n0\r\n\r\n', 'text'],
    ['4;x=y\r\ntext\r\n0\r\n\r\n', 'text'],
    ['A\r\n0123456789\r\n4\r\ntext\r\n0\r\n\r\n', '0123456789text'],
    // Not chunked in spite of the header, or incomplete.
    ['5\r\ntext', '5\r\ntext'],
    ['4\r\ntext\r\n', '4\r\ntext\r\n'],
    ['text', 'text'],
    ['00000004\r\ntext\r\n0\r\n\r\n', '00000004\r\ntext\r\n0\r\n\r\n'],
  ])('has %j as chunks', (written, content) => {
    expect(body(written)?.content).toBe(content);
  });

  test.each<[object, string]>([
    [{ uri: 'http://other/hook' }, 'http://other/hook'],
    [{ uri: 'HTTPS://other/hook' }, 'HTTPS://other/hook'],
    [{ headers: { Host: ['h'], 'X-Forwarded-Proto': ['http'], 'X-Forwarded-Host': ['f'] } }, 'http://h/hook'],
    [{ headers: { 'X-Forwarded-Host': ['f'] } }, 'https://f/hook'],
    [{ headers: {} }, 'https://tunnel/hook'],
    [{ uri: '/to?url=https://other' }, 'https://bot.example/to?url=https://other'],
  ])('with %j has the URL %s', (request, url) => {
    expect(read(request)?.request.url).toBe(url);
  });

  test('without a duration or a time was not measured', () => {
    expect(read({}, { duration: 0 })).not.toHaveProperty('durations');
    expect(read({}, { duration: '2e6' })).not.toHaveProperty('durations');
    expect(read({}, { duration: 2e6 })?.durations).toEqual({ sent: 0, answered: 0, ended: 2 });
    expect(read({}, { start: 'today' })).not.toHaveProperty('startedAt');
    expect(read({}, { start: 'today' })?.resolutionMs).toBe(0);
    expect(read({})?.resolutionMs).toBe(1);
  });

  test('without the whole message has no body', () => {
    const head = Buffer.from('POST /hook HTTP/1.1').toString('base64');
    expect(read({ headers: {}, raw: head })?.request.body).toMatchObject({ notRecorded: true });
    expect(read({ raw: undefined })?.request.body).toMatchObject({ notRecorded: true });
    expect(read({ uri: undefined })).toBeUndefined();
    expect(read({ method: undefined })).toBeUndefined();
  });
});

describe('a journal', () => {
  const read = (request: object, more: object = {}) =>
    wiremock.read({ ...WIREMOCK, request: { ...WIREMOCK.request, ...request }, ...more });

  test.each<[object, string | undefined]>([
    [{ absoluteUrl: undefined, headers: { Host: 'h' } }, 'http://h/hook'],
    [{ absoluteUrl: undefined, headers: {} }, 'http://wiremock/hook'],
    [{ absoluteUrl: undefined, url: undefined }, undefined],
    [{ method: undefined }, undefined],
  ])('with %j has the URL %s', (request, url) => {
    const found = read(request);
    expect([found === undefined, found?.request.url]).toEqual([url === undefined, url]);
  });

  test('has bytes as base64, or else text', () => {
    const headers = {};
    expect(read({ headers, bodyAsBase64: 'dGV4dA==' })?.request.body.content).toBe('text');
    expect(read({ headers, bodyAsBase64: '{}' })?.request.body.content).toBe(SENT);
  });

  test.each([
    [Date.UTC(2000), true],
    [Date.UTC(2000) - 1, false],
    [8e15, false],
    [String(Date.UTC(2026)), false],
  ])('logged at %j: known is %s', (loggedDate, isKnown) => {
    expect(read({ loggedDate })?.startedAt).toBe(isKnown ? loggedDate : undefined);
  });

  test.each([
    [1, { sent: 0, answered: 0, ended: 2 }],
    [0, undefined],
    [1e9, undefined],
    ['1', undefined],
  ])('of a total time of %j ms', (totalTime, durations) => {
    expect(read({}, { timing: { totalTime } })?.durations).toEqual(durations);
    expect(read({})?.resolutionMs).toBe(1);
  });
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
