import type { Scenario } from './scenario';
import { ORDINARY } from './tries';

/** One user invited to a group call. */
export const single: Scenario = {
  name: 'single',
  attempts: [
    {
      name: 'one',
      tries: ['request.route', ...ORDINARY],
      act: async (stage) => {
        const [call, invitees] = await Promise.all([stage.groupCall(), stage.users(1)]);
        await stage.see(call, { says: 'one user', invitees });
      },
    },
  ],
};
