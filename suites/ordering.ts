import type { Scenario } from './scenario';
import { TOGETHER } from './tries';

/** How many invitations are under way at once. */
const MANY = 8;
const TRIES = ['ordering.concurrent-invitations', ...TOGETHER];

/** Several invitations under way at once, each with its own clientContext. */
export const ordering: Scenario = {
  name: 'ordering',
  attempts: [
    {
      name: 'one-call',
      tries: TRIES,
      act: async (stage) => {
        const [call, users] = await Promise.all([stage.groupCall(), stage.users(MANY)]);
        const says = `one of ${MANY} under way at once, all to one call`;
        await Promise.all(users.map((user, i) => stage.see(call, { name: String(i + 1), says, invitees: [user] })));
      },
    },
    {
      name: 'several-calls',
      tries: TRIES,
      act: async (stage) => {
        const calls = await Promise.all(Array.from({ length: MANY }, () => stage.groupCall()));
        const users = await stage.users(MANY);
        const says = `one of ${MANY} under way at once, each to a call of its own`;
        await Promise.all(
          calls.map((call, i) => stage.see(call, { name: String(i + 1), says, invitees: users.slice(i, i + 1) })),
        );
      },
    },
  ],
};
