import { randomUUID } from 'node:crypto';
import { followUpInvitation } from './follow-up-invitation';
import {
  acceptedAttempt,
  refusedAfterAccepted,
  refusedInvitation,
  type RefusedInvitation,
} from './invitation-attempts';
import { BODIES } from './request-bodies';
import { CALL_IDS } from './request-call-ids';
import { CONTEXTS as ODD_CONTEXTS } from './request-contexts';
import { DUPLICATES } from './request-duplicates';
import { PEER_CALLS } from './request-peer-calls';
import type { Scenario } from './scenario';
import { without, PARTICIPANT_BEHAVIORS, ACCEPTED_BEHAVIORS, REFUSAL_BEHAVIORS } from './behavior-lists';
import { usersToRefuse } from './users';

/** A unique context of the given number of characters, with letters in both cases and characters that are escaped. */
function contextOf(length: number): string {
  return `${randomUUID()}="\\${randomUUID().toUpperCase()}<&>/`.repeat(Math.ceil(length / 79)).slice(0, length);
}

/** Moves the members of a participant's identity into the participant. */
function withoutIdentitySet(participant: unknown): unknown {
  const { identity, ...rest } = participant as { identity: object };
  return { ...identity, ...rest };
}

const ANY_CASE = 'request.parameter-names-any-case';
const CONTENT_TYPE = 'request.content-type';
const OVER_LIMIT = ['request.client-context-over-limit', ...REFUSAL_BEHAVIORS] as const;
const REQUIRED = 'request.participants-required';
const IDENTITY = 'request.participant-identity';
const CONTEXTS = ['response.client-context', 'completion.client-context'];

const OTHER_CONTENT_TYPES: readonly RefusedInvitation[] = [
  refusedInvitation('text', CONTENT_TYPE, 'sent as text/plain', { contentType: 'text/plain' }),
  refusedInvitation('text-json', CONTENT_TYPE, 'sent as text/json', { contentType: 'text/json' }),
  refusedInvitation('multipart', CONTENT_TYPE, 'sent as multipart/form-data', {
    contentType: 'multipart/form-data; boundary=invitation',
  }),
  refusedInvitation('form', CONTENT_TYPE, 'sent as application/x-www-form-urlencoded', {
    contentType: 'application/x-www-form-urlencoded',
  }),
  refusedInvitation('vendor-json', CONTENT_TYPE, 'sent as application/vnd.api+json', {
    contentType: 'application/vnd.api+json',
  }),
  refusedInvitation('json-patch', CONTENT_TYPE, 'sent as application/json-patch+json', {
    contentType: 'application/json-patch+json',
  }),
  refusedInvitation('xml', CONTENT_TYPE, 'sent as application/xml', { contentType: 'application/xml' }),
  refusedInvitation('octets', CONTENT_TYPE, 'sent as application/octet-stream', {
    contentType: 'application/octet-stream',
  }),
  refusedInvitation('javascript', CONTENT_TYPE, 'sent as application/javascript', {
    contentType: 'application/javascript',
  }),
  refusedInvitation('empty-content-type', CONTENT_TYPE, 'sent with an empty Content-Type', { contentType: '' }),
  refusedInvitation('no-content-type', CONTENT_TYPE, 'sent without a Content-Type', { contentType: null }),
];

const WRONG_BODIES: readonly RefusedInvitation[] = [
  refusedInvitation('truncated', 'request.malformed-json', 'a JSON body that is cut off', {
    body: (plain) => JSON.stringify(plain).slice(0, -2),
  }),
  refusedInvitation('trailing', 'request.malformed-json', 'a JSON body followed by other text', {
    body: (plain) => `${JSON.stringify(plain)}x`,
  }),
  refusedInvitation('no-json', 'request.malformed-json', 'a body that is not JSON', {
    body: () => 'participants=everybody',
  }),
  refusedInvitation('no-participants', REQUIRED, 'no participants', {
    body: ({ clientContext }) => ({ clientContext }),
  }),
  refusedInvitation('null-participants', REQUIRED, 'participants null', {
    body: (plain) => ({ ...plain, participants: null }),
  }),
  refusedInvitation('object-participants', REQUIRED, 'participants as an object, not an array', {
    body: (plain) => ({ ...plain, participants: plain.participants[0] }),
  }),
  refusedInvitation('string-participants', REQUIRED, 'participants a string', {
    body: (plain) => ({ ...plain, participants: 'everybody' }),
  }),
  refusedInvitation('no-identity', IDENTITY, 'a participant without identity', {
    body: (plain) => ({
      ...plain,
      participants: [{ '@odata.type': '#microsoft.graph.invitationParticipantInfo' }],
    }),
  }),
  refusedInvitation('null-identity', IDENTITY, 'a participant whose identity is null', {
    body: (plain) => ({
      ...plain,
      participants: [{ '@odata.type': '#microsoft.graph.invitationParticipantInfo', identity: null }],
    }),
  }),
  refusedInvitation('identity-outside', IDENTITY, 'a participant whose user is not within identity', {
    body: (plain) => ({ ...plain, participants: plain.participants.map(withoutIdentitySet) }),
  }),
  refusedInvitation('second-without-identity', IDENTITY, 'a second participant without identity', {
    body: (plain) => ({
      ...plain,
      participants: [...plain.participants, { '@odata.type': '#microsoft.graph.invitationParticipantInfo' }],
    }),
  }),
];

