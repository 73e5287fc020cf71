import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../mock/json';
import { check, type SchemaName } from '../../schemas';
import request1 from '../fixtures/page/example-1-request.json';
import request3 from '../fixtures/page/example-3-request.json';
import request4 from '../fixtures/page/example-4-request.json';
import response1 from '../fixtures/page/example-1-response.json';
import response3 from '../fixtures/page/example-3-response.json';
import response4 from '../fixtures/page/example-4-response.json';
import completion1 from '../fixtures/page/example-1-completion.json';
import completion4 from '../fixtures/page/example-4-completion.json';
import roster4 from '../fixtures/page/example-4-roster.json';
import { about, phone, startBench, user, type Bench } from './bot';
import type { Delivery } from './listener';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => bench.close());

const conforms = (schema: SchemaName, value: Json | undefined): void => expect(check(schema, value)).toEqual([]);

const changeOf = (delivery: Delivery | undefined): JsonObject => delivery?.changes[0] ?? {};

function rename(value: unknown, from: string, to: string): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(from, to));
}

async function peerCall(): Promise<string> {
  const { callId } = await bench.setup('a peer-to-peer call', { callbackUri: `${bench.listener.url}/peer` });
  return callId as string;
}

describe("the page's examples", () => {
  const pageCall = 'ab6233a5-20b7-4c5e-bea2-ce56c9776429';

  test('example 1, without the replaced call', async () => {
    const callId = await bench.groupCall();
    const body = rename(request1, '"a7ebfb2d-871e-419c-87af-27290b22e8db"', 'null');
    const reply = await bench.invite(callId, body);
    const shown = rename(response1, '"a7ebfb2d-871e-419c-87af-27290b22e8db"', 'null') as JsonObject;
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ ...shown, id: reply.body['id'] });

    const [completion, roster] = await bench.listener.received(2);
    const id = reply.body['id'] as string;
    const expected = rename(rename(completion1, 'eec3812a-fdc3-4fb4-825c-a06c9f35414e', id), pageCall, callId);
    expect(completion?.body).toEqual(expected);
    expect(changeOf(roster)).toMatchObject({ changeType: 'updated' });
    expect(JSON.stringify(roster?.body)).toContain('"user"');
  });

  test('example 3, with the replaced call', async () => {
    const [callId, peer] = [await bench.groupCall(), await peerCall()];
    const pagePeer = 'a7ebfb2d-871e-419c-87af-27290b22e8db';
    const reply = await bench.invite(callId, rename(request3, pagePeer, peer));
    const shown = rename(rename(response3, pagePeer, peer), '"Participant"', '"string"') as JsonObject;
    expect(reply.body).toEqual({ ...shown, id: reply.body['id'] });

    const deliveries = await bench.listener.received(4);
    const seen = deliveries.map(({ path, changes }) => [path, changes[0]?.['changeType'], changes[0]?.['resourceUrl']]);
    expect(seen).toEqual([
      ['/callback', 'deleted', `/communications/calls/${callId}/operations/${reply.body['id'] as string}`],
      ['/callback', 'updated', `/communications/calls/${callId}/participants`],
      ['/callback/peer', 'updated', `/communications/calls/${peer}`],
      ['/callback/peer', 'deleted', `/communications/calls/${peer}`],
    ]);
    const states = deliveries.slice(2).map((delivery) => (changeOf(delivery)['resourceData'] as JsonObject)['state']);
    expect(states).toEqual(['terminating', 'terminated']);
    expect((await bench.request('GET', `/communications/calls/${peer}`)).status).toBe(404);
  });

  test('example 4', async () => {
    const callId = await bench.groupCall();
    const reply = await bench.invite(callId, request4);
    const id = reply.body['id'] as string;
    expect(reply.body).toEqual({ ...(response4 as JsonObject), id });
    const [completion, roster] = await bench.listener.received(2);
    const here = (value: unknown): unknown =>
      rename(rename(value, 'eec3812a-fdc3-4fb4-825c-a06c9f35414e', id), pageCall, callId);
    expect(completion?.body).toEqual(here(completion4));
    const shown = here(roster4) as { value: { resourceData: JsonObject[] }[] };
    const entry = (changeOf(roster)['resourceData'] as JsonObject[])[0];
    expect(entry).toEqual({ ...shown.value[0]?.resourceData[0], id: entry?.['id'], mediaStreams: expect.any(Array) });
  });
});

test('answers with the operation and its Location', async () => {
  const callId = await bench.groupCall();
  const release = bench.listener.hold();
  const reply = await bench.invite(callId, { participants: [user()], clientContext: 'Ünï {c} ' });
  const operation = `${bench.mock.url}/communications/calls/${callId}/operations/${reply.body['id'] as string}`;
  expect(reply.headers.get('location')).toBe(operation);
  expect(reply.headers.get('content-type')).toBe('application/json');
  expect(reply.body['clientContext']).toBe('Ünï {c} ');
  conforms('invite-participants-operation', reply.body);
  release();
  await bench.listener.received(2);
  const gone = await fetch(operation, { headers: { Authorization: `Bearer ${bench.mock.tokens.valid}` } });
  expect(gone.status).toBe(404);
});

