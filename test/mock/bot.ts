import { randomUUID } from 'node:crypto';
import { startMock, type Mock, type MockOptions } from '../../mock';
import type { JsonObject } from '../../mock/json';
import { startListener, type Delivery, type Listener } from './listener';

/** A response of the mock. */
export interface Reply {
  status: number;
  headers: Headers;
  body: JsonObject;
}

/** A mock, a callback, and the requests of a bot. */
export interface Bench {
  mock: Mock;
  listener: Listener;
  request(method: string, path: string, init?: { body?: unknown; headers?: Record<string, string> }): Promise<Reply>;
  setup(state: string, params?: JsonObject): Promise<JsonObject>;
  groupCall(params?: JsonObject): Promise<string>;
  invite(callId: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  close(): Promise<void>;
}

/** A user in an invitation. */
export function user(id: string = randomUUID(), more: JsonObject = {}): JsonObject {
  return {
    '@odata.type': '#microsoft.graph.invitationParticipantInfo',
    identity: { '@odata.type': '#microsoft.graph.identitySet', user: { id, displayName: 'string' } },
    ...more,
  };
}

/** A phone in an invitation. */
export function phone(id: string = '+12345678901'): JsonObject {
  return { identity: { phone: { '@odata.type': '#microsoft.graph.identity', id } } };
}

/** Whether a delivery contains a change of a resource whose path ends with `path`. */
export function about(path: string): (delivery: Delivery) => boolean {
  return ({ changes }) => changes.some((change) => (change['resourceUrl'] as string).endsWith(path));
}

async function send(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Reply> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: text }) });
  const raw = await response.text();
  let parsed: JsonObject = {};
  try {
    parsed = JSON.parse(raw) as JsonObject;
  } catch {
    parsed = { text: raw };
  }
  return { status: response.status, headers: response.headers, body: parsed };
}

/** Starts a mock and a callback. */
export async function startBench(options: MockOptions = {}): Promise<Bench> {
  const [mock, listener] = await Promise.all([startMock(options), startListener()]);
  const standard = { Authorization: `Bearer ${mock.tokens.valid}`, 'Content-Type': 'application/json' };
  const bench: Bench = {
    mock,
    listener,
    request: async (method, path, init = {}) =>
      send(`${mock.url}${path}`, method, init.body, { ...standard, ...init.headers }),
    async setup(state, params = {}) {
      const reply = await send(mock.states, 'POST', { action: 'setup', state, params }, standard);
      if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
      return reply.body;
    },
    async groupCall(params = {}) {
      const values = await bench.setup('a group call', { callbackUri: listener.url, ...params });
      return values['callId'] as string;
    },
    invite: async (callId, body, headers) =>
      bench.request('POST', `/communications/calls/${callId}/participants/invite`, {
        body,
        ...(headers ? { headers } : {}),
      }),
    async close() {
      await mock.close();
      await listener.close();
    },
  };
  return bench;
}