/** Forms of a request that must be accepted or refused. */
export const request: Scenario = {
  name: 'request',
  attempts: [
    acceptedAttempt('charset-upper-case', [CONTENT_TYPE], 'sent as application/json;charset=UTF-8', {
      contentType: 'application/json;charset=UTF-8',
    }),
    refusedAfterAccepted('content-types', OTHER_CONTENT_TYPES, {
      name: 'charset',
      says: 'sent as application/json; charset=utf-8',
      tries: [CONTENT_TYPE, ...ACCEPTED_BEHAVIORS],
      options: { contentType: 'application/json; charset=utf-8' },
    }),
    refusedAfterAccepted('bodies', WRONG_BODIES, {
      name: 'any-case',
      says: 'parameters named Participants and CLIENTCONTEXT',
      tries: [ANY_CASE, ...without(ACCEPTED_BEHAVIORS, [...PARTICIPANT_BEHAVIORS, ...CONTEXTS])],
      options: {
        body: ({ participants, clientContext }) => ({ Participants: participants, CLIENTCONTEXT: clientContext }),
      },
    }),
    {
      // To one call: it must not remember the context of an earlier invitation.
      name: 'contexts',
      tries: ['request.client-context-at-limit', 'request.client-context-optional', ...ACCEPTED_BEHAVIORS],
      act: async (context) => {
        const [call, users] = await Promise.all([context.groupCall(), context.users(3)]);
        const tries = ['request.client-context-optional', ...ACCEPTED_BEHAVIORS];
        await context.inviteAndWait(call, {
          name: '256-characters',
          says: 'a clientContext of 256 characters',
          invitees: users.slice(0, 1),
          clientContext: contextOf(256),
          tries: ['request.client-context-at-limit', ...without(ACCEPTED_BEHAVIORS, CONTEXTS)],
        });
        await context.inviteAndWait(call, {
          name: 'none',
          says: 'without clientContext, after one with it',
          invitees: users.slice(1, 2),
          clientContext: null,
          tries,
        });
        await context.inviteAndWait(call, {
          name: 'null',
          says: 'clientContext null',
          invitees: users.slice(2),
          clientContext: null,
          body: (plain) => ({ ...plain, clientContext: null }),
          tries,
        });
      },
    },
    {
      name: 'context-257',
      tries: ['request.route', ...OVER_LIMIT],
      act: async (context) => {
        const [call, { own, at }] = await Promise.all([context.groupCall(), usersToRefuse(context, 3, 1)]);
        const says = 'a clientContext of 257 characters';
        const tooLong = () => ({ expect: 'refused', tries: OVER_LIMIT, clientContext: contextOf(257) }) as const;
        await context.inviteAndWait(call, { says, invitees: at(0), ...tooLong() });
        await context.inviteAndWait(call, followUpInvitation('a refusal', own, ['request.route']));
        await context.inviteAndWait(call, {
          name: 'several',
          says: `two participants and ${says}, after somebody else`,
          control: 'multiple.accepted',
          invitees: [...at(1), ...at(2)],
          ...tooLong(),
        });
      },
    },
    ...PEER_CALLS,
    {
      name: 'unknown-call',
      tries: ['request.unknown-call', ...REFUSAL_BEHAVIORS],
      act: async (context) => {
        const invitees = await context.users(1, 1);
        await context.inviteAndWait(context.unknownCall(), {
          says: 'to a call id that does not exist',
          expect: 'refused',
          invitees,
        });
      },
    },
    ...DUPLICATES,
    ...ODD_CONTEXTS,
    ...BODIES,
    ...CALL_IDS,
  ],
};
