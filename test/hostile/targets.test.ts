import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Flags } from '../../config/run-options';
import { deserted } from '../target/servers';
import type { Value } from '../../behaviors/finding';
import { invites, notesOf, seenOf, SHORT, world, type Ended } from './world';

const { http, instead, judged, saying, selfSigned, tcp, written } = world();

const everything = (listener: RequestListener): Promise<string> => http(listener);

/** Targets with which no run can begin: exit 4, and the message. */
test.each<[name: string, origin: () => Promise<string>, message: RegExp]>([
  ['does not listen', deserted, /could not connect to \S+ \(ECONNREFUSED\)/],
  ['accepts connections and never answers', () => tcp(() => undefined), /no complete response within 500 ms/],
  ['resets every connection', () => tcp((socket) => socket.once('data', () => socket.resetAndDestroy())), /reset/],
  ['closes every connection at once', () => tcp((socket) => void socket.end()), /reset|hang up|connection/],
  ['speaks another protocol', () => saying('220 smtp.example ESMTP\r\n'), /the response is not valid HTTP/],
  ['has a self-signed certificate', () => selfSigned((_req, res) => res.end()), /self-signed/],
  [
    'speaks http instead of https',
    async () => (await http((_req, res) => res.end())).replace('http:', 'https:'),
    /does not answer with TLS/,
  ],
])('a target that %s ends the run with exit 4', async (_name, origin, message) => {
  const ended = await judged({ target: `${await origin()}/v1.0`, timeoutMs: '500' });
  expect(ended).toMatchObject({ code: 4, message: expect.stringMatching(message) as string, result: undefined });
});

/** Targets that never answer correctly: exit 1. */
test.each<[name: string, listener: RequestListener, observed: Value]>([
  [
    'HTML',
    (_req, res) => void res.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>hello'),
    { is: 'json', value: 'text/html' },
  ],
  ['500', (_req, res) => void res.writeHead(500).end('boom'), { is: 'answer', status: 500 }],
  ['an invalid status', (_req, res) => void res.writeHead(999).end(), { is: 'answer', status: 999 }],
])('a target that answers everything with %s fails with exit 1', async (name, listener, observed) => {
  const behavior = name === 'HTML' ? 'response.json' : 'request.route';
  // The wait for the notifications of accepted invitations.
  const flags = { behavior: [behavior], timeoutMs: '2000' };
  const ended = await judged({ target: `${await everything(listener)}/v1.0`, ...flags });
  expect(ended).toMatchObject({ code: 1, message: '' });
  expect(seenOf(ended, behavior)).toEqual({ verdict: 'failed', observed });
});

/** Targets whose URL is not that of the service. */
test.each<[name: string, listener: RequestListener, seen: RegExp]>([
  [
    'a redirect to itself',
    (req, res) => void res.writeHead(302, { Location: req.url ?? '/' }).end(),
    /^302 to "\/v1\.0\/communications\/calls\/[^"]+\/participants\/invite", and the suite follows no redirects: POST http/,
  ],
  [
    'an endless chain of redirects',
    (req, res) => void res.writeHead(307, { Location: `${req.url ?? ''}x` }).end(),
    /^307 to "[^"]+invitex", and the suite follows no redirects/,
  ],
  [
    '308 without a Location',
    (_req, res) => void res.writeHead(308).end(),
    /^308 without a Location, and the suite follows no redirects/,
  ],
])('a target that answers everything with %s ends the run with exit 4', async (_name, listener, seen) => {
  const ended = await judged({ target: `${await everything(listener)}/v1.0`, timeoutMs: SHORT });
  expect(ended).toMatchObject({ code: 4, message: expect.stringMatching(seen) as string });
});

test.each([301, 302, 303, 307, 308])(
  'after a redirect %i to another host, no request and no token goes there',
  async (status) => {
    const strangers: IncomingMessage[] = [];
    const elsewhere = await http((req, res) => {
      strangers.push(req);
      res.end('{}');
    });
    const origin = await http(
      (req, res) => void res.writeHead(status, { Location: `${elsewhere}${req.url ?? ''}` }).end(),
    );
    const ended = await judged({ target: `${origin}/v1.0` });
    expect(ended.code).toBe(4);
    expect(ended.message).toContain(`${status} to "${elsewhere}/v1.0/communications/calls/`);
    expect(strangers).toEqual([]);
  },
);

