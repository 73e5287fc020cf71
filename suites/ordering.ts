import type { InvitedIdentity } from '../history/events';
import type { Attempt, Scenario, Stage } from './scenario';
import { except, NAMES, ORDINARY, REPLACED_ENDS, TOGETHER } from './tries';
import { usersUpTo } from './users';

/** How many invitations are under way at once. */
const MANY = 8;
/** How many where nothing but them is. */
const FEW = 4;
const TRIES = ['ordering.concurrent-invitations', ...TOGETHER];

/** Six will do: no scenario needs more. */
const manyUsers = (stage: Stage): Promise<InvitedIdentity[]> => usersUpTo(stage, MANY, 6);

/** One invitation of each kind while nothing else is under way: in which order things come does not depend on chance then. */
const ALONE: Attempt[] = [
  {
    name: 'alone',
    alone: true,
    tries: ['request.route', ...ORDINARY],
    act: async (stage) => {
      const [call, users] = await Promise.all([stage.groupCall(), stage.users(2)]);
      const says = 'while nothing else is under way';
      await stage.see(call, { name: 'first', says: `one user, ${says}`, invitees: users.slice(0, 1) });
      await stage.see(call, { name: 'second', says: `another user, ${says}`, invitees: users.slice(1) });
    },
  },
  {
    name: 'alone-several',
    alone: true,
    capability: 'multiple',
    tries: ['multiple.accepted', ...ORDINARY],
    act: async (stage) => {
      const [call, invitees] = await Promise.all([stage.groupCall(), stage.users(3)]);
      await stage.see(call, { says: '3 users, while nothing else is under way', invitees });
    },
  },
  {
    name: 'alone-phone',
    alone: true,
    capability: 'pstn',
    tries: except(ORDINARY, NAMES),
    act: async (stage) => {
      const invitees = [stage.phone()];
      const says = 'a phone, while nothing else is under way';
      await stage.see(await stage.groupCall(), { says, invitees, control: 'pstn.accepted' });
    },
  },
  ...['alone-replace', 'alone-replace-again'].map((name): Attempt => ({
    name,
    alone: true,
    capability: 'replace',
    tries: ['replace.accepted', ...ORDINARY, ...REPLACED_ENDS],
    act: async (stage) => {
      const [call, peer] = await Promise.all([stage.groupCall(), stage.peerToPeerCall()]);
      const says = 'the user of a peer-to-peer call, replacing it, while nothing else is under way';
      await stage.see(call, { says, invitees: [peer.user], replaces: peer.call });
    },
  })),
  {
    name: 'few-to-one-call',
    alone: true,
    tries: TRIES,
    act: async (stage) => {
      const [call, users] = await Promise.all([stage.groupCall(), stage.users(FEW)]);
      const says = `one of ${FEW} to one call, with no others under way`;
      await Promise.all(users.map((user, i) => stage.see(call, { name: String(i + 1), says, invitees: [user] })));
    },
  },
];

/** Several invitations under way at once, each with its own clientContext; and one of each kind alone. */
export const ordering: Scenario = {
  name: 'ordering',
  attempts: [
    {
      name: 'one-call',
      tries: TRIES,
      act: async (stage) => {
        const [call, users] = await Promise.all([stage.groupCall(), manyUsers(stage)]);
        const says = `one of ${users.length} under way at once, all to one call`;
        await Promise.all(users.map((user, i) => stage.see(call, { name: String(i + 1), says, invitees: [user] })));
      },
    },
    {
      name: 'several-calls',
      variation: true,
      tries: TRIES,
      act: async (stage) => {
        const calls = await Promise.all(Array.from({ length: MANY }, () => stage.groupCall()));
        const users = await manyUsers(stage);
        const says = `one of ${MANY} under way at once, each to a call of its own`;
        await Promise.all(
          calls.map((call, i) => {
            const at = i % users.length;
            return stage.see(call, { name: String(i + 1), says, invitees: users.slice(at, at + 1) });
          }),
        );
      },
    },
    ...ALONE,
  ],
};
