import type { RequestListener } from 'node:http';
import { json } from 'node:stream/consumers';
import { startMock } from '../../mock';
import { NotProvided } from '../../target/errors';
import { statesProvisioner } from '../../target/states-provisioner';
import { aClient, ofKind } from './recording';
import { deserted, servers } from './servers';
import { rejection } from '../support/rejection';

const { http, saying, tcp } = servers();
const GROUP = { chatInfo: true, pstnNumber: false, callbackUri: 'http://127.0.0.1:9/callback' };

type Refused = { reason: NotProvided['reason']; message: string };

/** The reason why nothing was provisioned. */
async function refusal(asked: Promise<unknown>): Promise<Refused> {
  const error = await rejection(NotProvided, asked);
  expect(error.advice).toMatch(/states endpoint/);
  return { reason: error.reason, message: error.message };
}

/** An endpoint with the same response to each POST, and the requests that it received. */
async function answering(
  status: number,
  body: string,
  type = 'application/json',
): Promise<{ url: string; sent: unknown[] }> {
  const sent: unknown[] = [];
  const take: RequestListener = (req, res) => {
    void json(req).then((request) => {
      sent.push(request);
      res.writeHead(status, { 'Content-Type': type }).end(body);
    });
  };
  return { url: `${await http(take)}/states`, sent };
}

test('each state is set up with its name and params, and torn down with the same', async () => {
  const sent: { state: string }[] = [];
  const url = await http((req, res) => {
    void json(req).then((request) => {
      sent.push(request as { state: string });
      const callId = (request as { state: string }).state;
      res.end(JSON.stringify({ callId, userId: 'u', userIds: ['a', 'b'] }));
    });
  });
  const { client, recorder } = aClient();
  const provisioner = statesProvisioner(url, client);
  expect(await provisioner.groupCall(GROUP)).toEqual({ callId: 'a group call' });
  const peer = await provisioner.peerToPeerCall('http://127.0.0.1:9/p');
  expect(peer).toEqual({ callId: 'a peer-to-peer call', userId: 'u' });
  expect(await provisioner.users(2)).toEqual(['a', 'b']);
  expect(await provisioner.unreachableUser()).toBe('u');
  const asked = [
    { state: 'a group call', params: GROUP },
    { state: 'a peer-to-peer call', params: { callbackUri: 'http://127.0.0.1:9/p' } },
    { state: 'users who can be invited', params: { count: 2 } },
    { state: 'a user who cannot be reached', params: {} },
  ];
  expect(sent).toEqual(asked.map((one) => ({ action: 'setup', ...one })));
  sent.length = 0;
  await provisioner.release();
  expect(sent).toEqual(expect.arrayContaining(asked.map((one) => ({ action: 'teardown', ...one }))));
  expect(sent).toHaveLength(4);
  await provisioner.release();
  expect(sent).toHaveLength(4);
  const purposes = ofKind(recorder, 'exchange').map(({ purpose }) => purpose);
  expect(purposes.toSorted()).toEqual([...Array<string>(4).fill('provision'), ...Array<string>(4).fill('release')]);
});

test('no token is sent to the states endpoint', async () => {
  const seen: (string | undefined)[] = [];
  const url = await http((req, res) => {
    seen.push(req.headers.authorization);
    res.end('{"userId":"u"}');
  });
  await statesProvisioner(url, aClient().client).unreachableUser();
  expect(seen).toStrictEqual([undefined]);
});

test('the mock provides all states', async () => {
  const mock = await startMock();
  const provisioner = statesProvisioner(mock.states, aClient().client);
  expect(await provisioner.groupCall(GROUP)).toEqual({ callId: expect.any(String) as string });
  const peer = await provisioner.peerToPeerCall(GROUP.callbackUri);
  expect(peer).toEqual({ callId: expect.any(String) as string, userId: expect.any(String) as string });
  expect(new Set(await provisioner.users(5)).size).toBe(5);
  expect(await provisioner.unreachableUser()).toEqual(expect.any(String));
  await provisioner.release();
  await mock.close();
});