test('the operation can be read until it has ended', async () => {
  const callId = await bench.groupCall();
  const release = bench.listener.hold();
  await bench.invite(callId, { participants: [user()] });
  const second = await bench.invite(callId, { participants: [user()] });
  const path = `/communications/calls/${callId}/operations/${second.body['id'] as string}`;
  const running = await bench.request('GET', path);
  expect(running.body).toEqual(second.body);
  release();
  await bench.listener.received(4);
  expect((await bench.request('GET', path)).status).toBe(404);
});

test('notifies the end of the operation, then the roster', async () => {
  const callId = await bench.groupCall();
  const ids = [randomUUID(), randomUUID(), '+4930123456'] as const;
  const participants = [user(ids[0]), user(ids[1]), phone(ids[2])];
  const reply = await bench.invite(callId, { participants });
  const [completion, roster] = await bench.listener.received(2);
  for (const delivery of [completion, roster]) {
    expect([delivery?.method, delivery?.headers['content-type']]).toEqual(['POST', 'application/json']);
    conforms('comms-notifications', delivery?.body);
  }
  const operation = changeOf(completion)['resourceData'] as JsonObject;
  conforms('invite-participants-operation', operation);
  expect(operation).toMatchObject({ id: reply.body['id'], status: 'completed', clientContext: null });
  const entries = changeOf(roster)['resourceData'] as JsonObject[];
  for (const entry of entries) conforms('participant', entry);
  const streams = entries.map((entry) => (entry['mediaStreams'] as JsonObject[])[0]?.['sourceId']);
  expect(new Set(streams).size).toBe(3);
  const listed = await bench.request('GET', `/communications/calls/${callId}/participants`);
  expect((listed.body['value'] as JsonObject[]).slice(1)).toEqual(entries);
});

test('reads only the first participant if a call is replaced', async () => {
  const callId = await bench.groupCall({ chatInfo: false });
  const first = randomUUID();
  const rest = Array.from({ length: 5 }, () => user());
  const participants = [user(first, { replacesCallId: await peerCall() }), ...rest, { identity: null }];
  const reply = await bench.invite(callId, { participants });
  expect(reply.status).toBe(200);
  expect(reply.body['participants']).toHaveLength(1);
  const deliveries = await bench.listener.received(4);
  const text = deliveries.map((delivery) => delivery.text).join('');
  expect(text).toContain(first);
  for (const other of rest) expect(text).not.toContain(((other['identity'] as JsonObject)['user'] as JsonObject)['id']);
});

test('an unreachable user fails the operation, and is in no roster', async () => {
  const callId = await bench.groupCall();
  const { userId } = await bench.setup('a user who cannot be reached');
  const reply = await bench.invite(callId, { participants: [user(userId as string)] });
  await bench.invite(callId, { participants: [user()] });
  expect(reply.status).toBe(200);
  const [failed, ...rest] = await bench.listener.received(3);
  expect(changeOf(failed)).toMatchObject({
    changeType: 'deleted',
    resourceUrl: `/communications/calls/${callId}/operations/${reply.body['id'] as string}`,
    resourceData: { status: 'failed', resultInfo: { code: expect.any(Number), subcode: expect.any(Number) } },
  });
  expect(rest.map(({ text }) => text.includes(userId as string))).toEqual([false, false]);
  const again = await bench.invite(callId, { participants: [user(userId as string)] });
  expect(again.status).toBe(200);
});

test('a call that cannot be replaced fails the operation', async () => {
  const callId = await bench.groupCall();
  const targets = [randomUUID(), callId, await bench.groupCall()];
  for (const replacesCallId of targets) {
    await bench.invite(callId, { participants: [user(randomUUID(), { replacesCallId })] });
  }
  const deliveries = await bench.listener.received(3);
  const statuses = deliveries.map((delivery) => (changeOf(delivery)['resourceData'] as JsonObject)['status']);
  expect(statuses).toEqual(['failed', 'failed', 'failed']);
});

test('concurrent invitations are separate, and keep their order', async () => {
  const callId = await bench.groupCall();
  const contexts = Array.from({ length: 8 }, (_, index) => `context ${index}`);
  const replies = await Promise.all(
    contexts.map(async (clientContext) => bench.invite(callId, { participants: [user(clientContext)], clientContext })),
  );
  await bench.listener.received(16);
  const order = bench.listener.deliveries.map((delivery) => Array.isArray(changeOf(delivery)['resourceData']));
  expect(order).toEqual(Array.from({ length: 16 }, (_, index) => index % 2 === 1));
  for (const reply of replies) {
    const completion = await bench.listener.find(about(`/operations/${reply.body['id'] as string}`));
    const operation = changeOf(completion)['resourceData'] as JsonObject;
    expect(operation['clientContext']).toBe(reply.body['clientContext']);
    expect(JSON.stringify(operation['participants'])).toContain(reply.body['clientContext']);
  }
});
