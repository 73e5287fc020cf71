import type { InvitedIdentity } from '../history/events';
import type { Attempt, Scenario, AttemptContext } from './scenario';
import {
  without,
  PARTICIPANT_BEHAVIORS,
  ACCEPTED_BEHAVIORS,
  REPLACED_CALL_BEHAVIORS,
  CONCURRENT_BEHAVIORS,
} from './behavior-lists';
import { usersUpTo } from './users';

/** The number of concurrent invitations. */
const MANY_INVITATIONS = 8;
/** The number of concurrent invitations if nothing else runs. */
const FEW_INVITATIONS = 4;
const TRIES = ['ordering.concurrent-invitations', ...CONCURRENT_BEHAVIORS];

/** Six are enough: no scenario needs more. */
const manyUsers = (context: AttemptContext): Promise<InvitedIdentity[]> => usersUpTo(context, MANY_INVITATIONS, 6);

/**
 * One invitation of each kind, and a few at once, while nothing else runs: the order of notifications then does not
 * depend on chance.
 */
const ALONE: Attempt[] = [
  {
    name: 'alone',
    alone: true,
    tries: ['request.route', ...ACCEPTED_BEHAVIORS],
    act: async (context) => {
      const [call, users] = await Promise.all([context.groupCall(), context.users(2)]);
      const says = 'while nothing else is under way';
      await context.inviteAndWait(call, { name: 'first', says: `one user, ${says}`, invitees: users.slice(0, 1) });
      await context.inviteAndWait(call, { name: 'second', says: `another user, ${says}`, invitees: users.slice(1) });
    },
  },
  {
    // Early, because its notifications may follow one another.
    name: 'few-to-one-call',
    alone: true,
    tries: TRIES,
    act: async (context) => {
      const [call, users] = await Promise.all([context.groupCall(), context.users(FEW_INVITATIONS)]);
      const says = `one of ${FEW_INVITATIONS} to one call, with no others under way`;
      await Promise.all(
        users.map((user, i) => context.inviteAndWait(call, { name: String(i + 1), says, invitees: [user] })),
      );
    },
  },
  {
    name: 'alone-several',
    alone: true,
    capability: 'multiple',
    tries: ['multiple.accepted', ...ACCEPTED_BEHAVIORS],
    act: async (context) => {
      const [call, invitees] = await Promise.all([context.groupCall(), context.users(3)]);
      await context.inviteAndWait(call, { says: '3 users, while nothing else is under way', invitees });
    },
  },
  {
    name: 'alone-phone',
    alone: true,
    capability: 'pstn',
    tries: without(ACCEPTED_BEHAVIORS, PARTICIPANT_BEHAVIORS),
    act: async (context) => {
      const invitees = [context.phone()];
      const says = 'a phone, while nothing else is under way';
      await context.inviteAndWait(await context.groupCall(), { says, invitees, control: 'pstn.accepted' });
    },
  },
  ...['alone-replace', 'alone-replace-again'].map((name): Attempt => ({
    name,
    alone: true,
    capability: 'replace',
    tries: ['replace.accepted', ...ACCEPTED_BEHAVIORS, ...REPLACED_CALL_BEHAVIORS],
    act: async (context) => {
      const [call, peer] = await Promise.all([context.groupCall(), context.peerToPeerCall()]);
      const says = 'the user of a peer-to-peer call, replacing it, while nothing else is under way';
      await context.inviteAndWait(call, { says, invitees: [peer.user], replaces: peer.call });
    },
  })),
];

/** Several concurrent invitations, each with its own clientContext; and one of each kind alone. */
export const ordering: Scenario = {
  name: 'ordering',
  attempts: [
    {
      name: 'one-call',
      long: true,
      tries: TRIES,
      act: async (context) => {
        const [call, users] = await Promise.all([context.groupCall(), manyUsers(context)]);
        const says = `one of ${users.length} under way at once, all to one call`;
        await Promise.all(
          users.map((user, i) => context.inviteAndWait(call, { name: String(i + 1), says, invitees: [user] })),
        );
      },
    },
    {
      name: 'several-calls',
      variation: true,
      tries: TRIES,
      act: async (context) => {
        const calls = await Promise.all(Array.from({ length: MANY_INVITATIONS }, () => context.groupCall()));
        const users = await manyUsers(context);
        const says = `one of ${MANY_INVITATIONS} under way at once, each to a call of its own`;
        await Promise.all(
          calls.map((call, i) => {
            const at = i % users.length;
            return context.inviteAndWait(call, { name: String(i + 1), says, invitees: users.slice(at, at + 1) });
          }),
        );
      },
    },
    ...ALONE,
  ],
};
