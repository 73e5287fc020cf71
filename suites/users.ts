import type { CallRecord, InvitedIdentity } from '../history/events';
import { NotProvided } from '../target/errors';
import type { AttemptContext } from './scenario';

/** As many users as can be had of most services and configs. */
const USUAL_USER_COUNT = 6;

/**
 * As many users as are wanted or, of a service that has not so many, fewer that will do.
 * @param toRefuse how many of them, the last, are for invitations that must be refused
 * @throws NotProvided where there are fewer than the least
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
 * Users of invitations that must be refused, and some of the attempt's own before them. Nobody who is refused joins, so
 * that few will do where there are few; then they come again, one after the other.
 * @param count how many invitations must be refused
 * @returns `own`, and whom the invitation of a number, counted from 0, names
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
 * Calls, and whom to invite to each: invitations that are accepted go to calls of their own, so that what a service gets
 * wrong for several under way at once to one call shows where that is tried.
 * @throws NotProvided where these cannot be had
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
