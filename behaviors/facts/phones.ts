import { identitiesOf, rosterEntryIdentities } from '../../history/identities';
import { rosterOf } from '../../history/notifications';
import { arrayMember, member } from '../../history/values';
import type { Invitation } from '../../history/run-view';
import type { Place } from '../finding';
import { valueOf } from '../finding-values';
import { bodyOf, completionOf, inNotification, inResponse } from './evidence';
import { fact } from './fact';

/** Facts about phones in the target's responses and notifications. */

/** A number in E.164: a plus and up to 15 digits; the first digit is not 0. */
const E164 = /^\+[1-9]\d{1,14}$/;

/** Whether the id of a phone is a number in E.164. */
export function isE164(id: string): boolean {
  return E164.test(id);
}

/** A phone's id as the target wrote it, and its place. */
interface ShownPhone {
  id: string;
  at: Place;
}

/** The phones in an operation. @param place creates the place of a path in it */
function inOperation(operation: unknown, place: (path: string) => Place): ShownPhone[] {
  return (arrayMember(operation, 'participants') ?? []).flatMap((entry, i) =>
    identitiesOf(member(entry, 'identity')).flatMap(({ kind, id }) =>
      kind === 'phone' ? [{ id, at: place(`.participants[${i}].identity.phone.id`) }] : [],
    ),
  );
}

/** The phones in the rosters of a call with its own callback: nobody outside the run dials into such a call. */
function inRosters({ rosters, call }: Invitation): ShownPhone[] {
  if (call.sharedCallback === true) return [];
  return rosters.flatMap((roster) =>
    rosterOf(roster).flatMap(({ path, entry }) =>
      rosterEntryIdentities(entry).flatMap(({ kind, id }): ShownPhone[] =>
        kind === 'phone' ? [{ id, at: { event: roster.delivery.n, part: 'body', path } }] : [],
      ),
    ),
  );
}

const phonesInE164 = fact(
  ['accepted'],
  (invitation) => {
    const ending = completionOf(invitation);
    const named = [
      ...inOperation(bodyOf(invitation), (path) => inResponse(invitation, path)),
      ...(ending ? inOperation(ending.data, (path) => inNotification(ending, `.resourceData${path}`)) : []),
      ...inRosters(invitation),
    ];
    const wrong = named.find(({ id }) => !isE164(id));
    if (!wrong) return undefined;
    const allowed = 'a number in E.164: a plus and up to 15 digits';
    return { expected: { is: 'allowed', allowed }, observed: valueOf(wrong.id), at: [wrong.at] };
  },
  ({ record: { expect, invitees } }) => expect === 'accepted' && invitees.some(({ kind }) => kind === 'phone'),
);

export const phoneFacts = { 'pstn.e164': phonesInE164 };
