import { MatchersV3 } from '@pact-foundation/pact';
import type { InvitationParticipantInfo } from '../../schemas';
import { InviteClient } from './client';
import {
  ANSWER,
  ANY_BEARER,
  anyCase,
  COVERS,
  EXAMPLE,
  filled,
  identity,
  JSON_TYPE,
  LOCATION,
  pact,
  patientFetch,
  PATH,
  STATES,
  type State,
} from './contract';

const { constrainedArrayLike, fromProviderState } = MatchersV3;

const user = fromProviderState('${userId}', EXAMPLE.userId);
const phone = fromProviderState('${phone}', EXAMPLE.phone);
const replacesCallId = fromProviderState('${replacesCallId}', EXAMPLE.peerCallId);

interface Case {
  name: string;
  covers: string[];
  states: State[];
  clientContext: string;
  /** As the client sends them. */
  participants: InvitationParticipantInfo[];
  /** As in the contract's request. */
  asked: unknown[];
  /** As the bot needs them in the response. */
  answered: unknown;
}

const plain = (kind: 'user' | 'phone', id: string): InvitationParticipantInfo => ({
  '@odata.type': '#microsoft.graph.invitationParticipantInfo',
  identity: {
    '@odata.type': '#microsoft.graph.identitySet',
    [kind]: { '@odata.type': '#microsoft.graph.identity', id },
  },
});

const cases: Case[] = [
  {
    name: 'single: one user is invited to a group call',
    covers: [],
    states: [STATES.groupCall, STATES.oneUser],
    clientContext: 'Invitation-of-one-D45324c1-fcb5-430A',
    participants: [plain('user', EXAMPLE.userId)],
    asked: [identity('user', user)],
    answered: [{ identity: { user: { id: user } } }],
  },
  {
    name: 'multiple: two users are invited to a group call',
    covers: ['multiple.accepted'],
    states: [STATES.groupCall, STATES.twoUsers],
    clientContext: 'Invitation-of-two-C3bd4e8b-51f1-4B06',
    participants: [plain('user', EXAMPLE.userId), plain('user', EXAMPLE.otherUserId)],
    asked: [
      identity('user', fromProviderState('${userId1}', EXAMPLE.userId)),
      identity('user', fromProviderState('${userId2}', EXAMPLE.otherUserId)),
    ],
    // In any order.
    answered: constrainedArrayLike({ identity: { user: { id: filled(EXAMPLE.userId) } } }, 2, 2, 2),
  },
  {
    name: 'replace: the user of a peer-to-peer call is invited in its place',
    covers: ['replace.accepted', 'response.replaces-call-id'],
    states: [STATES.peerToPeerCall, STATES.groupCall],
    clientContext: 'Invitation-in-place-5E2c9a3c-8f5b-44F7',
    participants: [{ ...plain('user', EXAMPLE.userId), replacesCallId: EXAMPLE.peerCallId }],
    asked: [{ ...identity('user', user), replacesCallId }],
    answered: [{ identity: { user: { id: user } }, replacesCallId }],
  },
  {
    name: 'pstn: a phone is invited to a group call',
    covers: ['pstn.accepted', 'pstn.phone-response'],
    states: [STATES.groupCall, STATES.phone],
    clientContext: 'Invitation-of-a-phone-9B7f1d52-6f0e-4D2b',
    participants: [plain('phone', EXAMPLE.phone)],
    asked: [identity('phone', phone)],
    answered: [{ identity: { phone: { id: phone } } }],
  },
];

describe('a bot invites', () => {
  test.each(cases)('$name', async ({ name, covers, states, clientContext, participants, asked, answered }) => {
    const interaction = pact().addInteraction();
    for (const [state, params] of states) interaction.given(state, params);
    await interaction
      .uponReceiving(name)
      .reference(...COVERS, [...covers, ...ANSWER].join(' '))
      .withRequest('POST', PATH, (request) => {
        request
          .headers({ 'Content-Type': 'application/json', Authorization: ANY_BEARER })
          .jsonBody({ participants: asked, clientContext });
      })
      .willRespondWith(200, (response) => {
        response
          .headers({
            'Content-Type': JSON_TYPE,
            Location: LOCATION,
          })
          .jsonBody({
            '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
            id: filled(EXAMPLE.operationId),
            status: anyCase('Running'),
            clientContext,
            participants: answered,
          });
      })
      .executeTest(async ({ url }) => {
        const client = new InviteClient({ baseUrl: url, token: EXAMPLE.token, fetch: patientFetch });
        const { operation, location } = await client.invite(EXAMPLE.callId, { participants, clientContext });
        expect(operation).toMatchObject({ id: EXAMPLE.operationId, clientContext });
        expect(operation.participants).toHaveLength(participants.length);
        expect(location).toContain(`/operations/${EXAMPLE.operationId}`);
      });
  });
});
