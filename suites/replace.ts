import { participant } from './invitation-body';
import { followUpInvitation } from './follow-up-invitation';
import type { CallRecord, InvitedIdentity } from '../history/events';
import { ifNotProvided } from '../target/errors';
import type { InvitationOptions, Scenario, AttemptContext } from './scenario';
import { without, ACCEPTED_BEHAVIORS, REFUSAL_OR_FAILURE_BEHAVIORS, REPLACED_CALL_BEHAVIORS } from './behavior-lists';

/**
 * Invites the user of a peer-to-peer call first, and others who must be ignored.
 * @returns the group call, and a user who was not named
 */
async function firstAmongOthers(
  context: AttemptContext,
  odd: Partial<InvitationOptions> = {},
): Promise<{ call: CallRecord; unnamed: InvitedIdentity[] }> {
  const [call, peer, users] = await Promise.all([context.groupCall(), context.peerToPeerCall(), context.users(3)]);
  const ignored = users.slice(0, 2).filter(({ id }) => id !== peer.user.id);
  const says = `${ignored.length + 1} participants with a replacesCallId, only the first of whom counts`;
  const control = 'replace.accepted';
  await context.inviteAndWait(call, { says, invitees: [peer.user], ignored, control, replaces: peer.call, ...odd });
  return { call, unnamed: users.slice(2) };
}

const FIRST_ONLY = [
  'replace.first-only-accepted',
  'replace.first-only-response',
  'replace.first-only-completion',
  'replace.first-only-roster',
];

/** Only the first participant has a replacesCallId. */
const firstAloneReplaces: NonNullable<InvitationOptions['body']> = (plain) => ({
  ...plain,
  participants: plain.participants.map((one, i) => (i === 0 ? one : { ...(one as object), replacesCallId: undefined })),
});

/** Forms of the other participants, which the service must ignore. */
const OTHER_PARTICIPANTS: readonly { name: string; says: string; body: NonNullable<InvitationOptions['body']> }[] = [
  {
    name: 'first-alone-replaces',
    says: 'several participants, only the first with a replacesCallId',
    body: firstAloneReplaces,
  },
  {
    name: 'rest-without-identity',
    says: 'a participant with a replacesCallId, before others of whom one has no identity',
    body: (plain) => ({
      ...plain,
      participants: [...plain.participants, { '@odata.type': '#microsoft.graph.invitationParticipantInfo' }],
    }),
  },
  {
    name: 'rest-twice',
    says: 'a participant with a replacesCallId, before others who are named twice',
    body: (plain) => ({ ...plain, participants: [...plain.participants, ...plain.participants.slice(-1)] }),
  },
];

/** Moves participants from a peer-to-peer call to the group call. */
export const replace: Scenario = {
  name: 'replace',
  attempts: [
    {
      name: 'one',
      capability: 'replace',
      tries: ['replace.accepted', ...ACCEPTED_BEHAVIORS, ...REPLACED_CALL_BEHAVIORS],
      act: async (context) => {
        const [call, peer] = await Promise.all([context.groupCall(), context.peerToPeerCall()]);
        await context.inviteAndWait(call, {
          says: 'the user of a peer-to-peer call, replacing it',
          invitees: [peer.user],
          replaces: peer.call,
        });
      },
    },
    {
      name: 'first-only',
      capability: 'replace',
      tries: [
        'replace.first-only-accepted',
        'replace.first-only-response',
        'replace.first-only-completion',
        'replace.first-only-roster',
        ...without(ACCEPTED_BEHAVIORS, ['response.participants', 'completion.participants']),
        ...REPLACED_CALL_BEHAVIORS,
      ],
      act: async (context) => void (await firstAmongOthers(context)),
    },
    ...OTHER_PARTICIPANTS.map(({ name, says, body }) => ({
      name,
      capability: 'replace' as const,
      variation: true,
      tries: FIRST_ONLY,
      act: async (context: AttemptContext) => void (await firstAmongOthers(context, { says, body })),
    })),
    {
      name: 'rest-in-call',
      capability: 'replace',
      variation: true,
      tries: [
        ...without(FIRST_ONLY, ['replace.first-only-roster']),
        'request.duplicate-invitee',
        ...REFUSAL_OR_FAILURE_BEHAVIORS,
      ],
      act: async (context) => {
        const [call, peer] = await Promise.all([context.groupCall(), context.peerToPeerCall()]);
        // If no other call is available, any user does, and the last form is left out.
        const other = await context.peerToPeerCall().catch(ifNotProvided);
        const present = other ? [other.user] : await context.users(1);
        const before = await context.inviteAndWait(call, {
          name: 'before',
          says: 'a user',
          invitees: present,
          tries: [],
        });
        if (!before.accepted) return;
        const first = await context.inviteAndWait(call, {
          name: 'first-only',
          says: 'a participant with a replacesCallId, before one who is in the call already',
          invitees: [peer.user],
          tries: without(FIRST_ONLY, ['replace.first-only-roster']),
          control: 'replace.accepted',
          replaces: peer.call,
          body: (plain) => ({
            ...plain,
            participants: [...plain.participants, ...present.map((one) => participant(one))],
          }),
        });
        if (!first.accepted) return;
        const again = {
          expect: 'refusedOrFails',
          alreadyInCall: true,
          control: 'replace.accepted',
          tries: ['request.duplicate-invitee', ...REFUSAL_OR_FAILURE_BEHAVIORS],
        } as const;
        await context.inviteAndWait(call, {
          name: 'again',
          says: 'the participant who replaced a call, again',
          invitees: [peer.user],
          ...again,
        });
        if (!other) return;
        await context.inviteAndWait(call, {
          name: 'again-replacing',
          says: 'a user who is in the call already, replacing a peer-to-peer call',
          invitees: present,
          replaces: other.call,
          ...again,
        });
      },
    },
    {
      // More participants than one invitation allows, but all except the first are ignored: the service may refuse or
      // accept it.
      name: 'six-of-whom-the-first-replaces',
      capability: 'replace',
      variation: true,
      tries: [...without(FIRST_ONLY, ['replace.first-only-accepted']), ...REFUSAL_OR_FAILURE_BEHAVIORS],
      act: async (context) => {
        const [call, peer, users] = await Promise.all([
          context.groupCall(),
          context.peerToPeerCall(),
          context.users(5),
        ]);
        await context.inviteAndWait(call, {
          says: '6 participants, only the first with a replacesCallId',
          invitees: [peer.user],
          ignored: users.filter(({ id }) => id !== peer.user.id),
          replaces: peer.call,
          expect: 'either',
          control: 'replace.accepted',
          body: firstAloneReplaces,
        });
      },
    },
    {
      // On its own call, because a later roster may also show the first participant and hide that its own never
      // arrived.
      name: 'first-only-then-another',
      capability: 'replace',
      tries: ['replace.first-only-roster'],
      act: async (context) => {
        const { call, unnamed } = await firstAmongOthers(context);
        await context.inviteAndWait(
          call,
          followUpInvitation('participants whom the earlier invitation ignored', unnamed),
        );
      },
    },
  ],
};
