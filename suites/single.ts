import { setTimeout } from 'node:timers/promises';
import type { Scenario } from './scenario';
import { ORDINARY } from './tries';

/** How long it is from one answer to the next invitation, ms: shorter and longer than services gather changes for. */
const PAUSES = [0, 20, 110, 180, 250];

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
      // A roster that follows another one closely must come too, if later: none of them waits for those before it.
      name: 'in-a-row',
      variation: true,
      tries: ['roster.announced', 'roster.invitees'],
      act: async (stage) => {
        const [call, users] = await Promise.all([stage.groupCall(), stage.users(PAUSES.length)]);
        const due: Promise<void>[] = [];
        for (const [i, pause] of PAUSES.entries()) {
          await setTimeout(pause);
          const says = `user ${i + 1} of ${users.length}, ${pause} ms after the answer to the one before`;
          due.push(
            stage.settled(await stage.invite(call, { name: String(i + 1), says, invitees: users.slice(i, i + 1) })),
          );
        }
        await Promise.all(due);
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
