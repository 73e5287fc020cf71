import { startMock } from '../../mock';
import { LIMITS } from '../../mock/limits';
import { about, startBench, user, type Bench } from './bot';

/** What a bot's test can observe and do while the mock runs. */

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await bench.close();
});

const context = { clientContext: 'Context A' };
const invitation = (): object => ({ participants: [user()], ...context });

/** The clientContext of each completion so far. */
const contexts = (): unknown[] =>
  bench.mock.notifications
    .filter(({ kind }) => kind === 'operation')
    .map(({ text }) => /"clientContext":"([^"]*)"/.exec(text)?.[1]);

async function invited(callId: string, times = 1): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < times; i += 1) statuses.push((await bench.invite(callId, invitation())).status);
  await bench.mock.settled();
  return statuses;
}

test('requests and notifications are recorded in order', async () => {
  const { mock, listener } = bench;
  const { requests, notifications } = mock;
  const { callId } = mock.setup('a group call', { callbackUri: listener.url });
  expect(await invited(callId)).toEqual([200]);
  await bench.request('GET', '/communications/calls/none?$select=id');
  expect(requests.map(({ method, status, call, query }) => [method, status, call, query])).toEqual([
    ['POST', 200, callId, ''],
    ['GET', 404, 'none', '?$select=id'],
  ]);
  expect(requests[0]).toMatchObject({
    path: `/v1.0/communications/calls/${callId}/participants/invite`,
    body: context,
    answer: context,
    headers: { authorization: `Bearer ${mock.tokens.valid}` },
    answerHeaders: { Location: expect.stringContaining(callId) as string },
  });
  expect(requests[1]?.answer).toMatchObject({ error: { code: '8522' } });
  expect(notifications.map(({ kind, call, url, status, error }) => [kind, call, url, status, error])).toEqual([
    ['operation', callId, listener.url, 202, undefined],
    ['roster', callId, listener.url, 202, undefined],
  ]);
  expect(notifications[0]?.body).toMatchObject({ value: [{ changeType: 'deleted', resourceData: context }] });
  expect(notifications.map(({ text }) => text)).toEqual(listener.deliveries.map(({ text }) => text));
});

test('a refused request, an unknown path and a body that is too long are recorded as requests', async () => {
  const callId = await bench.groupCall();
  await bench.invite(callId, invitation(), { Authorization: 'Bearer unknown' });
  await bench.request('GET', '/nothing');
  await bench.request('PATCH', `/communications/calls/${callId}`, { body: {} });
  await bench.invite(callId, JSON.stringify({ padding: 'x'.repeat(LIMITS.bodyBytes) }));
  expect(bench.mock.requests.map(({ status }) => status)).toEqual([401, 404, 405, 413]);
});

test('a notification that is not acknowledged has a reason', async () => {
  const { callId } = bench.mock.setup('a group call', { callbackUri: 'http://127.0.0.1:1/' });
  await invited(callId);
  expect(bench.mock.notifications.map(({ status, error }) => [status, error])).toEqual([
    [undefined, 'ECONNREFUSED'],
    [undefined, 'ECONNREFUSED'],
  ]);
});

test('the records are limited, and the oldest are dropped first', async () => {
  const limits: { recorded: number } = LIMITS;
  jest.replaceProperty(limits, 'recorded', 50);
  for (let i = 0; i <= LIMITS.recorded; i += 1) await bench.request('GET', `/communications/calls/${i}`);
  expect([bench.mock.requests.length, bench.mock.requests[0]?.call]).toEqual([LIMITS.recorded, '1']);
});

