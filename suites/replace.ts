import { afterwards } from './afterwards';
import type { Scenario } from './scenario';
import { except, ORDINARY } from './tries';

const ENDS = [
  'replace.peer-call-terminated',
  'replace.peer-call-deleted',
  'ordering.replaced-call-ends-after-completion',
  'ordering.terminated-before-deleted',
  'response.replaces-call-id',
];

/** Participants who leave a peer-to-peer call for the group call. */
export const replace: Scenario = {
  name: 'replace',
  attempts: [
    {
      name: 'one',
      capability: 'replace',
      tries: ['replace.accepted', ...ORDINARY, ...ENDS],
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
        ...ENDS,
      ],
      act: async (stage) => {
        const [call, peer, users] = await Promise.all([stage.groupCall(), stage.peerToPeerCall(), stage.users(3)]);
        const others = users.slice(0, 2).filter(({ id }) => id !== peer.user.id);
        const says = `${others.length + 1} participants with a replacesCallId, of whom the first alone counts`;
        await stage.see(call, {
          says,
          invitees: [peer.user],
          ignored: others,
          control: 'replace.accepted',
          replaces: peer.call,
        });
        await stage.see(call, afterwards('some who were passed over', users.slice(2)));
      },
    },
  ],
};
