import { randomUUID } from 'node:crypto';
import { afterwards } from './afterwards';
import { allRefused, right, wrong } from './invitations';
import { BODIES } from './request-bodies';
import { CALLS } from './request-calls';
import { CONTEXTS as ODD_CONTEXTS } from './request-contexts';
import { DUPLICATES } from './request-duplicates';
import { PEERS } from './request-peers';
import type { Scenario } from './scenario';
import { except, NAMES, ORDINARY, REFUSAL } from './tries';
import { usersToRefuse } from './users';

/** A context of exactly so many characters, different each time, in both cases. */
function contextOf(length: number): string {
  return `${randomUUID()}=${randomUUID().toUpperCase()}/`.repeat(Math.ceil(length / 74)).slice(0, length);
}

const CONTENT_TYPE = 'request.content-type';
const REQUIRED = 'request.participants-required';
const IDENTITY = 'request.participant-identity';
const CONTEXTS = ['response.client-context', 'completion.client-context'];

/** What a request may and may not look like. */
export const request: Scenario = {
  name: 'request',
  attempts: [
    right('charset', [CONTENT_TYPE, ...ORDINARY], 'sent as application/json; charset=utf-8', {
      contentType: 'application/json; charset=utf-8',
    }),
    right('charset-upper-case', [CONTENT_TYPE], 'sent as application/json;charset=UTF-8', {
      contentType: 'application/json;charset=UTF-8',
    }),
    allRefused('content-types', [
      wrong('text', CONTENT_TYPE, 'sent as text/plain', { contentType: 'text/plain' }),
      wrong('text-json', CONTENT_TYPE, 'sent as text/json', { contentType: 'text/json' }),
      wrong('multipart', CONTENT_TYPE, 'sent as multipart/form-data', {
        contentType: 'multipart/form-data; boundary=invitation',
      }),
      wrong('form', CONTENT_TYPE, 'sent as application/x-www-form-urlencoded', {
        contentType: 'application/x-www-form-urlencoded',
      }),
      wrong('vendor-json', CONTENT_TYPE, 'sent as application/vnd.api+json', {
        contentType: 'application/vnd.api+json',
      }),
      wrong('json-patch', CONTENT_TYPE, 'sent as application/json-patch+json', {
        contentType: 'application/json-patch+json',
      }),
      wrong('xml', CONTENT_TYPE, 'sent as application/xml', { contentType: 'application/xml' }),
      wrong('octets', CONTENT_TYPE, 'sent as application/octet-stream', { contentType: 'application/octet-stream' }),
      wrong('no-content-type', CONTENT_TYPE, 'sent without a Content-Type', { contentType: null }),
    ]),
    allRefused('bodies', [
      wrong('truncated', 'request.malformed-json', 'a JSON body that breaks off', {
        body: (plain) => JSON.stringify(plain).slice(0, -2),
      }),
      wrong('trailing', 'request.malformed-json', 'a JSON body with something after it', {
        body: (plain) => `${JSON.stringify(plain)}x`,
      }),
      wrong('no-json', 'request.malformed-json', 'a body that is no JSON at all', {
        body: () => 'participants=everybody',
      }),
      wrong('no-participants', REQUIRED, 'no participants', { body: ({ clientContext }) => ({ clientContext }) }),
      wrong('null-participants', REQUIRED, 'participants null', {
        body: (plain) => ({ ...plain, participants: null }),
      }),
      wrong('object-participants', REQUIRED, 'participants an object, not a collection', {
        body: (plain) => ({ ...plain, participants: plain.participants[0] }),
      }),
      wrong('string-participants', REQUIRED, 'participants a string', {
        body: (plain) => ({ ...plain, participants: 'everybody' }),
      }),
      wrong('no-identity', IDENTITY, 'a participant without identity', {
        body: (plain) => ({
          ...plain,
          participants: [{ '@odata.type': '#microsoft.graph.invitationParticipantInfo' }],
        }),
      }),
      wrong('null-identity', IDENTITY, 'a participant whose identity is null', {
        body: (plain) => ({
          ...plain,
          participants: [{ '@odata.type': '#microsoft.graph.invitationParticipantInfo', identity: null }],
        }),
      }),
      wrong('second-without-identity', IDENTITY, 'a second participant without identity', {
        body: (plain) => ({
          ...plain,
          participants: [...plain.participants, { '@odata.type': '#microsoft.graph.invitationParticipantInfo' }],
        }),
      }),
    ]),
    right('no-context', ['request.client-context-optional', ...ORDINARY], 'without clientContext', {
      clientContext: null,
    }),
    right('null-context', ['request.client-context-optional', ...ORDINARY], 'clientContext null', {
      clientContext: null,
      body: (plain) => ({ ...plain, clientContext: null }),
    }),
    {
      name: 'context-256',
      tries: ['request.client-context-at-limit', ...except(ORDINARY, CONTEXTS)],
      act: async (stage) => {
        const [call, invitees] = await Promise.all([stage.groupCall(), stage.users(1)]);
        await stage.see(call, { says: 'a clientContext of 256 characters', invitees, clientContext: contextOf(256) });
      },
    },
    {
      name: 'context-257',
      tries: ['request.client-context-over-limit', ...REFUSAL],
      act: async (stage) => {
        const [call, { own, at }] = await Promise.all([stage.groupCall(), usersToRefuse(stage, 1, 1)]);
        const says = 'a clientContext of 257 characters';
        await stage.see(call, { says, expect: 'refused', invitees: at(0), clientContext: contextOf(257) });
        await stage.see(call, afterwards('a refusal', own));
      },
    },
    right(
      'any-case',
      ['request.parameter-names-any-case', ...except(ORDINARY, [...NAMES, ...CONTEXTS])],
      'parameters named Participants and CLIENTCONTEXT',
      {
        body: ({ participants, clientContext }) => ({ Participants: participants, CLIENTCONTEXT: clientContext }),
      },
    ),
    ...PEERS,
    {
      name: 'unknown-call',
      tries: ['request.unknown-call', ...REFUSAL],
      act: async (stage) => {
        const invitees = await stage.users(1, 1);
        await stage.see(stage.unknownCall(), { says: 'to a call id that does not exist', expect: 'refused', invitees });
      },
    },
    ...DUPLICATES,
    ...ODD_CONTEXTS,
    ...BODIES,
    ...CALLS,
  ],
};
