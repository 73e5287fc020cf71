import type { InvitedIdentity } from '../history/events';
import type { InvitationOptions } from './scenario';

/**
 * Creates an invitation of another user after a first one is over: the roster that follows shows whether the first one
 * left its invitees in the call.
 * @param what the first invitation, such as `a refusal`
 * @param tries the behaviours that it tries itself
 */
export function followUpInvitation(
  what: string,
  invitees: InvitedIdentity[],
  tries: readonly string[] = [],
): InvitationOptions {
  return { name: 'after', says: `somebody else, after ${what}`, invitees, tries };
}
