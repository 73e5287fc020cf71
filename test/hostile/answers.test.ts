import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { concurrencyLimit } from '../../target/concurrency-limit';
import type { Value } from '../../behaviors/finding';
import { BOUND, invites, like, noAnswer, seenOf, unreadable, world, type Ended } from './world';

const { instead, judged, mock } = world();

/** A raw response to an invitation, written to the socket so that node does not correct it. */
const raw =
  (bytes: string | Buffer, then: 'end' | 'reset' | 'stay' = 'end') =>
  (res: ServerResponse): void => {
    const { socket } = res;
    socket?.write(bytes, () => {
      if (then === 'end') socket.end();
      if (then === 'reset') socket.resetAndDestroy();
    });
  };

/** Writes without end, until the other side closes the connection. */
const endless =
  (head: string, piece: string) =>
  (res: ServerResponse): void => {
    const { socket } = res;
    if (!socket) return;
    const more = (): void => {
      if (!socket.destroyed && socket.write(piece)) setImmediate(more);
    };
    socket.on('drain', more).on('error', () => undefined);
    socket.write(head);
    more();
  };

/** Writes a few bytes at a time, without end. */
const dripping =
  (head: string, piece: string) =>
  (res: ServerResponse): void => {
    const { socket } = res;
    socket?.write(head);
    const drip = setInterval(() => socket?.write(piece), 50);
    socket?.on('close', () => clearInterval(drip)).on('error', () => undefined);
  };

