import type { RequestListener } from 'node:http';
import { notesOf, seenOf, SHORT, world } from './world';

const { http, instead, judged, saying, tcp } = world();

const answering =
  (body: string | Buffer, status = 200): RequestListener =>
  (_req, res) =>
    void res.writeHead(status, { 'Content-Type': 'application/json' }).end(body);

const ENOUGH = '"userIds":["a","b","c","d","e","f","g","h"]';

/** Defective states endpoints: exit 4, and the message. */
test.each<[name: string, origin: () => Promise<string>, message: RegExp]>([
  ['hangs', () => tcp(() => undefined), /state 'a group call' .*no complete response within 4000 ms/],
  ['speaks another protocol', () => saying('220 smtp.example ESMTP\r\n'), /the response is not valid HTTP/],
  ['answers 500', () => http(answering('boom', 500)), /answered 500: "boom"/],
  ['redirects', () => http((_req, res) => void res.writeHead(302, { Location: '/' }).end()), /answered 302/],
  ['answers HTML', () => http(answering('<p>\u001b[2J')), /the response is not a JSON object \(.*\): "<p>/],
  ['answers 100 MB', () => http(answering(Buffer.alloc(100 * 1024 * 1024, ' '))), /the response is not a JSON object/],
  ['answers an array', () => http(answering('[]')), /the response is not a JSON object/],
  ['answers JSON 100,000 deep', () => http(answering('['.repeat(100_000))), /the response is not a JSON object/],
  ['gives a number as an id', () => http(answering('{"callId":7}')), /its value callId is 7, not a string/],
  ['gives no id', () => http(answering('{}')), /its value callId is absent, not a string/],
  ['gives an id only in __proto__', () => http(answering('{"__proto__":{"callId":"x"}}')), /absent/],
  ['gives a lone surrogate as an id', () => http(answering('{"callId":"\\ud800"}')), /not an id that fits in a URL/],
  ['gives .. as an id', () => http(answering('{"callId":".."}')), /not an id that fits in a URL/],
])('a states endpoint that %s ends the run with exit 4', async (_name, origin, message) => {
  const ended = await judged({ states: `${await origin()}/states`, timeoutMs: SHORT });
  expect(ended).toMatchObject({ code: 4, message: expect.stringMatching(message) as string, result: undefined });
});

test('a states endpoint that knows no state ends the run with exit 4 and its URL', async () => {
  const states = `${await http(answering('', 404))}/states`;
  const ended = await judged({ states });
  const message = `${states} answered 404 to every state; check the path in --states`;
  expect(ended).toMatchObject({ code: 4, message });
});

test('ids that are URLs of another host are still sent to the target only', async () => {
  const strangers: string[] = [];
  const elsewhere = await http((req, res) => {
    strangers.push(req.url ?? '');
    res.end('{}');
  });
  const id = `${elsewhere}/../../communications/calls/x?y#z`;
  let calls = 0;
  const states = await http((req, res) => {
    calls += 1;
    answering(JSON.stringify({ callId: `${id}${calls}`, userId: id, userIds: [id, 'b', 'c'] }))(req, res);
  });
  const ended = await judged({ states: `${states}/states`, timeoutMs: SHORT });
  expect(ended.code).toBe(1);
  expect(seenOf(ended, 'request.route')?.observed).toMatchObject({ is: 'answer', status: 404 });
  expect(strangers).toEqual([]);
});

test.each([
  [
    'a call',
    `{"callId":"${'x'.repeat(1_000_000)}",${ENOUGH}}`,
    /callId is "x+…, 1000000 characters long; the longest id allowed is 512/,
  ],
  [
    'a call, in escapes,',
    `{"callId":"${String.raw`\u0001`.repeat(150_000)}",${ENOUGH}}`,
    /callId is "(\\u0001)+.{0,6}…, 150000 characters long/,
  ],
])(
  'a states endpoint that gives %s an id of a megabyte ends the run with exit 4, and its beginning is shown',
  async (_what, body, told) => {
    const states = await http(answering(body));
    const ended = await judged({ states: `${states}/states`, timeoutMs: SHORT });
    expect(ended).toMatchObject({ code: 4, message: expect.stringMatching(told) as string });
    expect(ended.message.length).toBeLessThan(1000);
  },
);

test('user ids of 100,000 characters end the run with exit 4, and none is invited', async () => {
  const origin = await instead((_req, res, body) => {
    if (!body.toString().includes('users who can be invited')) return false;
    res.end(JSON.stringify({ userIds: Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000)) }));
    return true;
  });
  const ended = await judged({ states: `${origin}/_states` });
  expect(ended).toMatchObject({ code: 4, message: '' });
  expect(JSON.stringify(ended.result)).toContain('100000 characters long; the longest id allowed is 512');
  expect(JSON.stringify(ended.result)).not.toContain('0'.repeat(1000));
});

test('repeated user ids end the run with exit 4, and are shown', async () => {
  const origin = await instead((_req, res, body) => {
    if (!body.toString().includes('users who can be invited')) return false;
    res.end(`{"userIds":${JSON.stringify(Array(8).fill('the same'))}}`);
    return true;
  });
  const ended = await judged({ states: `${origin}/_states`, scenario: ['multiple'] });
  expect(ended).toMatchObject({ code: 4, message: '' });
  expect(ended.written).toContain('different strings');
});

const tearingDown = (body: Buffer): boolean => body.toString().includes('"teardown"');

test.each<[name: string, take: RequestListener]>([
  ['hangs', () => undefined],
  ['answers 500', (_req, res) => void res.writeHead(500).end()],
])('after a teardown that %s, the run ends with its own exit code and reports what remains', async (_name, take) => {
  const origin = await instead((req, res, body) => {
    if (!tearingDown(body)) return false;
    take(req, res);
    return true;
  });
  const ended = await judged({ states: `${origin}/_states` });
  expect(ended.code).toBe(0);
  expect(notesOf(ended).join('\n')).toMatch(/could not release/);
});
