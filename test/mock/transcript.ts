import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { startMock, type Mock, type MockOptions } from '../../mock';
import type { JsonObject } from '../../mock/json';
import { phone, user } from './bot';
import { startListener } from './listener';

/** What a bot saw of a mock: one line an answer, one a notification, without what is new each time. */
export type Transcript = string[];

interface Sent {
  url: string;
  body: string;
  authorization?: string;
  contentType?: string;
}

async function post(
  agent: Agent,
  { url, body, authorization, contentType = 'application/json' }: Sent,
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': contentType,
      ...(authorization === undefined ? {} : { Authorization: authorization }),
    };
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const raw = response.rawHeaders.filter((_value, index, all) => !/^date$/i.test(all[index - (index % 2)] ?? ''));
        resolve([String(response.statusCode), raw.join('|'), Buffer.concat(chunks).toString()]);
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const guid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Names ids by the order in which they come, and leaves out times, ports and lengths. */
function normalized(lines: string[]): Transcript {
  const names = new Map<string, string>();
  return lines.map((line) =>
    line
      .replaceAll(guid, (id) => {
        const name = names.get(id) ?? `#${names.size}`;
        names.set(id, name);
        return name;
      })
      .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/g, 'TIME')
      .replaceAll(/content-length\|\d+/gi, 'LENGTH'),
  );
}

/** What a bot does in one of its attempts. */
interface Attempt {
  /** Sets a state up, with a callback of this attempt. */
  setup: (state: string, params?: JsonObject) => Promise<JsonObject>;
  /** Invites to a call. */
  invite: (callId: unknown, body: unknown, more?: Partial<Sent>) => Promise<void>;
  /** Invites to a new group call. */
  invited: (participants: unknown, params?: JsonObject, more?: Partial<Sent>) => Promise<void>;
  mock: Mock;
}

const users = (count: number): JsonObject[] => Array.from({ length: count }, () => user());

const replacing =
  (peerPath: string, more: number) =>
  async ({ setup, invited }: Attempt): Promise<void> => {
    const { callId, userId } = await setup('a peer-to-peer call', { peerPath });
    await invited([user(userId as string, { replacesCallId: callId as string }), ...users(more)]);
  };

const contextOf =
  (length: number) =>
  async ({ setup, invite }: Attempt): Promise<void> => {
    const { callId } = await setup('a group call');
    await invite(callId, { participants: users(1), clientContext: 'c'.repeat(length) });
  };

const bodyOf =
  (body: unknown) =>
  async ({ setup, invite }: Attempt): Promise<void> =>
    invite((await setup('a group call'))['callId'], body);

/** All that an invitation can be; they do not touch each other. */
const attempts: readonly ((attempt: Attempt) => Promise<void>)[] = [
  async ({ invited }) => invited(users(1)),
  async ({ invited }) => invited(users(2)),
  async ({ invited }) => invited(users(5)),
  async ({ invited }) => invited(users(6)),
  async ({ invited }) => invited(users(2), { chatInfo: false }),
  async ({ invited }) => invited([phone()]),
  async ({ invited }) => invited([phone()], { pstnNumber: false }),
  async ({ setup, invited }) => invited([user((await setup('a user who cannot be reached'))['userId'] as string)]),
  replacing('', 0),
  replacing('/peer', 0),
  replacing('/peer', 1),
  async ({ setup, invite }) => invite((await setup('a peer-to-peer call'))['callId'], { participants: users(1) }),
  async ({ invite }) => invite(randomUUID(), { participants: users(1) }),
  async ({ invited }) => invited(null),
  async ({ invited }) => invited('none'),
  async ({ invited }) => invited([{ replacesCallId: null }]),
  bodyOf({}),
  bodyOf('{"participants":'),
  bodyOf({ participants: users(1) }),
  bodyOf({ Participants: users(1), CLIENTCONTEXT: 'C' }),
  contextOf(256),
  contextOf(257),
  async ({ invited }) => invited(users(1), {}, { contentType: 'text/plain' }),
  async ({ invited }) => invited(users(1), {}, { contentType: 'application/json; charset=utf-8' }),
  async ({ invited }) => invited(users(1), {}, { authorization: '' }),
  async ({ invited }) => invited(users(1), {}, { authorization: 'Basic dXNlcjpwYXNz' }),
  async ({ invited, mock }) => invited(users(1), {}, { authorization: `Bearer ${mock.tokens.valid.slice(0, -4)}AAAA` }),
  async ({ invited, mock }) => invited(users(1), {}, { authorization: `Bearer ${mock.tokens.withoutPermission}` }),
  async ({ invited, mock }) => invited(users(1), {}, { authorization: `Bearer ${mock.tokens.delegated}` }),
];

/** Those that need time to themselves: somebody twice, and two at once. */
const aloneAttempts: readonly ((attempt: Attempt) => Promise<void>)[] = [
  async ({ setup, invite, mock }) => {
    const { callId } = await setup('a group call');
    await invite(callId, { participants: [user('twice')] });
    await mock.settled();
    await invite(callId, { participants: [user('twice')] });
  },
  async ({ setup, invite }) => {
    const { callId } = await setup('a group call');
    for (const clientContext of ['A', 'B'])
      await invite(callId, { participants: [user(clientContext)], clientContext });
  },
];

/**
 * Has a bot do everything an invitation can be, and writes down what it sees. Answers come in the order of the attempts,
 * notifications behind them, by callback.
 */
export async function transcribe(options: MockOptions): Promise<Transcript> {
  const [mock, listener] = await Promise.all([startMock(options), startListener()]);
  const agent = new Agent({ keepAlive: true, maxSockets: attempts.length });
  const run = async (act: (attempt: Attempt) => Promise<void>, index: number): Promise<string[]> => {
    const answers: string[] = [];
    const attempt: Attempt = {
      mock,
      async setup(state, { peerPath = '', ...params } = {}) {
        const callbackUri = `${listener.url}/${String(index).padStart(3, '0')}${peerPath as string}`;
        const body = JSON.stringify({ action: 'setup', state, params: { callbackUri, ...params } });
        return JSON.parse((await post(agent, { url: mock.states, body })).at(-1) ?? '') as JsonObject;
      },
      async invite(callId, body, more = {}) {
        const url = `${mock.url}/communications/calls/${callId as string}/participants/invite`;
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        const answer = await post(agent, { url, body: text, authorization: `Bearer ${mock.tokens.valid}`, ...more });
        answers.push([`answer ${index}`, ...answer].join('\n'));
      },
      async invited(participants, params, more) {
        const { callId } = await attempt.setup('a group call', params);
        await attempt.invite(callId, { participants, clientContext: ' Context Ä 1 ' }, more);
      },
    };
    await act(attempt);
    return answers;
  };
  const lines = (await Promise.all(attempts.map(run))).flat();
  await mock.settled();
  for (const [index, act] of aloneAttempts.entries()) {
    lines.push(...(await run(act, attempts.length + index)));
    await mock.settled();
  }
  agent.destroy();
  await Promise.all([mock.close(), listener.close()]);
  const deliveries = listener.deliveries.map(
    ({ path, method, rawHeaders, text }) => `${path}\n${method}\n${rawHeaders.join('|')}\n${text}`,
  );
  const place = (line: string): string => line.slice(0, line.indexOf('\n'));
  return normalized([...lines, ...deliveries.toSorted((a, b) => place(a).localeCompare(place(b)))]);
}

let standard: Promise<Transcript> | undefined;

/** What a bot sees of a mock that has no fault and no variant. */
export async function conforming(): Promise<Transcript> {
  standard ??= transcribe({});
  return standard;
}