/** What comes from the 60th invitation on, of a service that has ended behind something that still accepts connections. */
test.each<[string, (req: IncomingMessage, res: ServerResponse) => unknown, RegExp]>([
  [
    'resets every connection',
    (req) => req.socket.resetAndDestroy(),
    /^the connection was reset or closed before the whole/,
  ],
  ['closes every connection', (req) => req.socket.end(), /^the connection was reset or closed before the whole/],
  [
    'answers 502 to everything, as a gateway does,',
    (_req, res) => res.writeHead(502).end('<p>bad gateway'),
    /^an invitation that it answered with 400 before gets 502: "<p>bad gateway"/,
  ],
  ['answers 504 to everything', (_req, res) => res.writeHead(504).end(), /answered with 400 before gets 504/],
])(
  'a target that %s from the 60th invitation on ends the run with exit 4; nothing fails, and earlier verdicts remain',
  async (_name, take, said) => {
    let taken = 0;
    const origin = await instead((req, res) => {
      if (invites(req)) taken += 1;
      if (taken < 60) return false;
      take(req, res);
      return true;
    });
    const ended = await judged({ target: `${origin}/v1.0`, scenario: undefined, contracts: false, concurrency: '2' });
    expect(ended.code).toBe(4);
    expect(ended.result?.stopped?.cause).toBe('unreachable');
    expect(ended.result?.stopped?.seen).toMatch(said);
    expect(ended.result?.summary.failed).toBe(0);
    expect(seenOf(ended, 'response.status-200')?.verdict).toBe('passed');
  },
);

test.each<[string, (req: IncomingMessage, res: ServerResponse) => unknown]>([
  ['resets the connection of', (req) => req.socket.resetAndDestroy()],
  ['answers 502 to', (_req, res) => res.writeHead(502).end()],
])('a target that %s each right invitation, and refuses the empty one, fails with exit 1', async (_name, take) => {
  const origin = await instead((req, res, body) => {
    if (!invites(req) || body.toString() === '{}') return false;
    take(req, res);
    return true;
  });
  const ended = await judged({ target: `${origin}/v1.0`, behavior: ['request.route'], timeoutMs: SHORT });
  expect(ended).toMatchObject({ code: 1, message: '' });
  expect(seenOf(ended, 'request.route')?.verdict).toBe('failed');
});

const throttled = async (
  times: number,
  retryAfter: string,
  flags: Flags = {},
): Promise<{ ended: Ended; invitations: number; different: number }> => {
  const left = new Map<string, number>();
  let invitations = 0;
  const origin = await instead((req, res, body) => {
    if (!invites(req)) return false;
    invitations += 1;
    const which = `${req.url ?? ''} ${body.toString()}`;
    const more = left.get(which) ?? times;
    left.set(which, more - 1);
    if (more > 0) res.writeHead(429, { 'Retry-After': retryAfter }).end();
    return more > 0;
  });
  const ended = await judged({ target: `${origin}/v1.0`, ...flags });
  return { ended, invitations, different: left.size };
};

test('a target that throttles, and accepts the repeated request, passes with a remark', async () => {
  const { ended } = await throttled(2, '0');
  expect(ended.code).toBe(0);
  expect(notesOf(ended).join('\n')).toMatch(/answered 429 \d+ times/);
});

test.each([
  ['beyond the deadline', '3600'],
  ['forever', '1e309'],
  ['without a time', 'later'],
])(
  'a target that throttles every invitation %s ends the run with exit 3, because nothing was judged',
  async (_name, retryAfter) => {
    const { ended, invitations, different } = await throttled(1000, retryAfter, {
      behavior: ['request.route'],
      timeoutMs: '2500',
    });
    expect(ended).toMatchObject({ code: 3, message: '' });
    // Each is repeated at most ten times.
    expect(invitations).toBeLessThanOrEqual(11 * different);
  },
);

test('a throttled create-call request is repeated, and each call is ended', async () => {
  const seen = { refused: 0, created: 0, ended: 0 };
  const origin = await instead((req, res) => {
    if (req.method === 'DELETE') seen.ended += 1;
    if (req.method !== 'POST' || req.url !== '/v1.0/communications/calls') return false;
    const refuses = seen.refused < 3;
    seen[refuses ? 'refused' : 'created'] += 1;
    if (refuses) res.writeHead(429, { 'Retry-After': '0' }).end();
    return refuses;
  });
  const config = written('calls.yaml', 'provisioning: { calls: {} }\ninvitees: { users: [a, b, c] }\n');
  const ended = await judged({ target: `${origin}/v1.0`, states: undefined, config });
  expect(ended.message).toBe('');
  expect(notesOf(ended).join('\n')).toMatch(/answered 429 3 times/);
  expect(seen.refused).toBe(3);
  expect(seen.created).toBeGreaterThan(2);
  expect(seen.ended).toBe(seen.created);
});
