import type { JsonObject } from '../../mock/json';
import { startBench, user, type Bench } from '../mock/bot';
import { INVITE, STATES, checkerOf, description, type Operation } from './description';

/** The replaced call in the page's examples. */
const REPLACED = 'a7ebfb2d-871e-419c-87af-27290b22e8db';

const document = description();
const held = checkerOf(document);
const operation = (path: string): Operation => document.paths[path]?.post as Operation;
const examplesOf = (path: string): [string, unknown][] =>
  Object.entries(operation(path).requestBody.content['application/json'].examples).map(([name, { value }]) => [
    name,
    value,
  ]);

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => bench.close());

/** The differences between a response and the description. */
function wrongWith(
  path: string,
  { status, headers, body }: { status: number; headers: Headers; body: unknown },
): unknown[] {
  const { responses } = operation(path);
  const response = responses[String(status)] ?? responses[`${String(status)[0]}XX`];
  if (!response) return [`${status} is not described`];
  const required = Object.entries(response.headers ?? {}).filter(([, header]) => header.required);
  return [
    ...required.filter(([name]) => !headers.has(name)).map(([name]) => `${name} is missing`),
    ...(response.content ? held(response.content['application/json'].schema, body) : []),
  ];
}

test.each(examplesOf(INVITE))('the mock accepts %s, and all its messages are described', async (_name, value) => {
  await bench.setup('a peer-to-peer call', { callbackUri: bench.listener.url, callId: REPLACED });
  const reply = await bench.invite(await bench.groupCall(), value);
  expect([reply.status, wrongWith(INVITE, reply)]).toEqual([200, []]);
  await bench.mock.settled();
  expect(bench.listener.deliveries.length).toBeGreaterThan(1);
  const notifications = { $ref: '#/components/schemas/Notifications' };
  expect(bench.listener.deliveries.flatMap(({ body }) => held(notifications, body))).toEqual([]);
});

test.each<[string, number, JsonObject | string, Record<string, string>]>([
  ['a body that is not JSON', 400, '{', {}],
  ['no participants', 400, {}, {}],
  ['another media type', 415, { participants: [user()] }, { 'Content-Type': 'text/plain' }],
  ['an unknown token', 401, { participants: [user()] }, { Authorization: 'Bearer nobody' }],
])('the mock refuses %s as described', async (_what, status, body, headers) => {
  const reply = await bench.invite(await bench.groupCall(), body, headers);
  expect([reply.status, wrongWith(INVITE, reply)]).toEqual([status, []]);
});

test('the mock refuses an unknown call as described', async () => {
  const reply = await bench.invite('nobody', { participants: [user()] });
  expect([reply.status, wrongWith(INVITE, reply)]).toEqual([404, []]);
});

test.each(examplesOf(STATES))('the mock knows the state: %s', async (name, value) => {
  const text = JSON.stringify(value).replace('http://127.0.0.1:3978/api/calls', bench.listener.url);
  const response = await fetch(bench.mock.states, { method: 'POST', body: text });
  const body: unknown = await response.json();
  expect([response.status, wrongWith(STATES, { status: 200, headers: response.headers, body })]).toEqual([200, []]);
  // The values match the description's example of the state.
  const answers = operation(STATES).responses['200']?.content?.['application/json'].examples ?? {};
  expect(Object.keys(body as object)).toEqual(Object.keys(answers[name]?.value as object));
});
