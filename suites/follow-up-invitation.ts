import type { InvitedIdentity } from '../history/events';
import type { InvitationOptions } from './scenario';

/**
 * Creates an invitation of another user after a first one is over: the roster that follows shows whether the first one
 * left its invitees in the call.
 * @param what the first invitation, such as `a refusal`
 */
export function followUpInvitation(what: string, invitees: InvitedIdentity[]): InvitationOptions {
  return { name: 'after', says: `somebody else, after ${what}`, invitees, tries: [] };
}
