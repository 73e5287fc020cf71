import { LIMITS } from '../../mock/limits';
import { startMock, type Mock } from '../../mock';

/** Limits in bytes of what a mock keeps. */

let mock: Mock;

beforeEach(async () => {
  mock = await startMock();
});

afterEach(async () => {
  jest.restoreAllMocks();
  await mock.close();
});

interface Answer {
  status: number;
  text: string;
}

async function post(url: string, body: string): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${mock.tokens.valid}` };
  const answer = await fetch(url, { method: 'POST', headers, body });
  // A connection stays open until its answer was read.
  return { status: answer.status, text: await answer.text() };
}

const state = (params: unknown, name: unknown = 'a group call'): string =>
  JSON.stringify({ action: 'setup', state: name, params });

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

test.each([
  ['a callbackUri of 900,000 characters', () => state({ callbackUri: `http://127.0.0.1/${'c'.repeat(900_000)}` })],
  ['a body 10,000 levels deep', () => `{"action":"setup","state":${deep(10_000)},"params":{}}`],
  ['params 10,000 levels deep', () => `{"action":"setup","state":"a group call","params":{"x":${deep(10_000)}}}`],
])('%s is answered 400 at the states endpoint', async (_what, body) => {
  expect((await post(mock.states, body())).status).toBe(400);
});

test('the name of an unknown state is shortened', async () => {
  const answer = await post(mock.states, state({}, 'n'.repeat(900_000)));
  expect(answer.status).toBe(404);
  expect(answer.text.length).toBeLessThan(1000);
});

const group = async (): Promise<string> => {
  const answer = await post(mock.states, state({ callbackUri: 'http://127.0.0.1:9/' }));
  return (JSON.parse(answer.text) as { callId: string }).callId;
};

const invitation = (callId: string, size: number): Promise<Answer> => {
  const user = { id: String(Math.random()), displayName: 'd'.repeat(size) };
  const url = `${mock.url}/communications/calls/${callId}/participants/invite`;
  return post(url, JSON.stringify({ participants: [{ identity: { user } }] }));
};

test('a call keeps a limited number of bytes of its invitations', async () => {
  const callId = await group();
  const statuses: number[] = [];
  for (let i = 0; i < 4; i += 1) statuses.push((await invitation(callId, 900_000)).status);
  expect(statuses).toEqual([200, 200, 429, 429]);
});

test('a deeply nested invitation is refused', async () => {
  const url = `${mock.url}/communications/calls/${await group()}/participants/invite`;
  const answer = await post(url, `{"participants":[{"identity":{"user":{"id":"u","x":${deep(5000)}}}}]}`);
  expect(answer.status).toBe(400);
});

test('all calls together keep a limited number of bytes, and the oldest ends first', async () => {
  jest.replaceProperty(LIMITS, 'keptBytes', 6 * 1024 * 1024);
  const first = await group();
  const create = JSON.stringify({ callbackUri: 'http://127.0.0.1:9/', subject: 's'.repeat(1_000_000) });
  for (let kept = 0; kept <= LIMITS.keptBytes; kept += create.length) {
    expect((await post(`${mock.url}/communications/calls`, create)).status).toBe(201);
  }
  expect((await invitation(first, 1)).status).toBe(404);
});
