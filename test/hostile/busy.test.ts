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

/** Handles the first invitation of the scenarios; those of the preflight have a body of less than 10 bytes. */
function firstOf(act: (req: IncomingMessage, res: ServerResponse) => true) {
  let taken = 0;
  return (req: IncomingMessage, res: ServerResponse, body: Buffer): boolean => {
    if (!invites(req) || body.length < 10) return false;
    taken += 1;
    return taken === 1 && act(req, res);
  };
}

test('one 503 with Retry-After is waited for, counted in a remark, and fails nothing', async () => {
  const origin = await instead(firstOf((_req, res) => unavailable(res, { 'Retry-After': '0' })));
  const ended = await judged({ target: `${origin}/v1.0` });
  expect(failures(ended)).toEqual([]);
  expect(seenOf(ended, 'request.route')?.verdict).toBe('passed');
  expect(notesOf(ended).join('\n')).toContain('the target answered 503 1 times');
});

test('if every invitation is answered 503 with Retry-After, behaviours of invitations are untested', async () => {
  const origin = await instead((req, res, body) =>
    invites(req) && body.length > 10 ? unavailable(res, { 'Retry-After': '0' }) : false,
  );
  const ended = await judged({ target: `${origin}/v1.0` });
  expect(failures(ended)).toEqual([]);
  expect(seenOf(ended, 'request.route')?.verdict).toBe('untested');
  expect(ended.code).toBe(3);
});

test('503 without Retry-After is a failure', async () => {
  const origin = await instead((req, res, body) => (invites(req) && body.length > 10 ? unavailable(res) : false));
  const ended = await judged({ target: `${origin}/v1.0` });
  expect(ended.code).toBe(1);
  expect(failures(ended)).toContain('request.route');
});

test('a constant 503 with Retry-After does not count as a refusal', async () => {
  const origin = await instead((req, res) => {
    const url = req.url ?? '';
    if (!url.endsWith('/invite') || req.headers.authorization === `Bearer ${mock().tokens.valid}`) return false;
    return unavailable(res, { 'Retry-After': '0' });
  });
  const ended = await judged({ target: `${origin}/v1.0`, scenario: ['authorization'] });
  expect(ended.code).toBe(1);
  expect(failures(ended)).toContain('authorization.required');
});
