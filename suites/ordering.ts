import type { InvitedIdentity } from '../history/events';
import type { Scenario, Stage } from './scenario';
import { TOGETHER } from './tries';
import { usersUpTo } from './users';

/** How many invitations are under way at once. */
const MANY = 8;
const TRIES = ['ordering.concurrent-invitations', ...TOGETHER];

/** Six will do: no scenario needs more. */
const manyUsers = (stage: Stage): Promise<InvitedIdentity[]> => usersUpTo(stage, MANY, 6);

/** Several invitations under way at once, each with its own clientContext. */
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
  ],
};