test('404 means an unsupported state, not an environment error', async () => {
  const { url } = await answering(404, '{"error":"unknown"}');
  expect(await refusal(statesProvisioner(url, aClient().client).groupCall(GROUP))).toEqual({
    reason: 'unsupported',
    message: expect.stringMatching(
      /^state 'a group call' \(exchange \d+\): the states endpoint does not know it \(404\)$/,
    ) as string,
  });
});

test.each([
  ['500', 500, '{"error":"boom"}', /answered 500: /],
  ['401', 401, '', /answered 401: /],
  ['204', 204, '', /answered 204: /],
  ['a redirect', 302, '', /answered 302: /],
  ['HTML', 200, '<!doctype html><p>hello</p>', /the response is not a JSON object \(.*\): "<!doctype html>/],
  ['nothing', 200, '', /the response is not a JSON object/],
  ['an array', 200, '[]', /the response is not a JSON object/],
  ['null', 200, 'null', /the response is not a JSON object/],
  ['no callId', 200, '{}', /its value callId is \w+, not a string/],
  ['a number', 200, '{"callId":7}', /its value callId is 7, not a string/],
  ['an empty string', 200, '{"callId":""}', /its value callId is "", not a string/],
])('a setup answered with %s is an environment error', async (_name, status, body, says) => {
  const { url } = await answering(status, body);
  const { reason, message } = await refusal(statesProvisioner(url, aClient().client).groupCall(GROUP));
  expect(reason).toBe('environment');
  expect(message).toMatch(says);
});

test('the call of an earlier setup is an environment error: its notifications would go to another callback', async () => {
  const { url } = await answering(200, '{"callId":"c","userId":"u"}');
  const provisioner = statesProvisioner(url, aClient().client);
  expect(await provisioner.groupCall(GROUP)).toEqual({ callId: 'c' });
  expect(await refusal(provisioner.peerToPeerCall('http://127.0.0.1:9/p'))).toEqual({
    reason: 'environment',
    message: `state 'a peer-to-peer call': its value callId is "c", the id of an earlier call; each must be a call of its own, with a callback of its own`,
  });
});

test('a long response is shown shortened', async () => {
  const { url } = await answering(500, 'x'.repeat(100_000));
  const { message } = await refusal(statesProvisioner(url, aClient().client).groupCall(GROUP));
  expect(message.length).toBeLessThan(300);
});

test.each([
  ['too few', '{"userIds":["a"]}'],
  ['the same twice', '{"userIds":["a","a"]}'],
  ['not strings', '{"userIds":[1,2]}'],
  ['not an array', '{"userIds":"ab"}'],
  ['none', '{}'],
])('too few, or repeated, users are an environment error: %s', async (_name, body) => {
  const { url } = await answering(200, body);
  const { reason, message } = await refusal(statesProvisioner(url, aClient().client).users(2));
  expect(reason).toBe('environment');
  expect(message).toMatch(/its value userIds is .*, not 2 different strings$/);
});

test('of too many users, the first ones are used', async () => {
  const { url } = await answering(200, '{"userIds":["a","b","c"]}');
  expect(await statesProvisioner(url, aClient().client).users(2)).toEqual(['a', 'b']);
});

test.each([
  ['no server listens', deserted, 'nothing listens there', 10_000],
  ['the endpoint hangs', async () => tcp(() => undefined), 'no complete response within', 200],
  ['the response is not HTTP', async () => saying('hello\r\n'), 'the response is not valid HTTP', 10_000],
] as const)('a setup is an environment error if %s', async (_name, origin, says, timeoutMs) => {
  const { client } = aClient({ timeoutMs });
  const { reason, message } = await refusal(statesProvisioner(await origin(), client).groupCall(GROUP));
  expect(reason).toBe('environment');
  expect(message).toContain(says);
});

test('after a refused connection nothing has been set up, and nothing is torn down', async () => {
  const provisioner = statesProvisioner(`${await deserted()}/states`, aClient().client);
  await refusal(provisioner.groupCall(GROUP));
  expect(await provisioner.release()).toBe(0);
});

test('a state that was not set up is not torn down, and a failed teardown is ignored', async () => {
  const { url, sent } = await answering(500, '');
  const provisioner = statesProvisioner(url, aClient().client);
  await refusal(provisioner.groupCall(GROUP));
  await provisioner.release();
  expect(sent).toHaveLength(1);
});
