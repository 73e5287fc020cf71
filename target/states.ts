import { parseJson } from '../history/body';
import type { Exchange } from '../history/events';
import { isObject, show, text } from '../history/values';
import type { Client } from './client';
import { NotProvided } from './errors';
import type { Provisioner } from './provisioning';

const ADVICE =
  'The states endpoint takes POST {"action": "setup", "state": …, "params": {…}} and answers 200 with a JSON object of values, 404 for a state that it does not know.';

/** The longest wait for the states endpoint when things are given back, ms. */
const RELEASE_TIME = 3000;

/**
 * Provisions by Pact's provider states, at an endpoint of the service under test.
 * @param url where the endpoint takes its POSTs
 */
export function statesProvisioner(url: string, client: Client): Provisioner {
  const done: { state: string; params: Record<string, unknown> }[] = [];

  function post(action: 'setup' | 'teardown', state: string, params: Record<string, unknown>): Promise<Exchange> {
    return client.send({
      method: 'POST',
      url,
      headers: { 'Content-Type': 'application/json' },
      body: Buffer.from(JSON.stringify({ action, state, params })),
      purpose: action === 'setup' ? 'provision' : 'release',
      scenario: '',
      ...(action === 'teardown' ? { timeoutMs: RELEASE_TIME } : {}),
    });
  }

  async function setUp(state: string, params: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { n, response, failure } = await post('setup', state, params);
    const at = `state '${state}' (exchange ${n})`;
    if (!response) throw new NotProvided('environment', `${at}: ${failure?.reason ?? 'no answer'}`, ADVICE);
    if (response.status === 404)
      throw new NotProvided('unsupported', `${at}: the states endpoint does not know it (404)`, ADVICE);
    if (response.status !== 200) {
      throw new NotProvided(
        'environment',
        `${at}: answered ${response.status}: ${show(response.body.content)}`,
        ADVICE,
      );
    }
    const json = parseJson(response.body);
    if (!json.ok || !isObject(json.value)) {
      throw new NotProvided(
        'environment',
        `${at}: the answer is no JSON object: ${show(response.body.content)}`,
        ADVICE,
      );
    }
    done.push({ state, params });
    return json.value;
  }

  function value(values: Record<string, unknown>, key: string, state: string): string {
    const found = text(values, key);
    if (found !== undefined && found !== '') return found;
    const seen = show(values[key]);
    throw new NotProvided('environment', `state '${state}': its value ${key} is ${seen}, not a string`, ADVICE);
  }

  return {
    groupCall: async ({ chatInfo, pstnNumber, callbackUri }) => {
      const state = 'a group call';
      return { callId: value(await setUp(state, { callbackUri, chatInfo, pstnNumber }), 'callId', state) };
    },
    peerToPeerCall: async (callbackUri) => {
      const state = 'a peer-to-peer call';
      const values = await setUp(state, { callbackUri });
      return { callId: value(values, 'callId', state), userId: value(values, 'userId', state) };
    },
    users: async (count) => {
      const state = 'users who can be invited';
      const { userIds } = await setUp(state, { count });
      const ids = Array.isArray(userIds)
        ? userIds.filter((id): id is string => typeof id === 'string' && id !== '')
        : [];
      const different = [...new Set(ids)];
      if (different.length >= count) return different.slice(0, count);
      throw new NotProvided(
        'environment',
        `state '${state}': its value userIds is ${show(userIds)}, not ${count} different strings`,
        ADVICE,
      );
    },
    unreachableUser: async () => {
      const state = 'a user who cannot be reached';
      return value(await setUp(state, {}), 'userId', state);
    },
    release: async () => {
      await Promise.all(done.splice(0).map(({ state, params }) => post('teardown', state, params)));
    },
  };
}
