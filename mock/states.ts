import { randomUUID } from 'node:crypto';
import { readCallback } from './callback';
import { errorBody } from './errors';
import { isObject, parseJson, type Json, type JsonObject } from './json';
import { LIMITS } from './limits';
import { enterAnswer, type RequestVisit } from './routing';
import type { World } from './world';

/** Maximum length of the name of an unknown state in messages, in characters. */
const LONGEST_NAME = 100;

class WrongParams extends Error {}

interface State {
  /** whether it needs a `callbackUri` */
  called: boolean;
  setup(world: World, params: JsonObject, callbackUri: string): JsonObject;
  teardown(world: World, params: JsonObject): void;
}

function flag(params: JsonObject, name: string): boolean {
  const value = params[name] ?? true;
  if (typeof value !== 'boolean') throw new WrongParams(`${name} must be a boolean.`);
  return value;
}

/** The id requested for the call, such as one from the documentation's examples; undefined: any. */
function ownId(world: World, params: JsonObject): string | undefined {
  const id = params['callId'];
  if (id === undefined || id === null) return undefined;
  if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id)) {
    throw new WrongParams('callId must be a string of 1 to 64 letters, digits, - and _.');
  }
  if ([...world.calls()].some((call) => call.id === id))
    throw new WrongParams(`callId: there is a call ${id} already.`);
  return id;
}

function endCall(world: World, params: JsonObject): void {
  const { callId, callbackUri } = params;
  for (const call of world.calls()) {
    const named = callId === undefined ? call.callbackUri === callbackUri : call.id === callId;
    if (named) world.endSilently(call.id);
  }
}

/** A meeting with one user in it. @param owner returns the application that created it; undefined: none */
function meetingOf(owner?: () => string): State {
  return {
    called: true,
    setup(world, _params, callbackUri) {
      const userId = randomUUID();
      const user = { identities: [{ kind: 'user', id: userId }], identity: { user: { id: userId } } };
      const call = world.addCall({
        kind: 'group',
        callbackUri,
        chatInfo: { threadId: `19:${randomUUID()}@thread.v2`, messageId: '0' },
        pstnNumber: true,
        members: [user],
        ...(owner ? { owner: owner() } : {}),
      });
      return { callId: call.id, userId, participantId: call.members.at(-1)?.id ?? '' };
    },
    teardown: endCall,
  };
}

const states: Record<string, State> = {
  'a group call': {
    called: true,
    setup(world, params, callbackUri) {
      const call = world.addCall({
        kind: 'group',
        callbackUri,
        chatInfo: flag(params, 'chatInfo') ? { threadId: `19:${randomUUID()}@thread.v2`, messageId: '0' } : null,
        pstnNumber: flag(params, 'pstnNumber'),
      });
      return { callId: call.id };
    },
    teardown: endCall,
  },
  'a peer-to-peer call': {
    called: true,
    setup(world, params, callbackUri) {
      const id = ownId(world, params);
      const userId = randomUUID();
      const user = { identities: [{ kind: 'user', id: userId }], identity: { user: { id: userId } } };
      const call = world.addCall({
        ...(id === undefined ? {} : { id }),
        kind: 'peerToPeer',
        callbackUri,
        chatInfo: null,
        pstnNumber: true,
        members: [user],
      });
      return { callId: call.id, userId };
    },
    teardown: endCall,
  },
  'a meeting of the same application': meetingOf(),
  'a meeting of another application': meetingOf(randomUUID),
  'users who can be invited': {
    called: false,
    setup(_world, params) {
      const count = params['count'] ?? 1;
      if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > LIMITS.users) {
        throw new WrongParams(`count must be an integer from 1 to ${LIMITS.users}.`);
      }
      return { userIds: Array.from({ length: count }, () => randomUUID()) };
    },
    teardown: () => undefined,
  },
  'a user who cannot be reached': {
    called: false,
    setup: (world) => ({ userId: world.addUnreachableUser() }),
    teardown(world, params) {
      if (typeof params['userId'] === 'string') world.forgetUser(params['userId']);
    },
  },
};

