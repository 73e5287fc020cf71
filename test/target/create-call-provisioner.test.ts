import { json } from 'node:stream/consumers';
import { startMock, type Mock } from '../../mock';
import { createCallProvisioner } from '../../target/create-call-provisioner';
import { NotProvided } from '../../target/errors';
import type { Provisioner } from '../../target/provisioning';
import type { CallBodies, Invitees } from '../../schemas/options';
import { listeners } from './listening';
import { aClient } from './recording';
import { servers } from './servers';
import { rejection } from '../support/rejection';

const { http } = servers();
const startListener = listeners();
const CALLBACK = 'http://127.0.0.1:9/callback';
const GROUP = { chatInfo: true, pstnNumber: true, callbackUri: CALLBACK };
const INVITEES: Invitees = { users: ['u1', 'u2', 'u3'], unreachableUser: 'nobody' };

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => mock.close());

async function statusOf(callId: string): Promise<number> {
  const headers = { Authorization: `Bearer ${mock.tokens.valid}` };
  return (await fetch(`${mock.url}/communications/calls/${callId}`, { headers })).status;
}

function onMock(bodies: CallBodies = {}, token: string | undefined = mock.tokens.valid): Provisioner {
  return createCallProvisioner(mock.url, bodies, INVITEES, token, aClient().client);
}

async function refusal(asked: Promise<unknown>): Promise<string> {
  const error = await rejection(NotProvided, asked);
  return `${error.reason}: ${error.message}`;
}

test('a group call is created and deleted', async () => {
  const provisioner = onMock();
  const { callId } = await provisioner.groupCall(GROUP);
  expect(await statusOf(callId)).toBe(200);
  await provisioner.release();
  expect(await statusOf(callId)).toBe(404);
});

test('the created call posts to the callback', async () => {
  const { listener, recorded } = await startListener();
  const provisioner = onMock();
  const { callId } = await provisioner.groupCall({ ...GROUP, callbackUri: listener.arm('a#1') });
  const [first] = await recorded(1);
  expect(first).toMatchObject({ call: 'a#1', method: 'POST' });
  expect(first?.body.content).toContain(callId);
});

test('a peer-to-peer call is created with a user that the config names', async () => {
  const { callId, userId } = await onMock().peerToPeerCall(CALLBACK);
  expect(userId).toBe('u1');
  expect(await statusOf(callId)).toBe(200);
});

test("the config's properties are added to the requests", async () => {
  const seen: Record<string, unknown>[] = [];
  const url = await http((req, res) => {
    void json(req).then((body) => {
      seen.push(body as Record<string, unknown>);
      res.writeHead(201).end(`{"id":"c${seen.length}","state":"Established"}`);
    });
  });
  const bodies: CallBodies = {
    groupCall: { tenantId: 't', requestedModalities: ['audio', 'video'] },
    groupCallWithoutChatInfo: { subject: 'none' },
    groupCallWithoutPstnNumber: { subject: 'no number' },
    peerToPeerCall: { subject: 'peer' },
  };
  const provisioner = createCallProvisioner(url, bodies, INVITEES, undefined, aClient().client);
  await provisioner.groupCall(GROUP);
  await provisioner.groupCall({ ...GROUP, chatInfo: false });
  await provisioner.groupCall({ ...GROUP, pstnNumber: false });
  await provisioner.peerToPeerCall(CALLBACK);
  const common = { '@odata.type': '#microsoft.graph.call', callbackUri: CALLBACK };
  expect(seen).toMatchObject([
    { ...common, tenantId: 't', requestedModalities: ['audio', 'video'], chatInfo: {} },
    { ...common, subject: 'none' },
    { ...common, subject: 'no number' },
    { ...common, subject: 'peer', targets: [{ identity: { user: { id: 'u1' } } }] },
  ]);
  expect(seen[1]).not.toHaveProperty('chatInfo');
});

