import { ifNotProvided } from '../target/errors';
import { followUpInvitation } from './follow-up-invitation';
import { padded } from './request-bodies';
import type { InvitationOptions, Meeting, Scenario, AttemptContext } from './scenario';
import { participant } from './invitation-body';
import {
  FOLLOW_UP_BEHAVIORS,
  FIRST_ONLY_MOVE_BEHAVIORS,
  MOVE_BEHAVIORS,
  REFUSAL_OR_FAILURE_BEHAVIORS,
  without,
} from './behavior-lists';

const DUPLICATE = ['request.duplicate-invitee', ...REFUSAL_OR_FAILURE_BEHAVIORS];
/** The first of several is moved like a single one. */
const FIRST_OF_SEVERAL = [
  ...FIRST_ONLY_MOVE_BEHAVIORS,
  ...without(MOVE_BEHAVIORS, ['move.accepted', 'response.participants', 'completion.participants']),
];
/** If one of the others is in the call already, rosters list that one. */
const BEFORE_PRESENT = without(FIRST_ONLY_MOVE_BEHAVIORS, ['move.first-only-roster']);
const OTHER_APPLICATION = ['move.other-application', ...REFUSAL_OR_FAILURE_BEHAVIORS];

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

/** Leaves only the first and the second participant a replacesCallId: plain users may follow. */
const plainAfterTheSecond: InvitationOptions['body'] = ({ participants, ...rest }) => ({
  ...rest,
  participants: participants.map((one, i) => (i < 2 ? one : { ...(one as object), replacesCallId: undefined })),
});

/**
 * Invites another user after the move: the following roster shows whether the move left its ignored participants in the
 * call.
 */
async function inviteAfterMove(
  context: AttemptContext,
  call: Parameters<AttemptContext['inviteAndWait']>[0],
  what: string,
): Promise<void> {
  await context.inviteAndWait(call, followUpInvitation(what, await context.users(1), FOLLOW_UP_BEHAVIORS));
}

/** Moves participants of one meeting to another one. */
export const move: Scenario = {
  name: 'move',
  attempts: [
    {
      name: 'one',
      since: '2025-07-23',
      capability: 'move',
      tries: [...MOVE_BEHAVIORS, ...BEFORE_PRESENT, ...DUPLICATE],
      act: async (context) => {
        const [call, meeting] = await Promise.all([context.groupCall(), context.meeting('same')]);
        const first = await context.inviteAndWait(call, {
          says: 'a participant of another meeting, to be moved',
          ...moveOptions(meeting),
          tries: MOVE_BEHAVIORS,
        });
        if (!first.accepted) return;
        // A service may move only into a call that nobody was invited to. If no other meeting is available, this is left
        // out.
        const other = await context.meeting('same').catch(ifNotProvided);
        const second =
          other &&
          (await context.inviteAndWait(call, {
            name: 'second',
            says: 'a participant of a third meeting, to be moved after the first, with null for each member that has no value',
            ...moveOptions(other),
            body: padded,
            tries: MOVE_BEHAVIORS,
          }));
        await context.inviteAndWait(call, {
          name: 'again',
          says: 'the participant who was moved, again',
          invitees: [meeting.user],
          expect: 'refusedOrFails',
          alreadyInCall: true,
          control: 'move.accepted',
          tries: DUPLICATE,
        });
        const last = second?.accepted && (await context.meeting('same').catch(ifNotProvided));
        if (!last) return;
        await context.inviteAndWait(call, {
          name: 'before-present',
          says: 'a participant to be moved, before one who is in the call already, only the first of whom counts',
          control: 'move.accepted',
          ...moveOptions(last),
          body: (plain) => ({ ...plain, participants: [...plain.participants, participant(meeting.user)] }),
          tries: BEFORE_PRESENT,
        });
      },
    },
    {
      name: 'first-only',
      since: '2025-07-23',
      capability: 'move',
      tries: FIRST_OF_SEVERAL,
      // Nobody is invited afterwards: a later roster may also show the first participant and hide that its own never
      // arrived.
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
      },
    },
    {
      name: 'first-only-of-users',
      since: '2025-07-23',
      capability: 'move',
      variation: true,
      tries: [...FIRST_ONLY_MOVE_BEHAVIORS, ...FOLLOW_UP_BEHAVIORS],
      act: async (context) => {
        const [call, meeting, ignored] = await Promise.all([
          context.groupCall(),
          context.meeting('same'),
          context.users(2),
        ]);
        const says =
          'a participant to be moved, before 2 users, one without a replacesCallId, only the first of whom counts';
        await context.inviteAndWait(call, {
          says,
          control: 'move.accepted',
          ignored,
          ...moveOptions(meeting),
          body: plainAfterTheSecond,
          tries: FIRST_ONLY_MOVE_BEHAVIORS,
        });
        await inviteAfterMove(context, call, 'participants whom the earlier invitation ignored');
      },
    },
    {
      name: 'other-application',
      since: '2025-07-23',
      capability: 'move',
      tries: [...OTHER_APPLICATION, ...FOLLOW_UP_BEHAVIORS],
      act: async (context) => {
        const [call, meeting] = await Promise.all([context.groupCall(), context.meeting('another')]);
        const refused = { expect: 'refusedOrFails', control: 'move.accepted', tries: OTHER_APPLICATION } as const;
        await context.inviteAndWait(call, {
          says: 'a participant of a meeting of another application, to be moved',
          ...refused,
          ...moveOptions(meeting),
        });
        await inviteAfterMove(context, call, 'a refusal');
        // The call has accepted an invitation, and several participants are sent: a service may check neither. If no
        // other meeting is available, this is left out.
        const other = await context.meeting('another').catch(ifNotProvided);
        if (!other) return;
        await context.inviteAndWait(call, {
          name: 'several',
          says: 'a participant of a meeting of another application, to be moved, before a user, after somebody else',
          ...refused,
          ignored: await context.users(1, 1),
          ...moveOptions(other),
        });
      },
    },
  ],
};
