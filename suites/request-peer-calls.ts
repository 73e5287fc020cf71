import { randomUUID } from 'node:crypto';
import { followUpInvitation } from './follow-up-invitation';
import { ifNotProvided } from '../target/errors';
import type { SentInvitation } from '../target/notification-watch';
import type { InvitedIdentity } from '../history/events';
import type { Attempt, InvitationOptions } from './scenario';
import {
  FOLLOW_UP_BEHAVIORS,
  HIDDEN_BEHAVIORS,
  REFUSAL_OR_FAILURE_BEHAVIORS,
  WITHOUT_ROSTER_BEHAVIORS,
} from './behavior-lists';
import { usersToRefuse } from './users';

const PEER_SINGLE = ['request.peer-call-single', ...WITHOUT_ROSTER_BEHAVIORS];
const DUPLICATE = ['request.duplicate-invitee', ...REFUSAL_OR_FAILURE_BEHAVIORS];
/** Invites somebody who is in the call already. */
const AGAIN = { name: 'again', expect: 'refusedOrFails', alreadyInCall: true, tries: DUPLICATE } as const;
const ONE_BOT = ['request.one-bot', ...REFUSAL_OR_FAILURE_BEHAVIORS];

/** Says of each participant that it is not hidden: the next roster must list it. */
const saysNotHidden: InvitationOptions['body'] = ({ participants, ...rest }) => ({
  ...rest,
  participants: participants.map((one) => ({ ...(one as object), hidden: false })),
});

const anotherBot = (): InvitedIdentity => ({ kind: 'application', id: randomUUID() });

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
    tries: [...PEER_SINGLE, ...DUPLICATE],
    act: async (context) => {
      const [peer, invitees] = await Promise.all([context.peerToPeerCall(), context.users(1)]);
      const says = 'one user, to a peer-to-peer call';
      const first = await context.inviteAndWait(peer.call, { says, invitees, tries: PEER_SINGLE });
      if (!first.accepted) return;
      await context.inviteAndWait(peer.call, {
        ...AGAIN,
        says: 'the same user again, to a peer-to-peer call',
        invitees,
        control: 'request.peer-call-single',
      });
    },
  },
  {
    name: 'another-bot',
    since: '2025-07-23',
    tries: [...ONE_BOT, ...FOLLOW_UP_BEHAVIORS],
    act: async (context) => {
      const [call, users] = await Promise.all([context.groupCall(), context.users(2, 1)]);
      await context.inviteAndWait(call, {
        says: 'another bot, to a call that has one',
        expect: 'refusedOrFails',
        invitees: [anotherBot()],
        tries: ONE_BOT,
      });
      await context.inviteAndWait(call, followUpInvitation('a refusal', users.slice(0, 1), FOLLOW_UP_BEHAVIORS));
      // A service may look only at the first participant, or only at the first invitation.
      await context.inviteAndWait(call, {
        name: 'second',
        says: 'a user and another bot, after somebody else',
        expect: 'refusedOrFails',
        control: 'multiple.accepted',
        invitees: [...users.slice(1), anotherBot()],
        tries: ONE_BOT,
      });
    },
  },
  {
    name: 'hidden',
    since: '2025-07-23',
    tries: [...HIDDEN_BEHAVIORS, ...FOLLOW_UP_BEHAVIORS, ...DUPLICATE],
    act: async (context) => {
      const [call, users] = await Promise.all([context.groupCall(), context.users(2)]);
      const hidden = { invitees: users.slice(0, 1), hidden: true };
      const first = await context.inviteAndWait(call, {
        says: 'a user who is hidden',
        tries: HIDDEN_BEHAVIORS,
        ...hidden,
      });
      await context.inviteAndWait(call, {
        ...followUpInvitation('somebody hidden', users.slice(1), FOLLOW_UP_BEHAVIORS),
        body: saysNotHidden,
      });
      if (!first.accepted) return;
      const says = 'the hidden user again';
      await context.inviteAndWait(call, { ...AGAIN, says, control: 'request.hidden-accepted', ...hidden });
    },
  },
  {
    name: 'hidden-several',
    since: '2025-07-23',
    capability: 'multiple',
    variation: true,
    tries: HIDDEN_BEHAVIORS,
    act: async (context) => {
      const [call, users] = await Promise.all([context.groupCall(), context.users(3)]);
      await context.inviteAndWait(call, {
        says: '2 users who are hidden',
        invitees: users.slice(0, 2),
        hidden: true,
        control: 'multiple.accepted',
      });
      await context.inviteAndWait(call, followUpInvitation('people hidden', users.slice(2)));
    },
  },
];
