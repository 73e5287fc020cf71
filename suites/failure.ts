import { afterwards } from './afterwards';
import type { Scenario } from './scenario';
import { RESPONSE } from './tries';

/** A user to whom no invitation can be carried out. */
export const failure: Scenario = {
  name: 'failure',
  attempts: [
    {
      name: 'unreachable',
      capability: 'failure',
      tries: ['failure.announced', 'failure.no-roster', 'ordering.response-first', ...RESPONSE],
      act: async (stage) => {
        const [call, user, others] = await Promise.all([stage.groupCall(), stage.unreachableUser(), stage.users(1)]);
        await stage.see(call, { says: 'a user who cannot be reached', invitees: [user], expect: 'fails' });
        await stage.see(call, afterwards('a failure', others));
      },
    },
  ],
};
