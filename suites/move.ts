import { afterwards } from './afterwards';
import type { InvitationWish, Meeting, Scenario, Stage } from './scenario';
import { except, ORDINARY, REFUSAL_OR_FAILURE } from './tries';

const FIRST_ONLY = [
  'move.first-only-accepted',
  'move.first-only-response',
  'move.first-only-completion',
  'move.first-only-roster',
];

/** The wish to move the participant of a meeting. */
function moved({
  call,
  user,
  participantId,
}: Meeting): Pick<InvitationWish, 'invitees' | 'replaces' | 'participantId'> {
  return { invitees: [user], replaces: call, participantId };
}

/** The second participant as one of a meeting of its own, who could be moved as well as the first. */
function secondOf({ call, participantId }: Meeting): Pick<InvitationWish, 'body'> {
  return {
    body: ({ participants: [first, second], ...rest }) => ({
      ...rest,
      participants: [first, { ...(second as object), replacesCallId: call.callId, participantId }],
    }),
  };
}

/** Invites somebody else once the move is over: whom it left in the call all the same shows in the roster that follows. */
async function thenAnother(stage: Stage, call: Parameters<Stage['see']>[0], what: string): Promise<void> {
  await stage.see(call, afterwards(what, await stage.users(1)));
}

/** Participants of one meeting, moved to another one. */
export const move: Scenario = {
  name: 'move',
  attempts: [
    {
      name: 'one',
      since: '2025-07-23',
      capability: 'move',
      tries: [
        'move.accepted',
        'move.response-participant-id',
        'move.roster',
        'move.source-call-stays',
        'response.replaces-call-id',
        ...except(ORDINARY, ['roster.invitees']),
      ],
      act: async (stage) => {
        const [call, meeting] = await Promise.all([stage.groupCall(), stage.meeting('same')]);
        await stage.see(call, { says: 'a participant of another meeting, to be moved', ...moved(meeting) });
      },
    },
    {
      name: 'first-only',
      since: '2025-07-23',
      capability: 'move',
      tries: FIRST_ONLY,
      act: async (stage) => {
        const [call, meeting, other] = await Promise.all([
          stage.groupCall(),
          stage.meeting('same'),
          stage.meeting('same'),
        ]);
        const says = '2 participants to be moved, each of a meeting of its own, of whom the first alone counts';
        const control = 'move.accepted';
        await stage.see(call, { says, control, ignored: [other.user], ...moved(meeting), ...secondOf(other) });
        await thenAnother(stage, call, 'some who were passed over');
      },
    },
    {
      name: 'first-only-of-users',
      since: '2025-07-23',
      capability: 'move',
      variation: true,
      tries: FIRST_ONLY,
      act: async (stage) => {
        const [call, meeting, ignored] = await Promise.all([stage.groupCall(), stage.meeting('same'), stage.users(2)]);
        const says = 'a participant to be moved, before 2 users, of whom the first alone counts';
        await stage.see(call, { says, control: 'move.accepted', ignored, ...moved(meeting) });
        await thenAnother(stage, call, 'some who were passed over');
      },
    },
    {
      name: 'other-application',
      since: '2025-07-23',
      capability: 'move',
      tries: ['move.other-application', ...REFUSAL_OR_FAILURE],
      act: async (stage) => {
        const [call, meeting] = await Promise.all([stage.groupCall(), stage.meeting('another')]);
        await stage.see(call, {
          says: 'a participant of a meeting of another application, to be moved',
          expect: 'refusedOrFails',
          control: 'move.accepted',
          ...moved(meeting),
        });
        await thenAnother(stage, call, 'a refusal');
      },
    },
  ],
};