test('an id that comes twice is an environment error', async () => {
  const url = await http((_req, res) => void res.writeHead(201).end('{"id":"c","state":"established"}'));
  const provisioner = createCallProvisioner(url, {}, INVITEES, 't', aClient().client);
  expect(await provisioner.groupCall(GROUP)).toEqual({ callId: 'c' });
  expect(await refusal(provisioner.groupCall(GROUP))).toMatch(
    /^environment: create call .*; its id is the id of an earlier call; each must be a call of its own/,
  );
});

test('a slow call is waited for until it is established', async () => {
  let looks = 0;
  const url = await http((req, res) => {
    if (req.method === 'GET') looks += 1;
    const state = looks < 2 ? 'establishing' : 'established';
    res.writeHead(req.method === 'POST' ? 201 : 200).end(JSON.stringify({ id: 'c', state }));
  });
  const provisioner = createCallProvisioner(url, {}, INVITEES, 't', aClient().client);
  expect(await provisioner.groupCall(GROUP)).toEqual({ callId: 'c' });
  expect(looks).toBe(2);
});

test('a call that is never established is an environment error, and is deleted', async () => {
  const deleted: string[] = [];
  const url = await http((req, res) => {
    if (req.method === 'DELETE') deleted.push(req.url ?? '');
    res.writeHead(req.method === 'POST' ? 201 : 200).end('{"id":"a/b","state":"terminated"}');
  });
  const { client } = aClient({ timeoutMs: 3_600_000 });
  const provisioner = createCallProvisioner(`${url}/v1.0`, {}, INVITEES, 't', client);
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
  const said: string[] = [];
  const refused = refusal(provisioner.groupCall(GROUP)).then((text) => said.push(text));
  while (said.length === 0) {
    await jest.advanceTimersByTimeAsync(250);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  jest.useRealTimers();
  await refused;
  expect(said).toEqual(['environment: call a/b is not established: its state is "terminated"']);
  await provisioner.release();
  expect(deleted).toEqual(['/v1.0/communications/calls/a%2Fb']);
});

test.each([
  ['without a token', 401, undefined],
  ['with a token without permission', 403, 'withoutPermission'],
] as const)('%s the create-call request is refused, and that is reported', async (_name, status, name) => {
  const token = name === undefined ? undefined : mock.tokens[name];
  const provisioner = createCallProvisioner(mock.url, {}, INVITEES, token, aClient().client);
  expect(await refusal(provisioner.groupCall(GROUP))).toMatch(
    new RegExp(`^environment: create call \\(exchange \\d+\\): answered ${status}: `),
  );
});

test.each([
  ['HTML', '<p>hello</p>'],
  ['no id', '{"state":"established"}'],
  ['an id that is not a string', '{"id":7,"state":"established"}'],
  ['a list', '[]'],
])('a response that is not a call is an environment error: %s', async (_name, body) => {
  const url = await http((_req, res) => res.writeHead(201).end(body));
  const provisioner = createCallProvisioner(url, {}, INVITEES, 't', aClient().client);
  expect(await refusal(provisioner.groupCall(GROUP))).toMatch(
    /^environment: create call \(exchange \d+\): answered 201/,
  );
});

test('a call without a PSTN number is unsupported unless the config says how to create it', async () => {
  expect(await refusal(onMock().groupCall({ ...GROUP, pstnNumber: false }))).toMatch(/^unsupported: /);
  const told = onMock({ groupCallWithoutPstnNumber: {} });
  expect(await told.groupCall({ ...GROUP, pstnNumber: false })).toEqual({ callId: expect.any(String) as string });
});

test('invitees are those of the config', async () => {
  expect(await onMock().users(3)).toEqual(['u1', 'u2', 'u3']);
  expect(await onMock().unreachableUser()).toBe('nobody');
  const nobody = createCallProvisioner(mock.url, {}, {}, mock.tokens.valid, aClient().client);
  expect(await refusal(nobody.peerToPeerCall(CALLBACK))).toMatch(
    /^unsupported: invitees\.users has 0 of its 0 users left/,
  );
});
