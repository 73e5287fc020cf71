import type { IncomingMessage, ServerResponse } from 'node:http';
import { invites, notesOf, seenOf, world, type Ended } from './world';

const { judged, instead, mock } = world();

function failures(ended: Ended): string[] {
  return (ended.result?.behaviors ?? []).filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
}

function unavailable(res: ServerResponse, headers: Record<string, string> = {}): true {
  res.writeHead(503, { 'Content-Type': 'application/json', ...headers });
  res.end('{"error":{"code":"serviceUnavailable","message":"Come back later."}}');
  return true;
}

/** Takes the first invitation of the scenarios: those of the preflight have no body to speak of. */
function firstOf(act: (req: IncomingMessage, res: ServerResponse) => true) {
  let taken = 0;
  return (req: IncomingMessage, res: ServerResponse, body: Buffer): boolean => {
    if (!invites(req) || body.length < 10) return false;
    taken += 1;
    return taken === 1 && act(req, res);
  };
}

test('503 with Retry-After, once: waited for, counted in a remark, and held against nobody', async () => {
  const origin = await instead(firstOf((_req, res) => unavailable(res, { 'Retry-After': '0' })));
  const ended = await judged({ target: `${origin}/v1.0` });
  expect(failures(ended)).toEqual([]);
  expect(seenOf(ended, 'request.route')?.verdict).toBe('passed');
  expect(notesOf(ended).join('\n')).toContain('the target answered 503 1 times');
});

test('503 with Retry-After each time: nothing is known of what it would have taken', async () => {
  const origin = await instead((req, res, body) =>
    invites(req) && body.length > 10 ? unavailable(res, { 'Retry-After': '0' }) : false,
  );
  const ended = await judged({ target: `${origin}/v1.0` });
  expect(failures(ended)).toEqual([]);
  expect(seenOf(ended, 'request.route')?.verdict).toBe('untested');
  expect(ended.code).toBe(3);
});

test('503 without Retry-After stays a failure', async () => {
  const origin = await instead((req, res, body) => (invites(req) && body.length > 10 ? unavailable(res) : false));
  const ended = await judged({ target: `${origin}/v1.0` });
  expect(ended.code).toBe(1);
  expect(failures(ended)).toContain('request.route');
});

test('a refusal that is 503 with Retry-After each time is no refusal', async () => {
  const origin = await instead((req, res) => {
    const url = req.url ?? '';
    if (!url.endsWith('/invite') || req.headers.authorization === `Bearer ${mock().tokens.valid}`) return false;
    return unavailable(res, { 'Retry-After': '0' });
  });
  const ended = await judged({ target: `${origin}/v1.0`, scenario: ['authorization'] });
  expect(ended.code).toBe(1);
  expect(failures(ended)).toContain('authorization.required');
});
