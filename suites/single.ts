import type { Scenario } from './scenario';
import { ORDINARY } from './tries';

/** One user invited to a group call, and another one after that. */
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
    {
      name: 'bare-call',
      tries: ['request.route', ...ORDINARY],
      act: async (stage) => {
        const [call, invitees] = await Promise.all([
          stage.groupCall({ chatInfo: false, pstnNumber: false }),
          stage.users(1),
        ]);
        await stage.see(call, { says: 'one user, to a call without chat info and without a PSTN number', invitees });
      },
    },
    {
      // What belongs to an operation must not be kept with the call: the second invitation shows it.
      name: 'second',
      tries: ['request.route', ...ORDINARY],
      act: async (stage) => {
        const [call, users] = await Promise.all([stage.groupCall(), stage.users(2)]);
        await stage.see(call, { name: 'before', says: 'one user', invitees: users.slice(0, 1), tries: [] });
        await stage.see(call, { says: 'another user, once the first has joined', invitees: users.slice(1) });
      },
    },
  ],
};
