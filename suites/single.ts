import { setTimeout } from 'node:timers/promises';
import type { Scenario } from './scenario';
import { ACCEPTED_BEHAVIORS } from './behavior-lists';

/**
 * The pauses between a response and the next invitation, ms: shorter and longer than the time for which services batch
 * changes.
 */
const PAUSES_MS = [0, 20, 110, 180, 250];

/** Invites one user to a group call, and another one afterwards. */
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
      // A roster that closely follows another one must arrive too: no invitation waits for the previous ones.
      name: 'in-a-row',
      variation: true,
      long: true,
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
      // State of an operation must not be kept with the call: the second invitation would show it.
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
