import { followUpInvitation } from './follow-up-invitation';
import type { InvitationOptions, Meeting, Scenario, AttemptContext } from './scenario';
import { FIRST_ONLY_MOVE_BEHAVIORS, MOVE_BEHAVIORS, REFUSAL_OR_FAILURE_BEHAVIORS } from './behavior-lists';

/** The options that move the participant of a meeting. */
function moveOptions({
  call,
  user,
  participantId,
}: Meeting): Pick<InvitationOptions, 'invitees' | 'replaces' | 'participantId'> {
  return { invitees: [user], replaces: call, participantId };
}

/**
 * Gives the second participant a replacesCallId and a participantId too, so that it could be moved as well as the
 * first.
 */
function secondParticipant({ call, participantId }: Meeting): Pick<InvitationOptions, 'body'> {
  return {
    body: ({ participants: [first, second], ...rest }) => ({
      ...rest,
      participants: [first, { ...(second as object), replacesCallId: call.callId, participantId }],
    }),
  };
}

/**
 * Invites another user after the move: the following roster shows whether the move left its ignored participants in the
 * call.
 */
async function inviteAfterMove(
  context: AttemptContext,
  call: Parameters<AttemptContext['inviteAndWait']>[0],
  what: string,
): Promise<void> {
  await context.inviteAndWait(call, followUpInvitation(what, await context.users(1)));
}

/** Moves participants of one meeting to another one. */
export const move: Scenario = {
  name: 'move',
  attempts: [
    {
      name: 'one',
      since: '2025-07-23',
      capability: 'move',
      tries: MOVE_BEHAVIORS,
      act: async (context) => {
        const [call, meeting] = await Promise.all([context.groupCall(), context.meeting('same')]);
        await context.inviteAndWait(call, {
          says: 'a participant of another meeting, to be moved',
          ...moveOptions(meeting),
        });
      },
    },
    {
      name: 'first-only',
      since: '2025-07-23',
      capability: 'move',
      tries: FIRST_ONLY_MOVE_BEHAVIORS,
      act: async (context) => {
        const [call, meeting, other] = await Promise.all([
          context.groupCall(),
          context.meeting('same'),
          context.meeting('same'),
        ]);
        const says = '2 participants to be moved, each of a meeting of its own, only the first of whom counts';
        const control = 'move.accepted';
        await context.inviteAndWait(call, {
          says,
          control,
          ignored: [other.user],
          ...moveOptions(meeting),
          ...secondParticipant(other),
        });
        await inviteAfterMove(context, call, 'participants whom the earlier invitation ignored');
      },
    },
    {
      name: 'first-only-of-users',
      since: '2025-07-23',
      capability: 'move',
      variation: true,
      tries: FIRST_ONLY_MOVE_BEHAVIORS,
      act: async (context) => {
        const [call, meeting, ignored] = await Promise.all([
          context.groupCall(),
          context.meeting('same'),
          context.users(2),
        ]);
        const says = 'a participant to be moved, before 2 users, only the first of whom counts';
        await context.inviteAndWait(call, { says, control: 'move.accepted', ignored, ...moveOptions(meeting) });
        await inviteAfterMove(context, call, 'participants whom the earlier invitation ignored');
      },
    },
    {
      name: 'other-application',
      since: '2025-07-23',
      capability: 'move',
      tries: ['move.other-application', ...REFUSAL_OR_FAILURE_BEHAVIORS],
      act: async (context) => {
        const [call, meeting] = await Promise.all([context.groupCall(), context.meeting('another')]);
        await context.inviteAndWait(call, {
          says: 'a participant of a meeting of another application, to be moved',
          expect: 'refusedOrFails',
          control: 'move.accepted',
          ...moveOptions(meeting),
        });
        await inviteAfterMove(context, call, 'a refusal');
      },
    },
  ],
};
