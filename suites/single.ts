import { setTimeout } from 'node:timers/promises';
import type { Scenario } from './scenario';
import { ACCEPTED_BEHAVIORS } from './behavior-lists';

/** How long it is from one answer to the next invitation, ms: shorter and longer than services gather changes for. */
const PAUSES_MS = [0, 20, 110, 180, 250];

/** One user invited to a group call, and another one after that. */
export const single: Scenario = {
  name: 'single',
  attempts: [
    {
      name: 'one',
      tries: ['request.route', ...ACCEPTED_BEHAVIORS],
      act: async (context) => {
        const [call, invitees] = await Promise.all([context.groupCall(), context.users(1)]);
        await context.inviteAndWait(call, { says: 'one user', invitees });
      },
    },
    {
      name: 'bare-call',
      tries: ['request.route', ...ACCEPTED_BEHAVIORS],
      act: async (context) => {
        const [call, invitees] = await Promise.all([
          context.groupCall({ chatInfo: false, pstnNumber: false }),
          context.users(1),
        ]);
        await context.inviteAndWait(call, {
          says: 'one user, to a call without chat info and without a PSTN number',
          invitees,
        });
      },
    },
    {
      // A roster that follows another one closely must come too, if later: none of them waits for those before it.
      name: 'in-a-row',
      variation: true,
      tries: ['roster.announced', 'roster.invitees'],
      act: async (context) => {
        const [call, users] = await Promise.all([context.groupCall(), context.users(PAUSES_MS.length)]);
        const due: Promise<void>[] = [];
        for (const [i, pause] of PAUSES_MS.entries()) {
          await setTimeout(pause);
          const says = `user ${i + 1} of ${users.length}, ${pause} ms after the answer to the one before`;
          due.push(
            context.waitForOutcome(
              await context.invite(call, { name: String(i + 1), says, invitees: users.slice(i, i + 1) }),
            ),
          );
        }
        await Promise.all(due);
      },
    },
    {
      // What belongs to an operation must not be kept with the call: the second invitation shows it.
      name: 'second',
      tries: ['request.route', ...ACCEPTED_BEHAVIORS],
      act: async (context) => {
        const [call, users] = await Promise.all([context.groupCall(), context.users(2)]);
        await context.inviteAndWait(call, { name: 'before', says: 'one user', invitees: users.slice(0, 1), tries: [] });
        await context.inviteAndWait(call, {
          says: 'another user, once the first has joined',
          invitees: users.slice(1),
        });
      },
    },
  ],
};
