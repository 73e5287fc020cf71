import { MatchersV3 } from '@pact-foundation/pact';
import { InviteClient } from './client';
import {
  ANSWER,
  ANY_BEARER,
  anyCase,
  COVERS,
  EXAMPLE,
  filled,
  JSON_TYPE,
  LOCATION,
  pact,
  patientFetch,
  PATH,
  STATES,
} from './contract';

const { fromProviderState } = MatchersV3;

const NAME = 'move: a participant of another meeting is moved to a group call';
const CONTEXT = 'Move-of-one-7C1d0b3e-2f0a-4A61';
const user = fromProviderState('${userId}', EXAMPLE.userId);
const replacesCallId = fromProviderState('${replacesCallId}', EXAMPLE.meetingId);
const participantId = fromProviderState('${participantId}', EXAMPLE.participantId);

/** The participant as the client sends it, and as in the contract. */
const moved = (ids: { user: unknown; replacesCallId: unknown; participantId: unknown }) => ({
  '@odata.type': '#microsoft.graph.invitationParticipantInfo' as const,
  replacesCallId: ids.replacesCallId,
  participantId: ids.participantId,
  identity: {
    '@odata.type': '#microsoft.graph.identitySet' as const,
    user: { '@odata.type': '#microsoft.graph.identity' as const, id: ids.user, identityProvider: 'AAD' },
  },
});

/** What a bot needs from the edition of 2025-07-23 on, in addition to the contract of the first edition. */
test(NAME, async () => {
  await pact('inviting-bot-2025-07-23')
    .addInteraction()
    .given(STATES.meeting[0], STATES.meeting[1])
    .given(STATES.groupCall[0], STATES.groupCall[1])
    .uponReceiving(NAME)
    .reference(
      ...COVERS,
      ['move.accepted', 'move.response-participant-id', 'response.replaces-call-id', ...ANSWER].join(' '),
    )
    .withRequest('POST', PATH, (request) => {
      request
        .headers({ 'Content-Type': 'application/json', Authorization: ANY_BEARER })
        .jsonBody({ participants: [moved({ user, replacesCallId, participantId })], clientContext: CONTEXT });
    })
    .willRespondWith(200, (response) => {
      response.headers({ 'Content-Type': JSON_TYPE, Location: LOCATION }).jsonBody({
        '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
        id: filled(EXAMPLE.operationId),
        status: anyCase('Running'),
        clientContext: CONTEXT,
        participants: [{ identity: { user: { id: user } }, replacesCallId, participantId }],
      });
    })
    .executeTest(async ({ url }) => {
      const client = new InviteClient({ baseUrl: url, token: EXAMPLE.token, fetch: patientFetch });
      const { userId, meetingId, participantId: id } = EXAMPLE;
      const participant = {
        '@odata.type': '#microsoft.graph.invitationParticipantInfo' as const,
        replacesCallId: meetingId,
        participantId: id,
        identity: {
          '@odata.type': '#microsoft.graph.identitySet' as const,
          user: { '@odata.type': '#microsoft.graph.identity' as const, id: userId, identityProvider: 'AAD' },
        },
      };
      const { operation } = await client.invite(EXAMPLE.callId, {
        participants: [participant],
        clientContext: CONTEXT,
      });
      expect(operation.participants).toMatchObject([{ participantId: id, replacesCallId: meetingId }]);
    });
});
