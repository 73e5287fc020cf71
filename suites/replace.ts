import { followUpInvitation } from './follow-up-invitation';
import type { CallRecord, InvitedIdentity } from '../history/events';
import type { InvitationOptions, Scenario, AttemptContext } from './scenario';
import { without, ACCEPTED_BEHAVIORS, REFUSAL_OR_FAILURE_BEHAVIORS, REPLACED_CALL_BEHAVIORS } from './behavior-lists';

/**
 * Invites the user of a peer-to-peer call before others, who are to be passed over.
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

/** The first alone has a replacesCallId, and the others have none. */
const firstAloneReplaces: NonNullable<InvitationOptions['body']> = (plain) => ({
  ...plain,
  participants: plain.participants.map((one, i) => (i === 0 ? one : { ...(one as object), replacesCallId: undefined })),
});

/** What the rest may be like that is passed over: nobody looks at it. */
const OTHER_PARTICIPANTS: readonly { name: string; says: string; body: NonNullable<InvitationOptions['body']> }[] = [
  {
    name: 'first-alone-replaces',
    says: 'several participants, of whom the first alone has a replacesCallId',
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

/** Participants who leave a peer-to-peer call for the group call. */
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
      // More than may be invited at once, of whom all but one are passed over: refused or taken, the first alone counts.
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
          says: '6 participants, of whom the first alone has a replacesCallId',
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
      // On a call of its own: a later roster may show the first as well, and must not stand for one that never came.
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
