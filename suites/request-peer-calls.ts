import { randomUUID } from 'node:crypto';
import { followUpInvitation } from './follow-up-invitation';
import { ifNotProvided } from '../target/errors';
import type { SentInvitation } from '../target/notification-watch';
import type { Attempt, InvitationOptions } from './scenario';
import { HIDDEN_BEHAVIORS, REFUSAL_OR_FAILURE_BEHAVIORS, WITHOUT_ROSTER_BEHAVIORS } from './behavior-lists';
import { usersToRefuse } from './users';

/** Invitations to calls of other kinds, and hidden invitees. */
export const PEER_CALLS: readonly Attempt[] = [
  {
    name: 'peer-to-peer',
    until: '2021-02-16',
    tries: ['request.group-calls-only', ...REFUSAL_OR_FAILURE_BEHAVIORS],
    act: async (context) => {
      const [peer, { at }] = await Promise.all([context.peerToPeerCall(), usersToRefuse(context, 3)]);
      const invite = (options: InvitationOptions): Promise<SentInvitation> =>
        context.inviteAndWait(peer.call, { expect: 'refusedOrFails', ...options });
      await Promise.all([
        invite({ name: 'one', says: 'to a peer-to-peer call', invitees: at(0) }),
        invite({
          name: 'several',
          says: '2 users, to a peer-to-peer call',
          invitees: [...at(1), ...at(2)],
          control: 'multiple.accepted',
        }),
      ]);
      // If no other call is available, this form is left out.
      const replaced = await context.peerToPeerCall().catch(ifNotProvided);
      if (!replaced) return;
      await invite({
        name: 'replacing',
        says: 'the user of another peer-to-peer call, replacing it, to a peer-to-peer call',
        invitees: [replaced.user],
        replaces: replaced.call,
        control: 'replace.accepted',
      });
    },
  },
  {
    name: 'peer-several',
    since: '2025-07-23',
    capability: 'multiple',
    tries: ['request.several-need-group-call', ...REFUSAL_OR_FAILURE_BEHAVIORS],
    act: async (context) => {
      const [peer, invitees] = await Promise.all([context.peerToPeerCall(), context.users(2, 2)]);
      const says = '2 users, to a peer-to-peer call';
      await context.inviteAndWait(peer.call, {
        says,
        expect: 'refusedOrFails',
        control: 'multiple.accepted',
        invitees,
      });
    },
  },
  {
    name: 'peer-single',
    since: '2025-07-23',
    tries: ['request.peer-call-single', ...WITHOUT_ROSTER_BEHAVIORS],
    act: async (context) => {
      const [peer, invitees] = await Promise.all([context.peerToPeerCall(), context.users(1)]);
      await context.inviteAndWait(peer.call, { says: 'one user, to a peer-to-peer call', invitees });
    },
  },
  {
    name: 'another-bot',
    since: '2025-07-23',
    tries: ['request.one-bot', ...REFUSAL_OR_FAILURE_BEHAVIORS],
    act: async (context) => {
      const [call, others] = await Promise.all([context.groupCall(), context.users(1)]);
      await context.inviteAndWait(call, {
        says: 'another bot, to a call that has one',
        expect: 'refusedOrFails',
        invitees: [{ kind: 'application', id: randomUUID() }],
      });
      await context.inviteAndWait(call, followUpInvitation('a refusal', others));
    },
  },
  {
    name: 'hidden',
    since: '2025-07-23',
    tries: HIDDEN_BEHAVIORS,
    act: async (context) => {
      const [call, users] = await Promise.all([context.groupCall(), context.users(2)]);
      await context.inviteAndWait(call, { says: 'a user who is hidden', invitees: users.slice(0, 1), hidden: true });
      await context.inviteAndWait(call, followUpInvitation('somebody hidden', users.slice(1)));
    },
  },
];
