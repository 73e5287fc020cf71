import { since, type MockEdition } from './edition';
import { refusal, type Refusal } from './errors';
import type { Finding, RuleName } from './hooks';
import { keyOf } from './identity';
import { isObject } from './json';
import { LIMITS } from './limits';
import type { Attempt, Call, ResultInfo } from './model';
import { permissionProblem, type Tokens } from './tokens';

/** The context in which rules are applied. */
export interface Knowledge {
  edition: MockEdition;
  tokens: Tokens;
  /** finds a live call that the bearer of the authorization may see */
  find(callId: string, authorization: string | undefined): Call | undefined;
  isUnreachable(userId: string): boolean;
}

type Rule = (attempt: Attempt, knowledge: Knowledge) => Finding;

const refused = (reason: Refusal): Finding => ({ refusal: reason });
const badRequest = (message: string): Finding => refused(refusal(400, 'BadRequest', message));
const failing = (code: number, subcode: number, message: string): Finding => {
  const failure: ResultInfo = { code, subcode, message };
  return { failure };
};

/** Whether a Content-Type header names `application/json`, with any parameters. */
export function isJsonType(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

/** A number in E.164: a plus, and up to 15 digits. */
const E164 = /^\+[1-9]\d{1,14}$/;

/** All documented rules, in the order in which they are applied: the caller, the call, the content. */
export const RULES: readonly [RuleName, Rule][] = [
  [
    'authentication',
    ({ authorization }, { tokens }) => {
      const verified = tokens.verify(authorization);
      return 'refusal' in verified ? verified : undefined;
    },
  ],
  [
    'authorization',
    ({ authorization }, { tokens }) => {
      const verified = tokens.verify(authorization);
      const denied = 'caller' in verified ? permissionProblem(verified.caller, tokens) : undefined;
      return denied && refused(denied);
    },
  ],
  ['call', ({ call }) => (call ? undefined : refused(refusal(404, '8522', 'Call not found.')))],
  [
    'content-type',
    ({ contentType }) => {
      if (isJsonType(contentType)) return undefined;
      return refused(refusal(415, 'BadRequest', 'Entity only allows writes with a JSON Content-Type header.'));
    },
  ],
  [
    'json',
    ({ body, repeated }) => {
      if (!isObject(body)) return badRequest('Unable to read JSON request payload. Please ensure it is a JSON object.');
      return repeated.length > 0 ? badRequest(`A parameter is given twice: ${repeated.join(', ')}.`) : undefined;
    },
  ],
  [
    'participants',
    ({ given }) => {
      if (Array.isArray(given) && given.length > 0) return undefined;
      return badRequest('The parameter participants must be a collection with one participant or more.');
    },
  ],
  [
    'identity',
    ({ anonymous }) => (anonymous ? badRequest('Each participant needs an identity with an id.') : undefined),
  ],
  [
    'client-context',
    ({ clientContext }) => {
      if (clientContext === undefined || clientContext === null) return undefined;
      if (typeof clientContext !== 'string') return badRequest('The parameter clientContext must be a string.');
      if (clientContext.length <= LIMITS.clientContext) return undefined;
      return badRequest(`The parameter clientContext is longer than ${LIMITS.clientContext} characters.`);
    },
  ],
  [
    'group-call',
    ({ call, participants }, { edition }) => {
      if (call?.kind !== 'peerToPeer') return undefined;
      if (!since(edition, '2025-07-23')) return badRequest('Invite is only supported for group calls.');
      return participants.length > 1 ? badRequest('Inviting several participants needs a group call.') : undefined;
    },
  ],
  [
    'one-bot',
    ({ call, participants }, { edition }) => {
      const bot = participants.some(({ identities }) => identities.some(({ kind }) => kind === 'application'));
      if (!bot || call?.kind !== 'group' || !since(edition, '2025-07-23')) return undefined;
      return badRequest('A group call that has a bot takes no other.');
    },
  ],
  [
    'limit',
    ({ participants }) => {
      if (participants.length <= LIMITS.participants) return undefined;
      return badRequest(`Up to ${LIMITS.participants} participants can be invited at once.`);
    },
  ],
  [
    'chat-info',
    ({ call, participants }) => {
      if (!call || call.chatInfo || participants.length < 2) return undefined;
      return badRequest('Inviting several participants needs a call with a valid chatInfo.');
    },
  ],
  [
    'duplicate',
    ({ call, participants }) => {
      const keys = participants.flatMap((participant) => participant.identities.map(keyOf));
      const twice = new Set(keys).size < keys.length;
      const known = keys.some((key) => call?.expected.has(key) === true || call?.present.has(key) === true);
      return twice || known ? badRequest('The same identity cannot be invited multiple times.') : undefined;
    },
  ],
  [
    'e164',
    ({ participants }, { edition }) => {
      const phones = participants.flatMap(({ identities }) => identities.filter(({ kind }) => kind === 'phone'));
      if (!since(edition, '2025-07-23') || phones.every(({ id }) => E164.test(id))) return undefined;
      return badRequest('The id of a phone must be its number in E.164 format.');
    },
  ],
  [
    'pstn-number',
    ({ call, participants }) => {
      const phone = participants.some(({ identities }) => identities.some(({ kind }) => kind === 'phone'));
      if (!phone || !call || call.pstnNumber) return undefined;
      return badRequest('Inviting a phone needs an application instance with a PSTN number.');
    },
  ],
  [
    'capacity',
    ({ call, participants, bytes }) => {
      if (!call) return undefined;
      const full =
        call.queue.waiting + 4 > LIMITS.queue ||
        call.bytes + bytes > LIMITS.callBytes ||
        call.operations.size >= LIMITS.operations ||
        call.present.size + call.expected.size + participants.length > LIMITS.members;
      return full ? refused(refusal(429, 'TooManyRequests', 'Too many requests.', { 'Retry-After': '1' })) : undefined;
    },
  ],
  [
    'replaced-call',
    ({ authorization, callId, participants }, knowledge) => {
      const replaces = participants[0]?.replacesCallId;
      if (replaces === undefined || replaces === null) return undefined;
      const replaced = replaces === callId ? undefined : knowledge.find(replaces, authorization);
      if (replaced?.kind === 'peerToPeer') return undefined;
      if (replaced && since(knowledge.edition, '2025-07-23')) {
        const moved = replaced.members.some(({ id }) => id === participants[0]?.participantId);
        return moved ? undefined : failing(500, 5000, 'The participant to move was not found in that call.');
      }
      return failing(500, 5000, 'The call to replace was not found, or is not a peer-to-peer call.');
    },
  ],
  [
    'reachable',
    ({ participants }, knowledge) => {
      const unreachable = participants.some(({ identities }) =>
        identities.some(({ kind, id }) => kind === 'user' && knowledge.isUnreachable(id)),
      );
      return unreachable ? failing(480, 10_037, 'addParticipants failed: the user cannot be reached.') : undefined;
    },
  ],
];
