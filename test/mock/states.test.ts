import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../mock/json';
import { phone, startBench, user, type Bench } from './bot';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(async () => bench.close());

async function post(body: unknown): Promise<{ status: number; body: JsonObject }> {
  const response = await fetch(bench.mock.states, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as JsonObject };
}

test('a group call has a chat and a number by default', async () => {
  const { callId } = await bench.setup('a group call', { callbackUri: bench.listener.url });
  const both = await bench.invite(callId as string, { participants: [phone(), user()] });
  expect(both.status).toBe(200);
  const bare = await bench.groupCall({ chatInfo: false, pstnNumber: false });
  const alone = await bench.invite(bare, { participants: [user()] });
  expect(alone.status).toBe(200);
});

test('a peer-to-peer call can have the id of an example, once', async () => {
  const params = { callbackUri: bench.listener.url, callId: 'a7ebfb2d-871e-419c-87af-27290b22e8db' };
  expect(await bench.setup('a peer-to-peer call', params)).toMatchObject({ callId: params.callId });
  const again = await fetch(bench.mock.states, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ action: 'setup', state: 'a peer-to-peer call', params }),
  });
  expect(again.status).toBe(400);
});

test('a peer-to-peer call has a user in it', async () => {
  const { callId, userId } = await bench.setup('a peer-to-peer call', { callbackUri: bench.listener.url });
  const listed = await bench.request('GET', `/communications/calls/${callId as string}/participants`);
  expect(JSON.stringify(listed.body)).toContain(userId);
});

test('users who can be invited are new each time', async () => {
  const first = await bench.setup('users who can be invited', { count: 3 });
  const second = await bench.setup('users who can be invited');
  const ids = [...(first['userIds'] as string[]), ...(second['userIds'] as string[])];
  expect([ids.length, new Set(ids).size]).toEqual([4, 4]);
});

test('an unknown state is answered 404 with the known ones', async () => {
  for (const state of ['a party', 'constructor', null, 7]) {
    const reply = await post({ action: 'setup', state, params: {} });
    expect([reply.status, JSON.stringify(reply.body)]).toEqual([404, expect.stringContaining('a group call')]);
  }
});

test.each<[string, JsonObject | string | null]>([
  ['no callbackUri', { action: 'setup', state: 'a group call' }],
  ['a remote one', { action: 'setup', state: 'a group call', params: { callbackUri: 'http://192.0.2.1/' } }],
  ['a count of 0', { action: 'setup', state: 'users who can be invited', params: { count: 0 } }],
  ['a count of 1.5', { action: 'setup', state: 'users who can be invited', params: { count: 1.5 } }],
  ['a count that is too high', { action: 'setup', state: 'users who can be invited', params: { count: 1e6 } }],
  ['params that are a list', { action: 'setup', state: 'users who can be invited', params: [] }],
  ['another action', { action: 'set', state: 'users who can be invited' }],
  [
    'an invalid flag',
    { action: 'setup', state: 'a group call', params: { callbackUri: 'http://[::1]/', chatInfo: 1 } },
  ],
  ['not an object', 'a group call'],
])('400: %s', async (_name, body) => {
  const reply = await post(body);
  expect([reply.status, JSON.stringify(reply.body)]).toEqual([400, expect.stringContaining('message')]);
});

test('callbacks may be on this machine, and elsewhere if that is allowed', async () => {
  for (const callbackUri of ['http://localhost:1/', 'http://127.9.9.9/', 'http://[::1]:1/', 'https://localhost/x?y']) {
    await bench.setup('a group call', { callbackUri });
  }
  const open = await startBench({ allowRemoteCallbacks: true });
  const values = await open.setup('a group call', { callbackUri: 'https://bot.example.com/' });
  expect(values['callId']).toEqual(expect.any(String));
  await open.close();
});

test('a teardown ends a call silently, by id or by callback', async () => {
  const callbackUri = `${bench.listener.url}/${randomUUID()}`;
  const first = await bench.groupCall({ callbackUri });
  const second = await bench.groupCall({ callbackUri });
  const third = await bench.groupCall({ callbackUri });
  await post({ action: 'teardown', state: 'a group call', params: { callbackUri, callId: first } });
  const status = async (id: string): Promise<number> =>
    (await bench.request('GET', `/communications/calls/${id}`)).status;
  expect([await status(first), await status(second)]).toEqual([404, 200]);
  const reply = await post({ action: 'teardown', state: 'a group call', params: { callbackUri } });
  expect([reply.status, await status(second), await status(third)]).toEqual([200, 404, 404]);
  expect(bench.listener.deliveries.filter(({ path }) => callbackUri.endsWith(path))).toEqual([]);
});

test('a teardown drops queued notifications', async () => {
  const slow = await startBench({ latencyMs: 60_000 });
  const callId = await slow.groupCall();
  await slow.invite(callId, { participants: [user()] });
  const body = JSON.stringify({ action: 'teardown', state: 'a group call', params: { callId } });
  await fetch(slow.mock.states, { method: 'POST', body });
  await slow.close();
  expect(slow.listener.deliveries).toEqual([]);
});

test('a user who cannot be reached can be after the teardown', async () => {
  const { userId } = await bench.setup('a user who cannot be reached');
  await post({ action: 'teardown', state: 'a user who cannot be reached', params: { userId: userId as string } });
  const callId = await bench.groupCall();
  await bench.invite(callId, { participants: [user(userId as string)] });
  const roster = await bench.listener.find(({ text }) => text.includes(userId as string) && text.includes('isMuted'));
  expect(roster.changes[0]?.['changeType']).toBe('updated');
});

test('another method is answered 405', async () => {
  expect((await fetch(bench.mock.states)).status).toBe(405);
});
