import type { InvitedIdentity } from '../history/events';
import { NotProvided } from '../target/errors';
import type { Stage } from './scenario';

/**
 * As many users as are wanted or, of a service that has not so many, as few as will do.
 * @throws NotProvided where there are fewer than that
 */
export async function usersUpTo(stage: Stage, most: number, least: number): Promise<InvitedIdentity[]> {
  try {
    return await stage.users(most);
  } catch (error) {
    if (!(error instanceof NotProvided)) throw error;
    return stage.users(least);
  }
}
