import type { InvitedIdentity } from '../history/events';
import type { InvitationOptions } from './scenario';

/**
 * Somebody else, invited once another invitation is over: whom that one left in the call all the same shows in the roster
 * that follows.
 * @param what the other one, as `a refusal`
 */
export function followUpInvitation(what: string, invitees: InvitedIdentity[]): InvitationOptions {
  return { name: 'after', says: `somebody else, after ${what}`, invitees, tries: [] };
}
