import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MatchersV3, PactV4 } from '@pact-foundation/pact';

/** Disables Pact's usage statistics. */
process.env['PACT_DO_NOT_TRACK'] = 'true';

// Pact's mock server records a request after it has answered it, and Pact reads the record as soon as the bot has the
// response: on a busy machine about one run in a hundred finds it missing. A failed test is printed and repeated once;
// a wrong contract fails both times.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

const { regex, fromProviderState } = MatchersV3;

/** The folder of the contract; a temporary one unless the contract is kept or compared. */
const kept = process.env['INVITE_PACT_FOLDER'];
const folder = kept ?? mkdtempSync(join(tmpdir(), 'invite-pact-'));

afterAll(() => {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
});

/**
 * Creates a Pact for one test: each interaction has its own, and all interactions of a bot go to one file.
 * @param consumer the bot; a bot of a later edition has a separate file with only its additions
 */
export function pact(consumer = 'inviting-bot'): PactV4 {
  return new PactV4({ consumer, provider: 'participant-invite', dir: folder, logLevel: 'error' });
}

/** The group of the reference in which an interaction lists the behaviours that it covers, and the reference's name. */
export const COVERS = ['invite-conformance', 'covers'] as const;

export const EXAMPLE = {
  callId: 'ab6233a5-20b7-4c5e-bea2-ce56c9776429',
  peerCallId: 'a7ebfb2d-871e-419c-87af-27290b22e8db',
  meetingId: '57dab8b1-894c-409a-b240-bd8beae78896',
  participantId: '7d501bf1-5ee4-4605-ba92-0ae4513c611c',
  operationId: 'eec3812a-fdc3-4fb4-825c-a06c9f35414e',
  userId: '278405a3-f568-4b3e-b684-009193463064',
  otherUserId: '7e1b4346-85a6-4bdd-abe3-d11c5d420efe',
  phone: '+12345678901',
  token: 'the-token-of-the-bot',
} as const;

/** Provider states, as documented in docs/contracts.md. */
export const STATES = {
  groupCall: ['a group call', { chatInfo: true, pstnNumber: true }],
  oneUser: ['users who can be invited', { count: 1 }],
  twoUsers: ['users who can be invited', { count: 2 }],
  peerToPeerCall: ['a peer-to-peer call', {}],
  meeting: ['a meeting of the same application', {}],
  unreachableUser: ['a user who cannot be reached', {}],
  phone: ['a phone that can be invited', {}],
  unknownCall: ['a call that does not exist', {}],
  noToken: ['a caller without a token', {}],
  otherScheme: ['a caller with a name and a password', {}],
  unknownToken: ['a caller with a token that nobody issued', {}],
  withoutPermission: ['an application without the call permission', {}],
  delegated: ['a caller with a delegated token', {}],
} as const;

export type State = (typeof STATES)[keyof typeof STATES];

/** The path of an invitation, with the call id from the provider state. */
export const PATH = fromProviderState(
  '/communications/calls/${callId}/participants/invite',
  `/communications/calls/${EXAMPLE.callId}/participants/invite`,
);

/**
 * Each test has a new server: no connection is kept between tests, and a request that reached no server, because it was
 * not started yet or the port belonged to a previous one, is sent again.
 */
export const patientFetch: typeof fetch = (input, init) => {
  const send = (): Promise<Response> =>
    fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), Connection: 'close' } });
  return send().catch(send);
};

/** A media type with or without parameters, in any case. */
export const JSON_TYPE = regex('(?i)application/json(\\s*;.*)?', 'application/json');

/** Any token; the verification replaces it by the token that fits the state. */
export const ANY_BEARER = regex('Bearer .+', `Bearer ${EXAMPLE.token}`);

/** A non-empty string; a pattern alone would also accept a number or null, which it compares as text. */
export const filled = (example: string) => ({
  'pact:matcher:type': [{ 'pact:matcher:type': 'type' }, { 'pact:matcher:type': 'notEmpty' }],
  value: example,
});

/** A word in any case, because the documentation mixes them. */
export const anyCase = (word: string) => regex(`(?i)${word}`, word);

export const identity = (kind: 'user' | 'phone', id: unknown) => ({
  '@odata.type': '#microsoft.graph.invitationParticipantInfo',
  identity: {
    '@odata.type': '#microsoft.graph.identitySet',
    [kind]: { '@odata.type': '#microsoft.graph.identity', id },
  },
});

/** The behaviours of every accepted invitation. */
export const ANSWER = [
  'request.route',
  'response.status-200',
  'response.location',
  'response.location-operation',
  'response.json',
  'response.operation',
  'response.odata-type',
  'response.operation-id',
  'response.status-running',
  'response.client-context',
  'response.participants',
];

/** The URI of the operation. */
export const LOCATION = regex(
  // The verification compares its form with the id in the body.
  '(?i).*operations[/(%][^/?#]+(/(microsoft\\.)?graph\\.[a-z]+)?/?([?#].*)?',
  `/communications/calls/${EXAMPLE.callId}/operations/${EXAMPLE.operationId}`,
);
