import { randomUUID } from 'node:crypto';
import { afterwards } from './afterwards';
import type { Attempt } from './scenario';
import { COMPLETION, NOTIFICATION, REFUSAL_OR_FAILURE, RESPONSE } from './tries';

/** What an accepted invitation shows of which no roster need tell. */
const WITHOUT_ROSTER = [...RESPONSE, ...COMPLETION, ...NOTIFICATION, 'ordering.response-first'];

/** What may be invited to which call, and who hides. */
export const PEERS: readonly Attempt[] = [
  {
    name: 'peer-to-peer',
    until: '2021-02-16',
    tries: ['request.group-calls-only', ...REFUSAL_OR_FAILURE],
    act: async (stage) => {
      const [peer, invitees] = await Promise.all([stage.peerToPeerCall(), stage.users(1, 1)]);
      await stage.see(peer.call, { says: 'to a peer-to-peer call', expect: 'refusedOrFails', invitees });
    },
  },
  {
    name: 'peer-several',
    since: '2025-07-23',
    capability: 'multiple',
    tries: ['request.several-need-group-call', ...REFUSAL_OR_FAILURE],
    act: async (stage) => {
      const [peer, invitees] = await Promise.all([stage.peerToPeerCall(), stage.users(2, 2)]);
      const says = '2 users, to a peer-to-peer call';
      await stage.see(peer.call, { says, expect: 'refusedOrFails', control: 'multiple.accepted', invitees });
    },
  },
  {
    name: 'peer-single',
    since: '2025-07-23',
    tries: ['request.peer-call-single', ...WITHOUT_ROSTER],
    act: async (stage) => {
      const [peer, invitees] = await Promise.all([stage.peerToPeerCall(), stage.users(1)]);
      await stage.see(peer.call, { says: 'one user, to a peer-to-peer call', invitees });
    },
  },
  {
    name: 'another-bot',
    since: '2025-07-23',
    tries: ['request.one-bot', ...REFUSAL_OR_FAILURE],
    act: async (stage) => {
      const [call, others] = await Promise.all([stage.groupCall(), stage.users(1)]);
      await stage.see(call, {
        says: 'another bot, to a call that has one',
        expect: 'refusedOrFails',
        invitees: [{ kind: 'application', id: randomUUID() }],
      });
      await stage.see(call, afterwards('a refusal', others));
    },
  },
  {
    name: 'hidden',
    since: '2025-07-23',
    tries: ['request.hidden-accepted', 'roster.hidden-absent', ...WITHOUT_ROSTER],
    act: async (stage) => {
      const [call, users] = await Promise.all([stage.groupCall(), stage.users(2)]);
      await stage.see(call, { says: 'a user who is hidden', invitees: users.slice(0, 1), hidden: true });
      await stage.see(call, afterwards('somebody hidden', users.slice(1)));
    },
  },
];