const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const json = (body: string): string => `${OK}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

const MEGABYTE = 1024 * 1024;
const bomb = gzipSync(Buffer.alloc(100 * MEGABYTE, ' '));

/** Each response to an invitation, and the behaviour that it fails; the run always ends with exit 1. */
const CASES: [name: string, answer: (res: ServerResponse) => void, behavior: string, observed: Value][] = [
  ['no response', () => undefined, 'request.route', noAnswer(/no complete response within 2000 ms/)],
  [
    'one byte at a time',
    dripping(`${OK}Content-Length: 1000\r\n\r\n`, ' '),
    'request.route',
    noAnswer(/no complete response/),
  ],
  [
    'headers one byte at a time',
    dripping('HTTP/1.1 200 OK\r\n', 'X: y\r\n'),
    'request.route',
    noAnswer(/no complete response/),
  ],
  [
    '1 GB',
    endless(`${OK}Content-Length: 1073741824\r\n\r\n`, ' '.repeat(65_536)),
    'response.json',
    unreadable(/cut off/),
  ],
  [
    'a body without end',
    endless(`${OK}Transfer-Encoding: chunked\r\n\r\n`, `10000\r\n${' '.repeat(65_536)}\r\n`),
    'response.json',
    unreadable(/cut off/),
  ],
  [
    'headers without end',
    endless('HTTP/1.1 200 OK\r\n', 'X: y\r\n'.repeat(1000)),
    'request.route',
    noAnswer(/HPE_HEADER_OVERFLOW/),
  ],
  [
    'headers of 64 KB',
    raw(`${OK}X: ${'y'.repeat(65_536)}\r\n\r\n{}`),
    'request.route',
    noAnswer(/HPE_HEADER_OVERFLOW/),
  ],
  [
    'interim responses without end',
    dripping('', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100)),
    'request.route',
    noAnswer(/no complete response|no final one|reset/),
  ],
  ['a reset before the response', raw('', 'reset'), 'request.route', noAnswer(/reset/)],
  ['a reset within its headers', raw('HTTP/1.1 200 O', 'reset'), 'request.route', noAnswer(/reset/)],
  [
    'a reset within its body',
    raw(`${OK}Content-Length: 100\r\n\r\n{"id":`, 'reset'),
    'request.route',
    noAnswer(/reset/),
  ],
  ['a reset after its body', raw(json('{}'), 'reset'), 'response.operation-id', { is: 'absent' }],
  ['less than its Content-Length', raw(`${OK}Content-Length: 100\r\n\r\n{}`), 'request.route', noAnswer(/reset/)],
  ['more than its Content-Length', raw(`${OK}Content-Length: 2\r\n\r\n{}{}{}`), 'request.route', noAnswer(/HPE_/)],
  ['two lengths', raw(`${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `), 'request.route', noAnswer(/HPE_/)],
  ['invalid chunks', raw(`${OK}Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n`), 'request.route', noAnswer(/HPE_/)],
  [
    'a chunk that breaks off',
    raw(`${OK}Transfer-Encoding: chunked\r\n\r\n64\r\n{"id"`),
    'request.route',
    noAnswer(/reset/),
  ],
  ['bytes that are not HTTP', raw('SSH-2.0-OpenSSH_9.6\r\n'), 'request.route', noAnswer(/HPE_/)],
  [
    'a switch to another protocol',
    raw('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
    'request.route',
    noAnswer(/^it switched to another protocol \(101\)/),
  ],
  [
    'a gzip bomb',
    (res) => void res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }).end(bomb),
    'response.json',
    unreadable(/longer than \d+ bytes once decoded/),
  ],
  [
    'invalid gzip',
    (res) => void res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }).end('no gzip'),
    'response.json',
    unreadable(/not gzip/),
  ],
  [
    'invalid UTF-8',
    (res) => void res.writeHead(200, { 'Content-Type': 'application/json' }).end(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
    'response.json',
    unreadable(/not UTF-8/),
  ],
  [
    'JSON 100,000 deep',
    raw(json('['.repeat(100_000) + ']'.repeat(100_000))),
    'response.json',
    unreadable(/more than 50000 values/),
  ],
  [
    'JSON 9,000 deep',
    raw(json(`{"id":${'['.repeat(9000)}${']'.repeat(9000)}}`)),
    'response.operation-id',
    { is: 'cut', type: 'array', beginning: like(/^\[\[\[/), length: 1 },
  ],
  [
    'JSON 300,000 wide',
    raw(json(`[${'{},'.repeat(300_000)}{}]`)),
    'response.json',
    unreadable(/more than 50000 values/),
  ],
  [
    'numbers beyond doubles',
    raw(json('{"id":1e999,"status":-1e999,"clientContext":123456789012345678901234567890}')),
    'response.operation-id',
    { is: 'json', value: null },
  ],
  [
    'keys of every object',
    raw(json('{"__proto__":{"id":"x"},"constructor":{"prototype":{"id":"y"}},"toString":1,"hasOwnProperty":2}')),
    'response.operation-id',
    { is: 'absent' },
  ],
  [
    'duplicate keys',
    raw(json('{"id":"a","id":null,"status":"running","status":[]}')),
    'response.operation-id',
    { is: 'json', value: null },
  ],
  [
    'a multipart body',
    (res) => void res.writeHead(200, { 'Content-Type': 'multipart/form-data; boundary=x' }).end('--x\r\n\r\n--x--'),
    'response.json',
    { is: 'json', value: 'multipart/form-data; boundary=x' },
  ],
];

const ended = new Map<string, Ended>();

// The runs wait most of the time, so several run at once.
beforeAll(async () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const few = concurrencyLimit(6);
  const one = async ([name, answer, behavior]: (typeof CASES)[number]): Promise<void> => {
    const origin = await instead((req, res) => {
      if (!invites(req)) return false;
      answer(res);
      return true;
    });
    // Some targets never answer; each invitation, and each check of the target after one, waits for this timeout.
    ended.set(name, await judged({ target: `${origin}/v1.0`, behavior: [behavior], timeoutMs: '2000' }));
  };
  await Promise.all(CASES.map((each) => few(() => one(each))));
}, BOUND);

test.each(CASES)('an invitation answered by %s fails with exit 1', (name, _answer, behavior, observed) => {
  const one = ended.get(name);
  expect(one).toMatchObject({ code: 1, message: '' });
  expect(one && seenOf(one, behavior)).toEqual({ verdict: 'failed', observed });
});

test('responses in unrequested gzip that are otherwise correct pass', async () => {
  const origin = await instead(async (req, res, body) => {
    if (!invites(req)) return false;
    const { method = 'POST', url = '', headers } = req;
    const { 'content-length': _, ...rest } = headers as Record<string, string>;
    const answer = await fetch(new URL(url, mock().url), { method, headers: rest, body });
    const type = answer.headers.get('content-type');
    const location = answer.headers.get('location');
    res.writeHead(answer.status, {
      'Content-Encoding': 'gzip',
      ...(type === null ? {} : { 'Content-Type': type }),
      ...(location === null ? {} : { Location: location }),
    });
    res.end(gzipSync(await answer.text()));
    return true;
  });
  expect(await judged({ target: `${origin}/v1.0` })).toMatchObject({ code: 0 });
});

test('a response with a byte order mark that is otherwise correct passes', async () => {
  const origin = await instead(async (req, res, body) => {
    if (!invites(req)) return false;
    const { method = 'POST', url = '', headers } = req;
    const { 'content-length': _, ...rest } = headers as Record<string, string>;
    const answer = await fetch(new URL(url, mock().url), { method, headers: rest, body });
    const location = answer.headers.get('location') ?? '';
    res.writeHead(answer.status, { 'Content-Type': 'application/json', Location: location });
    res.end(`\uFEFF${await answer.text()}`);
    return true;
  });
  expect(await judged({ target: `${origin}/v1.0` })).toMatchObject({ code: 0 });
});
