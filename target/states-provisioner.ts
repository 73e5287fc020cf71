import { parseJson } from '../history/body';
import { readableBody } from '../history/content-encoding';
import type { Exchange } from '../history/events';
import { isObject, previewText, stringMember } from '../history/values';
import type { Client, TargetRequest } from './client';
import { responseText } from './response-text';
import { NotProvided } from './errors';
import { withRetryAfter, retryWhileRefused } from './retry-after';
import { CallIds, ProvisionedItems, idProblem, pathSegmentProblem, type Provisioner } from './provisioning';

const ADVICE =
  'The states endpoint must accept POST {"action": "setup", "state": …, "params": {…}} and answer 200 with a JSON object of values, or 404 for an unknown state.';

/** The callback of calls that only test a state: an address where nothing listens. */
const UNUSED = 'http://127.0.0.1:9/';

/** The states of meetings with a participant. */
const MEETINGS = { same: 'a meeting of the same application', another: 'a meeting of another application' } as const;

/** The longest wait for the states endpoint when states are torn down, ms. */
const RELEASE_TIME = 3000;

/**
 * Provisions with Pact's provider states, at an endpoint of the service under test.
 * @param url the endpoint's URL
 */
export function statesProvisioner(url: string, client: Client): Provisioner {
  const calls = new CallIds();
  const provisioned = new ProvisionedItems<{ state: string; params: Record<string, unknown> }>();
  const shownUrl = client.clean(url);
  const asked = `requested from ${shownUrl}`;
  const said = (content: string): string => previewText(client.clean(content));

  function post(
    action: 'setup' | 'teardown',
    state: string,
    params: Record<string, unknown>,
    gone = false,
  ): Promise<Exchange> {
    const teardown = action === 'teardown';
    const sending: TargetRequest = {
      method: 'POST',
      url,
      headers: { 'Content-Type': 'application/json' },
      body: Buffer.from(JSON.stringify({ action, state, params })),
      purpose: teardown ? 'release' : 'provision',
      scenario: '',
      ...(teardown ? { timeoutMs: RELEASE_TIME } : {}),
    };
    return teardown
      ? retryWhileRefused(() => client.send(sending), gone ? 0 : undefined)
      : withRetryAfter(() => client.send(sending), client.timeoutMs);
  }

  const setUp = (state: string, params: Record<string, unknown>): Promise<Record<string, unknown>> =>
    provisioned.during(make(state, params));

  async function make(state: string, params: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { n, response, failure } = await post('setup', state, params);
    const at = `state '${state}' (exchange ${n})`;
    // If the request was sent but not answered, the state may have been set up.
    const taken = response ? response.status === 200 : failure?.cause !== 'refused';
    if (taken) provisioned.add({ state, params });
    if (!response) throw new NotProvided('environment', `${at}: ${failure?.reason ?? 'no response'}; ${asked}`, ADVICE);
    if (response.status === 404)
      throw new NotProvided('unsupported', `${at}: the states endpoint does not know it (404)`, ADVICE);
    if (response.status !== 200) {
      throw new NotProvided('environment', `${at}: answered ${responseText(response, client.clean)}; ${asked}`, ADVICE);
    }
    const json = parseJson(response.body, response.headers);
    if (!json.ok || !isObject(json.value)) {
      throw new NotProvided(
        'environment',
        `${at}: the response is not a JSON object${json.ok ? '' : ` (${json.reason})`}: ${said(readableBody(response.body, response.headers).content)}; ${asked}`,
        ADVICE,
      );
    }
    return json.value;
  }

  function value(values: Record<string, unknown>, key: string, state: string): string {
    const found = stringMember(values, key);
    const wrong =
      found === undefined || found === ''
        ? 'not a string'
        : (pathSegmentProblem(found) ?? (key === 'callId' ? calls.problem(found) : undefined));
    if (found !== undefined && wrong === undefined) return found;
    const seen = previewText(client.clean(values[key]));
    throw new NotProvided('environment', `state '${state}': its value ${key} is ${seen}, ${wrong}`, ADVICE);
  }

  /** Whether the endpoint answers 404 to every state, so that its URL must be wrong; 404 to some states is correct. */
  async function knowsNothing(): Promise<boolean> {
    const states: [string, Record<string, unknown>][] = [
      ['users who can be invited', { count: 1 }],
      ['a user who cannot be reached', {}],
      ['a group call', { callbackUri: UNUSED }],
      ['a peer-to-peer call', { callbackUri: UNUSED }],
    ];
    for (const [state, params] of states) {
      const { response } = await provisioned.during(post('setup', state, params));
      if (response?.status === 200) provisioned.add({ state, params });
      if (response?.status !== 404) return false;
    }
    return true;
  }

  return {
    unavailableReason: async () =>
      (await knowsNothing()) ? `${shownUrl} answered 404 to every state; check the path in --states` : undefined,
    groupCall: async ({ chatInfo, pstnNumber, callbackUri }) => {
      const state = 'a group call';
      return { callId: value(await setUp(state, { callbackUri, chatInfo, pstnNumber }), 'callId', state) };
    },
    peerToPeerCall: async (callbackUri) => {
      const state = 'a peer-to-peer call';
      const values = await setUp(state, { callbackUri });
      return { callId: value(values, 'callId', state), userId: value(values, 'userId', state) };
    },
    meeting: async ({ application, callbackUri }) => {
      const state = MEETINGS[application];
      const values = await setUp(state, { callbackUri });
      return {
        callId: value(values, 'callId', state),
        userId: value(values, 'userId', state),
        participantId: value(values, 'participantId', state),
      };
    },
    users: async (count) => {
      const state = 'users who can be invited';
      const { userIds } = await setUp(state, { count });
      const ids = Array.isArray(userIds)
        ? userIds.filter((id): id is string => typeof id === 'string' && id !== '')
        : [];
      const different = [...new Set(ids)].slice(0, count);
      const long = different.find((id) => idProblem(id) !== undefined);
      if (long !== undefined) {
        const seen = previewText(client.clean(long));
        const wrong = `state '${state}': a value of its userIds is ${seen}, ${idProblem(long)}`;
        throw new NotProvided('environment', wrong, ADVICE);
      }
      if (different.length >= count) return different;
      throw new NotProvided(
        'environment',
        `state '${state}': its value userIds is ${previewText(client.clean(userIds))}, not ${count} different strings`,
        ADVICE,
      );
    },
    unreachableUser: async () => {
      const state = 'a user who cannot be reached';
      return value(await setUp(state, {}), 'userId', state);
    },
    release: (gone) =>
      provisioned.release(async ({ state, params }) => {
        const { response } = await post('teardown', state, params, gone);
        return response !== undefined && response.status >= 200 && response.status <= 299;
      }),
  };
}
