import type { CallRecord, InvitedIdentity } from '../../history/events';
import { previewText } from '../../history/values';
import type { RunOptions } from '../../schemas/run-options';
import type { Capability, ContractContext } from '../../suites/scenario';
import { NotProvided, missingToken } from '../../target/errors';
import type { Tokens } from '../../target/tokens';
import type { ProviderState } from './pact-file';

/** The authorization of a request: a token of the run, no header, or the header of the contract. */
export type Caller = keyof Tokens | 'none' | 'asItStands';

/** The results of an interaction's provider states. */
export interface StateResults {
  /** The values for `fromProviderState`. */
  values: Record<string, string>;
  caller: Caller;
  invitees: InvitedIdentity[];
  call?: CallRecord;
  peerCall?: CallRecord;
  /** A call that does not exist. */
  unknownCall?: CallRecord;
}

/** What setting up states needs. */
export interface StateContext {
  context: ContractContext;
  capabilities: RunOptions['capabilities'];
}

type Make = (given: StateResults, params: ProviderState['params'], means: StateContext) => void | Promise<void>;

const calledBy =
  (caller: Caller): Make =>
  (given, _params, { context }) => {
    const named = caller === 'withoutPermission' || caller === 'delegated';
    if (named && context.tokens[caller] === undefined) {
      const advice = `Set tokens.${caller} in the config.`;
      throw new NotProvided('unsupported', `tokens.${caller} is not configured`, advice);
    }
    given.caller = caller;
  };

/** The config declares a capability absent that a state needs. */
export class CapabilityAbsent extends Error {}

function needs(capability: Capability, { capabilities }: StateContext): void {
  if (capabilities[capability]) return;
  throw new CapabilityAbsent(`the config declares the capability ${capability} absent`);
}

/** States that determine the caller, if it is not an application with the permission. */
const CALLERS: Record<string, Make> = {
  'a caller without a token': calledBy('none'),
  'a caller with a name and a password': calledBy('asItStands'),
  'a caller with a token that nobody issued': calledBy('asItStands'),
  'an application without the call permission': calledBy('withoutPermission'),
  'a caller with a delegated token': calledBy('delegated'),
};

const MAKERS: Record<string, Make> = {
  'a group call': async (given, { chatInfo, pstnNumber }, { context }) => {
    const call = await context.groupCall({ chatInfo: chatInfo !== false, pstnNumber: pstnNumber !== false });
    given.call = call;
    given.values['callId'] = call.callId;
  },
  'a peer-to-peer call': async (given, _params, means) => {
    needs('replace', means);
    const { call, user } = await means.context.peerToPeerCall();
    given.peerCall = call;
    given.invitees.push(user);
    given.values['callId'] ??= call.callId;
    Object.assign(given.values, { replacesCallId: call.callId, userId: user.id });
  },
  'a meeting of the same application': async (given, _params, means) => {
    needs('move', means);
    const { call, user, participantId } = await means.context.meeting('same');
    given.invitees.push(user);
    given.values['callId'] ??= call.callId;
    Object.assign(given.values, { replacesCallId: call.callId, userId: user.id, participantId });
  },
  'users who can be invited': async (given, params, means) => {
    const count = typeof params['count'] === 'number' ? params['count'] : 1;
    if (count > 1) needs('multiple', means);
    const users = await means.context.users(count);
    given.invitees.push(...users);
    given.values['userId'] ??= users[0]?.id ?? '';
    for (const [i, { id }] of users.entries()) given.values[`userId${i + 1}`] = id;
  },
  'a user who cannot be reached': async (given, _params, means) => {
    needs('failure', means);
    const user = await means.context.unreachableUser();
    given.invitees.push(user);
    given.values['userId'] = user.id;
  },
  'a phone that can be invited': (given, _params, means) => {
    needs('pstn', means);
    const phone = means.context.phone(true);
    given.invitees.push(phone);
    given.values['phone'] = phone.id;
  },
  'a call that does not exist': (given, _params, { context }) => {
    const call = context.unknownCall();
    given.unknownCall = call;
    given.values['callId'] = call.callId;
  },
  ...CALLERS,
};

/** The allowed values of a param of a provider state. */
interface Param {
  allowed: string;
  fits: (value: unknown) => boolean;
}

/** The maximum number of users for one interaction. */
const MOST_USERS = 100;

const YES_OR_NO: Param = { allowed: 'true or false', fits: (value) => typeof value === 'boolean' };
const COUNT: Param = {
  allowed: `a whole number from 1 to ${MOST_USERS}`,
  fits: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_USERS,
};

/** The params of the states that have some. */
const PARAMS: Record<string, Record<string, Param>> = {
  'a group call': { chatInfo: YES_OR_NO, pstnNumber: YES_OR_NO },
  'users who can be invited': { count: COUNT },
};

/** @throws NotProvided for an unknown param, or a param with a wrong value */
function checkParams({ name, params }: ProviderState): void {
  const known = Object.hasOwn(PARAMS, name) ? (PARAMS[name] ?? {}) : {};
  for (const [key, value] of Object.entries(params)) {
    const param = Object.hasOwn(known, key) ? known[key] : undefined;
    if (param?.fits(value) === true) continue;
    const names = Object.keys(known);
    const all = names.length > 0 ? `it takes ${names.join(' and ')}` : 'it has no params';
    const wrong = `the provider state '${name}'`;
    const what = param
      ? `${wrong}: the param ${key} must be ${param.allowed}; it is ${previewText(value)}`
      : `${wrong} has no param ${previewText(key)}; ${all}`;
    throw new NotProvided('unsupported', what, 'Correct the params in the contract.');
  }
}

/** Quotes a name of any length for a message. */
function quoted(name: string): string {
  return `'${name.length > 160 ? `${name.slice(0, 160)}…` : name}'`;
}

/** The names of the supported provider states. */
export const KNOWN_STATES = Object.keys(MAKERS);

/**
 * Sets up the provider states of an interaction, in order, after checking all of them.
 * @throws NotProvided if one is unknown, has invalid params, or can't be provided
 * @throws CapabilityAbsent if the config declares a needed capability absent
 */
export async function setUpStates(states: readonly ProviderState[], means: StateContext): Promise<StateResults> {
  const given: StateResults = { values: {}, caller: 'valid', invitees: [] };
  const authorizes = states.some(({ name }) => Object.hasOwn(CALLERS, name));
  if (!authorizes && means.context.tokens.valid === undefined) throw missingToken('the interaction needs it');
  const making = states.map((state) => {
    const { name, params } = state;
    const make = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined;
    if (!make) {
      const advice = `Known are: ${KNOWN_STATES.join('; ')}.`;
      throw new NotProvided('unsupported', `the provider state ${quoted(name)} is unknown`, advice);
    }
    checkParams(state);
    return () => make(given, params, means);
  });
  for (const make of making) await make();
  // The group call takes precedence over the peer-to-peer call that an invitation replaces.
  if (given.call) given.values['callId'] = given.call.callId;
  return given;
}
