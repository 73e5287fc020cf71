import type { InvitedIdentity } from '../history/events';
import type { InvitationWish } from './scenario';

/** Somebody else, invited after a refusal: whom it left in the call all the same shows in the roster that follows. */
export function afterRefusal(invitees: InvitedIdentity[]): InvitationWish {
  return { name: 'after', says: 'somebody else, after a refusal', invitees, tries: [] };
}
