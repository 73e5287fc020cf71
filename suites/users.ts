import type { CallRecord, InvitedIdentity } from '../history/events';
import { NotProvided } from '../target/errors';
import type { AttemptContext } from './scenario';

/** The number of users that most services and configs can provide. */
const USUAL_USER_COUNT = 6;

/**
 * Gets the wanted number of users, or fewer if the service has not so many.
 * @param toRefuse how many of them, the last, are for invitations that must be refused
 * @throws NotProvided if there are fewer than `least`
 */
export async function usersUpTo(
  context: AttemptContext,
  most: number,
  least: number,
  toRefuse = 0,
): Promise<InvitedIdentity[]> {
  const own = most - toRefuse;
  const counts = [most, USUAL_USER_COUNT, least].filter(
    (count, i, all) => i === 0 || (count < (all[i - 1] ?? 0) && count >= least),
  );
  for (const count of counts.slice(0, -1)) {
    try {
      return await context.users(count, Math.min(toRefuse, Math.max(0, count - own)));
    } catch (error) {
      if (!(error instanceof NotProvided)) throw error;
    }
  }
  return context.users(least, Math.min(toRefuse, Math.max(0, least - own)));
}

/**
 * Gets users for invitations that must be refused, and the attempt's own users. A refused user does not join, so a
 * small number is enough; they are then reused in turn.
 * @param count the number of invitations that must be refused
 * @returns `own`, and the user for the invitation of an index, counted from 0
 */
export async function usersToRefuse(
  context: AttemptContext,
  count: number,
  own = 0,
): Promise<{ own: InvitedIdentity[]; at: (i: number) => InvitedIdentity[] }> {
  const users = await usersUpTo(context, own + count, own + 1, count);
  const others = users.slice(own);
  return {
    own: users.slice(0, own),
    at: (i) => others.slice(i % others.length, (i % others.length) + 1),
  };
}

/**
 * Gets calls with one user each. Accepted invitations go to separate calls, so that a defect of concurrent invitations
 * to one call shows only where that is tried.
 * @throws NotProvided if these can't be provided
 */
export function callsWithUsers(
  context: AttemptContext,
  count: number,
): Promise<{ call: CallRecord; invitees: InvitedIdentity[] }[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const [call, invitees] = await Promise.all([context.groupCall(), context.users(1)]);
      return { call, invitees };
    }),
  );
}
