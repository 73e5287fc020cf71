import { afterwards } from './afterwards';
import type { CallRecord, InvitedIdentity } from '../history/events';
import type { InvitationWish, Scenario, Stage } from './scenario';
import { except, ORDINARY, REFUSAL_OR_FAILURE, REPLACED_ENDS } from './tries';

/**
 * Invites the user of a peer-to-peer call before others, who are to be passed over.
 * @returns the group call, and a user who was not named
 */
async function firstAmongOthers(
  stage: Stage,
  odd: Partial<InvitationWish> = {},
): Promise<{ call: CallRecord; unnamed: InvitedIdentity[] }> {
  const [call, peer, users] = await Promise.all([stage.groupCall(), stage.peerToPeerCall(), stage.users(3)]);
  const ignored = users.slice(0, 2).filter(({ id }) => id !== peer.user.id);
  const says = `${ignored.length + 1} participants with a replacesCallId, of whom the first alone counts`;
  const control = 'replace.accepted';
  await stage.see(call, { says, invitees: [peer.user], ignored, control, replaces: peer.call, ...odd });
  return { call, unnamed: users.slice(2) };
}

const FIRST_ONLY = [
  'replace.first-only-accepted',
  'replace.first-only-response',
  'replace.first-only-completion',
  'replace.first-only-roster',
];

/** The first alone has a replacesCallId, and the others have none. */
const firstAloneReplaces: NonNullable<InvitationWish['body']> = (plain) => ({
  ...plain,
  participants: plain.participants.map((one, i) => (i === 0 ? one : { ...(one as object), replacesCallId: undefined })),
});

/** What the rest may be like that is passed over: nobody looks at it. */
const COMPANY: readonly { name: string; says: string; body: NonNullable<InvitationWish['body']> }[] = [
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
      tries: ['replace.accepted', ...ORDINARY, ...REPLACED_ENDS],
      act: async (stage) => {
        const [call, peer] = await Promise.all([stage.groupCall(), stage.peerToPeerCall()]);
        await stage.see(call, {
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
        ...except(ORDINARY, ['response.participants', 'completion.participants']),
        ...REPLACED_ENDS,
      ],
      act: async (stage) => void (await firstAmongOthers(stage)),
    },
    ...COMPANY.map(({ name, says, body }) => ({
      name,
      capability: 'replace' as const,
      variation: true,
      tries: FIRST_ONLY,
      act: async (stage: Stage) => void (await firstAmongOthers(stage, { says, body })),
    })),
    {
      // More than may be invited at once, of whom all but one are passed over: refused or taken, the first alone counts.
      name: 'six-of-whom-the-first-replaces',
      capability: 'replace',
      variation: true,
      tries: [...except(FIRST_ONLY, ['replace.first-only-accepted']), ...REFUSAL_OR_FAILURE],
      act: async (stage) => {
        const [call, peer, users] = await Promise.all([stage.groupCall(), stage.peerToPeerCall(), stage.users(5)]);
        await stage.see(call, {
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
      act: async (stage) => {
        const { call, unnamed } = await firstAmongOthers(stage);
        await stage.see(call, afterwards('some who were passed over', unnamed));
      },
    },
  ],
};
