import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { startMock, type Mock, type MockOptions } from '../../mock';
import type { JsonObject } from '../../mock/json';
import { phone, user } from './bot';
import { startListener } from './listener';
import { ODD, ODD_ALONE } from './odd-attempts';

/** What a bot sees of a mock: one entry for each response and notification, without values that always differ. */
export type Transcript = string[];

interface Sent {
  url: string;
  headers?: Record<string, string>;
  agent?: Agent;
  query?: string;
  body: string;
  authorization?: string;
  contentType?: string;
}

async function post(
  agent: Agent,
  { url, body, authorization, contentType = 'application/json', headers: more, agent: own = agent }: Sent,
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': contentType,
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...more,
    };
    const sent = request(url, { method: 'POST', headers, agent: own }, (response) => {
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

/** Replaces ids by numbers in the order of occurrence, and removes times, ports and lengths. */
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
export interface Attempt {
  /** Sets up a state, with a callback of this attempt. */
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
    await invite(callId, { participants: users(1), clientContext: 'C'.repeat(length) });
  };

const bodyOf =
  (body: unknown) =>
  async ({ setup, invite }: Attempt): Promise<void> =>
    invite((await setup('a group call'))['callId'], body);

const told =
  (more: Partial<Sent> | ((mock: Mock) => Partial<Sent>)) =>
  async ({ invited, mock }: Attempt): Promise<void> =>
    invited(users(1), {}, typeof more === 'function' ? more(mock) : more);

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

export type Act = (attempt: Attempt) => Promise<void>;

/** Invites a participant, and then again together with others. */
const twice =
  (who: () => JsonObject, ...others: JsonObject[]): Act =>
  async ({ setup, invite, mock }) => {
    const { callId } = await setup('a group call');
    await invite(callId, { participants: [who()] });
    await mock.settled();
    await invite(callId, { participants: [...others, who()] });
  };

/** All kinds of invitations; they are independent of each other. */
const attempts: Readonly<Record<string, Act>> = {
  ...ODD,
  one: async ({ invited }) => invited(users(1)),
  two: async ({ invited }) => invited(users(2)),
  five: async ({ invited }) => invited(users(5)),
  six: async ({ invited }) => invited(users(6)),
  'no-chat': async ({ invited }) => invited(users(2), { chatInfo: false }),
  phone: async ({ invited }) => invited([phone()]),
  'no-number': async ({ invited }) => invited([phone()], { pstnNumber: false }),
  unreachable: async ({ setup, invited }) =>
    invited([user((await setup('a user who cannot be reached'))['userId'] as string)]),
  'replace-in-one-callback': replacing('', 0),
  replace: replacing('/peer', 0),
  'replace-first': replacing('/peer', 1),
  'replace-first-of-six': replacing('/peer', 5),
  peer: async ({ setup, invite }) => invite((await setup('a peer-to-peer call'))['callId'], { participants: users(1) }),
  unknown: async ({ invite }) => invite(randomUUID(), { participants: users(1) }),
  null: async ({ invited }) => invited(null),
  word: async ({ invited }) => invited('none'),
  nobody: async ({ invited }) => invited([{ replacesCallId: null }]),
  empty: bodyOf({}),
  malformed: bodyOf('{"participants":'),
  'no-context': bodyOf({ participants: users(1) }),
  'null-context': bodyOf({ participants: users(1), clientContext: null }),
  'beyond-ascii': bodyOf({ participants: users(1), clientContext: 'Ä' }),
  'other-case': bodyOf({ Participants: users(1), CLIENTCONTEXT: 'C' }),
  'context-256': contextOf(256),
  'context-257': contextOf(257),
  text: told({ contentType: 'text/plain' }),
  xml: told({ contentType: 'application/xml' }),
  octets: told({ contentType: 'application/octet-stream' }),
  'text-json': told({ contentType: 'text/json' }),
  multipart: told({ contentType: 'multipart/form-data; boundary=invitation' }),
  charset: told({ contentType: 'application/json; charset=utf-8' }),
  anonymous: told({ authorization: '' }),
  tokenless: told({ authorization: 'Bearer ' }),
  basic: told({ authorization: 'Basic dXNlcjpwYXNz' }),
  'token-cut': told(({ tokens }) => ({ authorization: `Bearer ${tokens.valid.slice(0, -4)}` })),
  'token-lengthened': told(({ tokens }) => ({ authorization: `Bearer ${tokens.valid}AAAA` })),
  forged: told(({ tokens }) => ({ authorization: `Bearer ${tokens.valid.slice(0, -4)}AAAA` })),
  'no-permission': told(({ tokens }) => ({ authorization: `Bearer ${tokens.withoutPermission}` })),
  'scheme-jwt': told(({ tokens }) => ({ authorization: `JWT ${tokens.valid}` })),
  'scheme-bearers': told(({ tokens }) => ({ authorization: `Bearers ${tokens.valid}` })),
  'basic-password': told(({ tokens }) => ({ authorization: basic(`x:${tokens.valid}`) })),
  'basic-name': told(({ tokens }) => ({ authorization: basic(`${tokens.valid}:`) })),
  'token-elsewhere': async ({ setup, invite, mock }) => {
    const { valid } = mock.tokens;
    const headers = [
      { 'Proxy-Authorization': valid },
      { Authentication: valid },
      { 'X-Auth-Token': valid },
      { Cookie: `token=${valid}` },
    ];
    for (const one of headers)
      await invite(
        (await setup('a group call'))['callId'],
        { participants: users(1) },
        { authorization: '', headers: one },
      );
    await invite(
      (await setup('a group call'))['callId'],
      { participants: users(1), access_token: valid },
      { authorization: '' },
    );
    await invite(
      (await setup('a group call'))['callId'],
      { participants: users(1) },
      { authorization: '', query: `?access_token=${valid}` },
    );
  },
  delegated: told(({ tokens }) => ({ authorization: `Bearer ${tokens.delegated}` })),
};

/** The names of the attempts that run at the same time. */
export const TOGETHER: readonly string[] = Object.keys(attempts);

/** Attempts that must run alone: a repeated participant, and two concurrent invitations. */
const aloneAttempts: Readonly<Record<string, Act>> = {
  ...ODD_ALONE,
  twice: twice(() => user('twice')),
  'phone-twice': twice(phone),
  'twice-among-others': twice(() => user('twice'), user('other')),
  'after-refusal': async ({ setup, invite }) => {
    const { callId } = await setup('a group call');
    await invite(callId, { participants: users(6) });
    await invite(callId, { participants: users(1) });
  },
  'unreachable-then-one': async ({ setup, invite }) => {
    const { callId } = await setup('a group call');
    const { userId } = await setup('a user who cannot be reached');
    await invite(callId, { participants: [user(userId as string)] });
    await invite(callId, { participants: users(1) });
  },
  'replace-first-then-one': async ({ setup, invite }) => {
    const { callId } = await setup('a group call');
    const peer = await setup('a peer-to-peer call', { peerPath: '/peer' });
    const replaced = user(peer['userId'] as string, { replacesCallId: peer['callId'] as string });
    await invite(callId, { participants: [replaced, ...users(1)] });
    await invite(callId, { participants: users(1) });
  },
  'context-then-none': async ({ setup, invite }) => {
    const { callId } = await setup('a group call');
    await invite(callId, { participants: [user('a')], clientContext: 'A' });
    await invite(callId, { participants: [user('b')] });
  },
  remembered: async ({ setup, invite, mock }) => {
    const { valid, withoutPermission, delegated } = mock.tokens;
    const bad = ['', 'Basic dXNlcjpwYXNz', 'Bearer x', `Bearer ${withoutPermission}`, `Bearer ${delegated}`];
    for (const authorization of bad) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (const order of [
        [`Bearer ${valid}`, authorization],
        [authorization, `Bearer ${valid}`],
      ]) {
        const { callId } = await setup('a group call');
        for (const one of order) await invite(callId, { participants: users(1) }, { authorization: one, agent });
      }
      agent.destroy();
    }
  },
  together: async ({ setup, invite }) => {
    const { callId } = await setup('a group call');
    for (const clientContext of ['A', 'B'])
      await invite(callId, { participants: [user(clientContext)], clientContext });
  },
};

/**
 * Performs all kinds of invitations, and records what the bot sees: responses in the order of the attempts, then
 * notifications by callback.
 * @param only names of attempts; default all
 */
export async function transcribe(options: MockOptions, only?: readonly string[]): Promise<Transcript> {
  const chosen = (all: Readonly<Record<string, Act>>): [string, Act][] =>
    Object.entries(all).filter(([name]) => only === undefined || only.includes(name));
  const [mock, listener] = await Promise.all([startMock(options), startListener()]);
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const run = async ([name, act]: [string, Act]): Promise<string[]> => {
    const answers: string[] = [];
    const attempt: Attempt = {
      mock,
      async setup(state, { peerPath = '', ...params } = {}) {
        const callbackUri = `${listener.url}/${name}${peerPath as string}`;
        const body = JSON.stringify({ action: 'setup', state, params: { callbackUri, ...params } });
        return JSON.parse((await post(agent, { url: mock.states, body })).at(-1) ?? '') as JsonObject;
      },
      async invite(callId, body, more = {}) {
        const url = `${mock.url}/communications/calls/${callId as string}/participants/invite${more.query ?? ''}`;
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        const answer = await post(agent, { url, body: text, authorization: `Bearer ${mock.tokens.valid}`, ...more });
        answers.push([`answer to ${name}`, ...answer].join('\n'));
      },
      async invited(participants, params, more) {
        const { callId } = await attempt.setup('a group call', params);
        await attempt.invite(callId, { participants, clientContext: ' Context A 1 ' }, more);
      },
    };
    await act(attempt);
    return answers;
  };
  const lines = (await Promise.all(chosen(attempts).map(run))).flat();
  await mock.settled();
  for (const alone of chosen(aloneAttempts)) {
    lines.push(...(await run(alone)));
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

const standards = new Map<string, Promise<Transcript>>();

/** What a bot sees of a mock without faults and variants. */
export async function conforming(only?: readonly string[]): Promise<Transcript> {
  const key = only?.join(' ') ?? 'all';
  const standard = standards.get(key) ?? transcribe({}, only);
  standards.set(key, standard);
  return standard;
}
