import { request, Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Value } from '../../behaviors/finding';
import { seenOf, unreadable, world } from './world';

const { instead, judged } = world();

const OTHER = '/communications/calls/of-another-run/participants';
const item = (resourceUrl: string): unknown => ({
  '@odata.type': '#microsoft.graph.commsNotification',
  changeType: 'updated',
  resourceUrl,
  resourceData: [{ '@odata.type': '#microsoft.graph.participant', info: { identity: { user: { id: 'z' } } } }],
});
const envelope = (...value: unknown[]): string =>
  JSON.stringify({ '@odata.type': '#microsoft.graph.commsNotifications', value });

/** Posts a body `times` times, over a few connections. */
async function posts(uri: string, body: string | Buffer, times = 1): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let left = times;
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await new Promise<void>((done) => {
        const sent = request(uri, { method: 'POST', agent, headers: { 'Content-Type': 'application/json' } }, (res) =>
          res.resume().on('close', done),
        );
        sent.on('error', () => done());
        sent.end(body);
      });
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
  agent.destroy();
}

/** A states endpoint that attacks the first call's callback before the call is set up. */
async function calledBy(attack: (uri: string) => unknown): Promise<string> {
  let first = true;
  const origin = await instead(async (_req, _res, body) => {
    const { params } = JSON.parse(body.toString()) as { params?: { callbackUri?: string } };
    if (params?.callbackUri === undefined || !first) return false;
    first = false;
    await attack(params.callbackUri);
    return false;
  });
  return `${origin}/_states`;
}

/** The first one is posted before the call is set up; the others arrive later, and end when the listener closes. */
async function floods(uri: string): Promise<void> {
  await posts(uri, envelope(item(OTHER)));
  void posts(uri, envelope(item(OTHER)), 20_000);
}

const guessed = (uri: string): string => new URL('/guessed/path', uri).href;
const MEGABYTE = 1024 * 1024;

/** Requests to paths of no call say nothing about the target: exit 0. */
test.each<[name: string, attack: (uri: string) => unknown]>([
  ['a notification to a guessed path', (uri) => posts(guessed(uri), envelope(item(OTHER)))],
  ['20,000 notifications to guessed paths', (uri) => floods(guessed(uri))],
  ['100 MB to a guessed path', (uri) => posts(guessed(uri), Buffer.alloc(100 * MEGABYTE, 'x'))],
  ['JSON 100,000 deep to a guessed path', (uri) => posts(guessed(uri), '['.repeat(100_000))],
  ['bytes that are not HTTP', (uri) => says(uri, '\u0016\u0003\u0001\r\n\r\n')],
  ['headers of 64 KB', (uri) => says(uri, `POST / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(65_536)}\r\n\r\n`)],
  [
    'two lengths, as in request smuggling',
    (uri) =>
      says(uri, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'),
  ],
  ['700 idle connections', (uri) => holds(uri, 700)],
])('%s: exit 0', async (_name, attack) => {
  const states = await calledBy(attack);
  expect(await judged({ states })).toMatchObject({ code: 0, message: '' });
});

/** Requests to a call's own path count as the target's notifications: exit 1, with the finding. */
test.each<[name: string, attack: (uri: string) => unknown, behavior: string, observed: Value]>([
  [
    'names the call of another run',
    (uri) => posts(uri, envelope(item(OTHER))),
    'notification.resource-url',
    { is: 'json', value: OTHER },
  ],
  ['is 100 MB', (uri) => posts(uri, Buffer.alloc(100 * MEGABYTE, 'x')), 'notification.json', unreadable(/cut off/)],
  ['is sent 20,000 times', floods, 'notification.resource-url', { is: 'json', value: OTHER }],
  [
    'has 200,000 items',
    (uri) => posts(uri, `{"value":[${'{},'.repeat(200_000)}{}]}`),
    'notification.json',
    unreadable(/more than 50000 values/),
  ],
  [
    'is JSON 100,000 deep',
    (uri) => posts(uri, '{"value":'.repeat(100_000)),
    'notification.json',
    unreadable(/more than 50000 values/),
  ],
  [
    'is invalid UTF-8',
    (uri) => posts(uri, Buffer.from([0x7b, 0xff, 0x7d])),
    'notification.json',
    unreadable(/not UTF-8/),
  ],
  [
    'has keys of every object',
    (uri) => posts(uri, '{"__proto__":{"value":[1]},"constructor":1}'),
    'notification.envelope',
    { is: 'absent' },
  ],
  [
    'contains control sequences for terminals',
    (uri) => posts(uri, '\u001b[2J\u202e<script>]]>::error::'),
    'notification.json',
    unreadable(/./),
  ],
])('a notification that %s fails with exit 1', async (_name, attack, behavior, observed) => {
  const states = await calledBy(attack);
  const ended = await judged({ states });
  expect(ended).toMatchObject({ code: 1, message: '' });
  expect(seenOf(ended, behavior)).toEqual({ verdict: 'failed', observed });
  expect(seenOf(ended, 'completion.announced')?.verdict).toBe('passed');
});

test('the secret of a notification is not kept', async () => {
  const states = await calledBy(
    (uri) =>
      new Promise<void>((done) => {
        const headers = { Authorization: 'Bearer canary-of-the-target', Cookie: 'canary-cookie' };
        request(uri, { method: 'POST', headers }, (res) => res.resume().on('close', done)).end('{}');
      }),
  );
  const { written } = await judged({ states });
  expect(written).toContain('Bearer [redacted]');
  expect(written).not.toMatch(/canary-(of|cookie)/);
});

test("the callback's port is free after the run", async () => {
  let callback = '';
  const states = await calledBy((uri) => {
    callback = uri;
  });
  expect(await judged({ states })).toMatchObject({ code: 0 });
  await expect(fetch(callback, { method: 'POST', body: '{}' })).rejects.toThrow('fetch failed');
});

/** Writes bytes, and waits for the end of the connection. */
async function says(uri: string, bytes: string): Promise<void> {
  const socket = connect(Number(new URL(uri).port), '127.0.0.1');
  await new Promise<void>((done) => {
    socket.on('error', () => undefined).on('close', done);
    socket.on('data', () => socket.end()).end(bytes);
  });
}

/** Holds connections with unfinished requests. */
async function holds(uri: string, count: number): Promise<void> {
  const held: Promise<Socket>[] = [];
  for (let i = 0; i < count; i += 1) {
    const socket = connect(Number(new URL(uri).port), '127.0.0.1').on('error', () => undefined);
    held.push(
      new Promise((done) =>
        socket
          .once('connect', () => socket.write('POST / HTTP/1.1\r\nX: ', () => done(socket)))
          .once('close', () => done(socket)),
      ),
    );
  }
  await Promise.all(held);
}