function answerTo(world: World, body: Json | undefined, allowRemote: boolean): { status: number; body: JsonObject } {
  if (!isObject(body)) return { status: 400, body: errorBody('BadRequest', 'The body must be a JSON object.') };
  const { action, state: name, params = {} } = body;
  const state = typeof name === 'string' && Object.hasOwn(states, name) ? states[name] : undefined;
  if (!state) {
    const known = Object.keys(states).map((one) => `"${one}"`);
    const message = `The state ${typeof name === 'string' ? JSON.stringify(name.slice(0, LONGEST_NAME)) : 'that is no string'} is unknown. Known are ${known.join(', ')}.`;
    return { status: 404, body: errorBody('UnknownState', message) };
  }
  if (!isObject(params)) return { status: 400, body: errorBody('BadRequest', 'params must be an object.') };
  if (action === 'teardown') {
    state.teardown(world, params);
    return { status: 200, body: {} };
  }
  if (action !== 'setup') {
    return { status: 400, body: errorBody('BadRequest', 'action must be "setup" or "teardown".') };
  }
  const callback = state.called ? readCallback(params['callbackUri'], allowRemote) : { uri: '' };
  if ('problem' in callback) return { status: 400, body: errorBody('BadRequest', callback.problem) };
  return { status: 200, body: state.setup(world, params, callback.uri) };
}

/** Validates a body and returns the response to it; invalid params are a response too, so nothing is thrown. */
function checkedAnswer(world: World, body: Json | undefined, allowRemote: boolean): ReturnType<typeof answerTo> {
  try {
    return answerTo(world, body, allowRemote);
  } catch (error) {
    if (!(error instanceof WrongParams)) throw error;
    return { status: 400, body: errorBody('BadRequest', error.message) };
  }
}

/**
 * The states endpoint: Pact's provider-state protocol, without a token.
 * `{"action":"setup","state":NAME,"params":{…}}` is answered 200 with the values. A teardown ends the call `callId`, or
 * without `callId` all calls with that `callbackUri`, and forgets the user `userId`. 404: unknown state; 400: invalid
 * params.
 * @param allowRemote whether callbacks may be on other machines
 */
export function answerState(
  world: World,
  visit: Pick<RequestVisit, 'response' | 'body' | 'entry'>,
  allowRemote: boolean,
): void {
  const { response, entry } = visit;
  const { status, body } = checkedAnswer(world, parseJson(visit.body), allowRemote);
  const headers = { 'Content-Type': 'application/json' };
  enterAnswer(entry, status, headers, body);
  response.writeHead(status, headers).end(JSON.stringify(body));
}

/** A meeting with one user in it, and the user's participant id. */
interface MeetingValues {
  callId: string;
  userId: string;
  participantId: string;
}

/** The states by name: the params and the values of each. */
export interface MockStates {
  'a group call': {
    params: { callbackUri: string; chatInfo?: boolean; pstnNumber?: boolean };
    values: { callId: string };
  };
  'a peer-to-peer call': {
    params: { callbackUri: string; callId?: string };
    values: { callId: string; userId: string };
  };
  'a meeting of the same application': { params: { callbackUri: string }; values: MeetingValues };
  'a meeting of another application': { params: { callbackUri: string }; values: MeetingValues };
  'users who can be invited': { params: { count?: number }; values: { userIds: string[] } };
  'a user who cannot be reached': { params: Record<string, never>; values: { userId: string } };
}

/**
 * Sets up a state, as the states endpoint does.
 * @throws Error for an unknown state, or invalid params
 */
export function setUp<N extends keyof MockStates>(
  world: World,
  state: N,
  params: MockStates[N]['params'],
  allowRemote: boolean,
): MockStates[N]['values'] {
  const { status, body } = checkedAnswer(world, { action: 'setup', state, params }, allowRemote);
  if (status === 200) return body as MockStates[N]['values'];
  const error = body['error'];
  throw new Error(isObject(error) && typeof error['message'] === 'string' ? error['message'] : `status ${status}`);
}