test('without record nothing is kept, but observers are called', async () => {
  const told: unknown[] = [];
  const mock = await startMock({
    record: false,
    onRequest: ({ path, status }) => told.push([path, status]),
    onNotification: ({ kind, status }) => told.push([kind, status]),
  });
  const { callId } = mock.setup('a group call', { callbackUri: bench.listener.url });
  const at = `/communications/calls/${callId}/participants/invite`;
  const headers = { Authorization: `Bearer ${mock.tokens.valid}`, 'Content-Type': 'application/json' };
  await (await fetch(`${mock.url}${at}`, { method: 'POST', headers, body: JSON.stringify(invitation()) })).text();
  await mock.settled();
  await mock.close();
  expect([mock.requests, mock.notifications]).toEqual([[], []]);
  expect(told).toEqual(
    expect.arrayContaining([
      [`/v1.0${at}`, 200],
      ['operation', 202],
      ['roster', 202],
    ]),
  );
});

test('a fault is injected for a number of invitations, and affects no other', async () => {
  const callId = await bench.groupCall();
  const injection = bench.mock.inject('completion.client-context/lowercased', { times: 2 });
  await invited(callId, 3);
  expect(contexts()).toEqual(['context a', 'context a', 'Context A']);
  expect([injection.id, injection.used]).toEqual(['completion.client-context/lowercased', 2]);
});

test('only requests that an injection changes are counted', async () => {
  const callId = await bench.groupCall();
  const injection = bench.mock.inject('completion.client-context/lowercased', { times: 1 });
  const refused = await bench.invite(callId, invitation(), { Authorization: '' });
  const untouched = await bench.invite(callId, { participants: [user()], clientContext: 'lower already' });
  await bench.mock.settled();
  expect([refused.status, untouched.status, injection.used]).toEqual([401, 200, 0]);
  await invited(callId, 2);
  expect(contexts()).toEqual(['lower already', 'context a', 'Context A']);
});

test('a fault that accepts a refused invitation is counted too', async () => {
  const callId = await bench.groupCall();
  bench.mock.inject('authorization.required/not-asked-for', { times: 1 });
  const statuses: number[] = [];
  for (let i = 0; i < 2; i += 1) {
    statuses.push((await bench.invite(callId, invitation(), { Authorization: '' })).status);
  }
  expect(statuses).toEqual([200, 401]);
});

test('a fault is injected for one call, until it is removed', async () => {
  const [one, other] = [await bench.groupCall(), await bench.groupCall()];
  const injection = bench.mock.inject('response.location/missing', { call: one });
  const location = async (callId: string): Promise<boolean> =>
    (await bench.invite(callId, invitation())).headers.has('location');
  expect([await location(one), await location(other), await location(one)]).toEqual([false, true, false]);
  injection.remove();
  injection.remove();
  expect(await location(one)).toBe(true);
});

test('a variant can be injected too, also for requests other than invitations', async () => {
  bench.mock.inject('headers-upper-case', { times: 1 });
  const callId = await bench.groupCall();
  await bench.request('GET', `/communications/calls/${callId}`);
  await bench.request('GET', `/communications/calls/${callId}`);
  const names = bench.mock.requests.map(({ answerHeaders }) => Object.keys(answerHeaders)[0]);
  expect(names).toEqual(['CONTENT-TYPE', 'Content-Type']);
});

test.each([
  [
    'completion.once/twice-at-one',
    'Unknown fault or variant "completion.once/twice-at-one": did you mean "completion.once/twice-at-once"?',
  ],
  ['lowercased', ' or "completion.client-context/lowercased"?'],
  ['refusal.error-body', 'did you mean'],
])('inject(%s) names the nearest', (id, message) => {
  expect(() => bench.mock.inject(id)).toThrow(message);
});

test.each([
  [{ times: 0 }, "inject's option times must be an integer from 1 up."],
  [{ call: '' }, "inject's option call must be the id of a call."],
  [{ time: 1 }, 'inject has no option "time": did you mean "times"?'],
])('inject refuses %j', (scope, message) => {
  expect(() => bench.mock.inject('batched', scope as object)).toThrow(message);
});

test('throttling refuses a number of requests, with Retry-After', async () => {
  const callId = await bench.groupCall();
  const throttling = bench.mock.throttle({ times: 2, retryAfter: 7 });
  const first = await bench.invite(callId, invitation());
  expect([first.status, first.headers.get('retry-after'), first.body['error']]).toEqual([
    429,
    '7',
    expect.objectContaining({ code: 'TooManyRequests' }),
  ]);
  expect(await invited(callId, 2)).toEqual([429, 200]);
  expect([throttling.used, bench.mock.notifications.length]).toEqual([2, 2]);
});

