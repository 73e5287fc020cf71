import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../mock/json';
import { startBench, user, type Bench } from './bot';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => bench.close());

const chatInfo = { threadId: '19:abc@thread.v2', messageId: '0' };

async function create(body: JsonObject = {}, headers?: Record<string, string>): Promise<JsonObject> {
  const wish = { '@odata.type': '#microsoft.graph.call', callbackUri: bench.listener.url, chatInfo, ...body };
  const reply = await bench.request('POST', '/communications/calls', { body: wish, ...(headers ? { headers } : {}) });
  expect(reply.status).toBe(201);
  expect(reply.headers.get('location')).toBe(`${bench.mock.url}/communications/calls/${reply.body['id'] as string}`);
  return reply.body;
}

test('creates a call, and notifies that it is established', async () => {
  const call = await create();
  expect(call).toMatchObject({ state: 'establishing', callbackUri: bench.listener.url, chatInfo });
  const [delivery] = await bench.listener.received(1);
  expect(delivery?.changes[0]).toMatchObject({
    changeType: 'updated',
    resourceUrl: `/communications/calls/${call['id'] as string}`,
    resourceData: { '@odata.type': '#microsoft.graph.call', state: 'established' },
  });
  const read = await bench.request('GET', `/communications/calls/${call['id'] as string}`);
  expect(read.body).toMatchObject({ id: call['id'], state: 'established' });
});

const target = (): JsonObject => ({ identity: { user: { id: randomUUID() } } });
const meetingInfo = { '@odata.type': '#microsoft.graph.organizerMeetingInfo' };

test.each<[string, JsonObject, number]>([
  ['a single target makes a peer-to-peer call', { targets: [target()], chatInfo: null }, 400],
  ['one target with a chat makes a group call', { targets: [target()] }, 200],
  ['one target with a meeting makes a group call', { targets: [target()], chatInfo: null, meetingInfo }, 200],
  ['two targets make a group call', { targets: [target(), target()], chatInfo: null }, 200],
  ['no target makes a group call', { chatInfo: null }, 200],
])('%s', async (_name, body, status) => {
  const call = await create(body);
  const reply = await bench.invite(call['id'] as string, { participants: [user()] });
  expect(reply.status).toBe(status);
});

test('a chat without a threadId does not count', async () => {
  const call = await create({ chatInfo: { messageId: '0' } });
  const reply = await bench.invite(call['id'] as string, { participants: [user(), user()] });
  expect(reply.status).toBe(400);
});

test('targets are in the call', async () => {
  const there = target();
  const call = await create({ targets: [there, target()] });
  const path = `/communications/calls/${call['id'] as string}/participants`;
  const listed = (await bench.request('GET', path)).body['value'] as JsonObject[];
  expect(listed).toHaveLength(3);
  const id = ((there['identity'] as JsonObject)['user'] as JsonObject)['id'] as string;
  const reply = await bench.invite(call['id'] as string, { participants: [user(id)] });
  expect(reply.status).toBe(400);
});

test('a call made by the API can be replaced', async () => {
  const peer = await create({ targets: [target()], chatInfo: null });
  const group = await bench.groupCall();
  await bench.invite(group, { participants: [user('u', { replacesCallId: peer['id'] as string })] });
  const ended = await bench.listener.find(
    ({ changes }) => changes[0]?.['changeType'] === 'deleted' && !JSON.stringify(changes).includes('/operations/'),
  );
  expect(ended.changes[0]?.['resourceUrl']).toBe(`/communications/calls/${peer['id'] as string}`);
});

test('a deleted call is gone, and notifies that', async () => {
  const call = await create();
  const path = `/communications/calls/${call['id'] as string}`;
  const deleted = await bench.request('DELETE', path);
  expect([deleted.status, deleted.body]).toEqual([204, { text: '' }]);
  const deliveries = await bench.listener.received(3);
  const states = deliveries.map(({ changes }) => {
    const change = changes[0] ?? {};
    return [change['changeType'], (change['resourceData'] as JsonObject)['state']];
  });
  expect(states).toEqual([
    ['updated', 'established'],
    ['updated', 'terminating'],
    ['deleted', 'terminated'],
  ]);
  const after = await Promise.all([
    bench.request('GET', path),
    bench.request('DELETE', path),
    bench.request('GET', `${path}/participants`),
    bench.request('GET', `${path}/operations/x`),
    bench.invite(call['id'] as string, { participants: [user()] }),
  ]);
  expect(after.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
});

test.each<[string, JsonObject]>([
  ['missing', { callbackUri: null }],
  ['relative', { callbackUri: '/callback' }],
  ['of another scheme', { callbackUri: 'ftp://127.0.0.1/' }],
  ['on another machine', { callbackUri: 'https://bot.example.com/' }],
])('refuses a callbackUri that is %s', async (_name, body) => {
  const reply = await bench.request('POST', '/communications/calls', { body });
  expect([reply.status, JSON.stringify(reply.body)]).toEqual([400, expect.stringContaining('callbackUri')]);
});

test('refuses a body that is not JSON, and unknown methods', async () => {
  const statuses = await Promise.all(
    [
      bench.request('POST', '/communications/calls', { body: '{' }),
      bench.request('POST', '/communications/calls', { body: {}, headers: { 'Content-Type': 'text/plain' } }),
      bench.request('GET', '/communications/calls'),
      bench.request('POST', '/communications/calls/x', { body: {} }),
    ].map(async (reply) => (await reply).status),
  );
  expect(statuses).toEqual([400, 415, 405, 405]);
});

test('requires a token with the permission', async () => {
  const call = await create();
  const path = `/communications/calls/${call['id'] as string}`;
  const with401 = await bench.request('GET', path, { headers: { Authorization: 'Bearer x' } });
  const headers = { Authorization: `Bearer ${bench.mock.tokens.withoutPermission}` };
  expect([with401.status, (await bench.request('DELETE', path, { headers })).status]).toEqual([401, 403]);
});

test("a bot does not see another bot's calls, and both see those of the states", async () => {
  const token = bench.mock.mintToken({ app: randomUUID() });
  const headers = { Authorization: `Bearer ${token}` };
  const mine = (await create())['id'] as string;
  const theirs = (await create({}, headers))['id'] as string;
  const everybodys = await bench.groupCall();
  const body = (): JsonObject => ({ participants: [user()] });
  const statuses = await Promise.all(
    [
      bench.invite(mine, body()),
      bench.invite(mine, body(), headers),
      bench.request('GET', `/communications/calls/${mine}`, { headers }),
      bench.request('DELETE', `/communications/calls/${mine}`, { headers }),
      bench.invite(theirs, body()),
      bench.invite(theirs, body(), headers),
      bench.invite(everybodys, body()),
      bench.invite(everybodys, body(), headers),
    ].map(async (reply) => (await reply).status),
  );
  expect(statuses).toEqual([200, 404, 404, 404, 404, 200, 200, 200]);
});
