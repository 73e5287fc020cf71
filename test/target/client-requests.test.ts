import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { concurrencyLimit } from '../../target/concurrency-limit';
import type { TargetRequest } from '../../target/client';
import { aClient, sending } from './recording';
import { servers } from './servers';

const { http } = servers();

interface Seen {
  method: string;
  rawHeaders: string[];
  body: string;
}

/** Sends a request and returns what the server received. */
async function wire(options: Partial<TargetRequest>): Promise<Seen> {
  const seen: Seen[] = [];
  const url = await http((req: IncomingMessage, res) => {
    void text(req).then((body) => {
      seen.push({ method: req.method ?? '', rawHeaders: req.rawHeaders, body });
      res.end();
    });
  });
  await aClient().client.send(sending(url, options));
  const [only] = seen;
  if (!only || seen.length !== 1) throw new Error(`${seen.length} requests came`);
  return only;
}

function valuesOf({ rawHeaders }: Seen, name: string): string[] {
  return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name);
}

const BODY = '{"participants": [ ],\n "clientContext": "ä \\u0000 <&>"}';

test.each([
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/json-patch+json',
])('a body sent as %s arrives byte by byte', async (type) => {
  const seen = await wire({ method: 'POST', headers: { 'Content-Type': type }, body: Buffer.from(BODY) });
  expect(seen.method).toBe('POST');
  expect(seen.body).toBe(BODY);
  expect(valuesOf(seen, 'content-type')).toEqual([type]);
  expect(valuesOf(seen, 'content-length')).toEqual([String(Buffer.byteLength(BODY))]);
});

test('an omitted Content-Type is not sent', async () => {
  const seen = await wire({ method: 'POST', body: Buffer.from(BODY) });
  expect(seen.body).toBe(BODY);
  expect(valuesOf(seen, 'content-type')).toEqual([]);
});

test('an omitted Authorization is not sent', async () => {
  expect(valuesOf(await wire({}), 'authorization')).toEqual([]);
});

test('an Authorization is sent unchanged', async () => {
  const seen = await wire({ headers: { Authorization: 'Basic not base64 at all' } });
  expect(valuesOf(seen, 'authorization')).toEqual(['Basic not base64 at all']);
});

test.each(['GET', 'DELETE'] as const)('a %s has no body', async (method) => {
  const seen = await wire({ method });
  expect(seen).toMatchObject({ method, body: '' });
  expect(valuesOf(seen, 'content-type')).toEqual([]);
});

test('the recorded request is the one that was sent', async () => {
  const url = await http((_req, res) => res.end());
  const options = { method: 'POST', headers: { 'X-A': 'b' }, body: Buffer.from(BODY) } as const;
  const { request, scenario, purpose, invitation } = await aClient().client.send(
    sending(url, { ...options, purpose: 'invite', scenario: 'single', invitation: 'single/one/1' }),
  );
  expect(request).toMatchObject({ method: 'POST', url, headers: [['x-a', 'b']], body: { content: BODY } });
  expect({ scenario, purpose, invitation }).toEqual({
    scenario: 'single',
    purpose: 'invite',
    invitation: 'single/one/1',
  });
});

test('no more requests are in flight than allowed, and all are sent', async () => {
  let now = 0;
  let most = 0;
  const url = await http((_req, res) => {
    now += 1;
    most = Math.max(most, now);
    setImmediate(() => {
      now -= 1;
      res.end();
    });
  });
  const { client } = aClient({ concurrency: 3 });
  const all = await Promise.all(Array.from({ length: 20 }, async () => client.send(sending(url))));
  expect(all.every(({ response }) => response?.status === 200)).toBe(true);
  expect(most).toBeLessThanOrEqual(3);
});

test('the limiter keeps the order, and a failed task frees its place', async () => {
  const limited = concurrencyLimit(1);
  const order: number[] = [];
  const run = async (i: number): Promise<void> =>
    limited(async () => {
      order.push(i);
      await Promise.resolve();
      if (i === 1) throw new Error('one');
    });
  const ended = await Promise.allSettled([run(0), run(1), run(2)]);
  expect(order).toEqual([0, 1, 2]);
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  await expect(limited(() => Promise.resolve('still'))).resolves.toBe('still');
});

test('the check whether the target is up goes before waiting requests, and invitations before provisioning', async () => {
  const order: (string | undefined)[] = [];
  const url = await http((req, res) => {
    order.push(req.url);
    res.end();
  });
  const { client } = aClient({ concurrency: 1 });
  const send = (path: string, purpose: TargetRequest['purpose']) => client.send(sending(`${url}/${path}`, { purpose }));
  const all = [
    send('1', 'provision'),
    send('2', 'provision'),
    send('3', 'provision'),
    send('4', 'invite'),
    send('5', 'invite'),
    send('probe', 'probe'),
  ];
  await Promise.all(all);
  expect(order).toEqual(['/1', '/probe', '/4', '/5', '/2', '/3']);
});