test('throttling ends with Retry-After, by the clock of the mock', async () => {
  const callId = await bench.groupCall();
  bench.mock.throttle({ retryAfter: 60 });
  const after = async (): Promise<unknown[]> => {
    const { status, headers } = await bench.invite(callId, invitation());
    return [status, headers.get('retry-after')];
  };
  expect(await after()).toEqual([429, '60']);
  bench.mock.clock.step(40_500);
  expect(await after()).toEqual([429, '20']);
  bench.mock.clock.step(20_000);
  expect(await after()).toEqual([200, null]);
});

test('throttling of one call does not affect others or states, and can be ended', async () => {
  const [one, other] = [await bench.groupCall(), await bench.groupCall()];
  const throttling = bench.mock.throttle({ call: one, retryAfter: 60 });
  expect([await invited(one), await invited(other)]).toEqual([[429], [200]]);
  await bench.groupCall();
  throttling.remove();
  expect(await invited(one)).toEqual([200]);
  expect(() => bench.mock.throttle({ retryAfter: 0 })).toThrow("throttle's option retryAfter must be an integer");
});

test('a step of the clock sends waiting notifications, and lets tokens expire', async () => {
  const late = await startBench({ latencyMs: 600_000 });
  const { mock } = late;
  const before = mock.clock.now();
  const token = mock.mintToken({ expiresInSeconds: 300 });
  const callId = await late.groupCall();
  const bearer = { Authorization: `Bearer ${token}` };
  expect((await late.invite(callId, invitation(), bearer)).status).toBe(200);
  mock.clock.step(599_000);
  expect(mock.clock.now() - before).toBeGreaterThanOrEqual(599_000);
  expect(mock.notifications).toEqual([]);
  expect((await late.invite(callId, invitation(), bearer)).status).toBe(401);
  mock.clock.step(2000);
  await mock.settled();
  expect(mock.notifications.map(({ kind, status }) => [kind, status])).toEqual([
    ['operation', 202],
    ['roster', 202],
  ]);
  expect(() => mock.clock.step(-1)).toThrow('0 or more');
  await late.close();
});

test('reset restores the state after the start; URL, tokens and the faults of the start remain', async () => {
  const other = await startBench({ faults: ['response.location/missing'], latencyMs: 600_000 });
  const { mock } = other;
  const callId = await other.groupCall();
  mock.inject('response.status-200/created');
  mock.throttle({ retryAfter: 60, call: 'another' });
  const { userId } = mock.setup('a user who cannot be reached', {});
  const first = await other.invite(callId, invitation());
  mock.clock.step(1000);
  mock.reset();
  await mock.settled();
  expect([first.status, mock.requests, mock.notifications]).toEqual([201, [], []]);
  expect(Math.abs(mock.clock.now() - Date.now())).toBeLessThan(1000);
  expect((await other.invite(callId, invitation())).status).toBe(404);
  const again = await other.invite(await other.groupCall(), { participants: [user(userId)] });
  expect([again.status, again.headers.has('location')]).toEqual([200, false]);
  mock.clock.step(600_000);
  await mock.settled();
  // The user who could not be reached before can be reached now.
  expect(mock.notifications.map(({ kind }) => kind)).toEqual(['operation', 'roster']);
  expect(other.listener.deliveries.filter(about('/participants'))).toHaveLength(1);
  await other.close();
});

test('reset cuts off a delayed response', async () => {
  bench.mock.inject('slow-answer');
  const callId = await bench.groupCall();
  const asked = bench.invite(callId, invitation());
  const cut = asked.then(
    () => 'answered',
    (error: unknown) => String(error),
  );
  while (bench.mock.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  bench.mock.reset();
  expect(await cut).toBe('TypeError: fetch failed');
});
