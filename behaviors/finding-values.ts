import type { InvitedIdentity } from '../history/events';
import { isSameIdentity } from '../history/identities';
import { isObject } from '../history/values';
import type { Invitation, Run } from '../history/run-view';
import { beginningOf } from '../schemas';
import type { Role, Value, Who } from './finding';

/** A value from the target, for a finding: whole up to 1,000 characters of JSON, else its beginning. */
export function valueOf(found: unknown): Value {
  if (found === undefined) return { is: 'absent' };
  const { whole, beginning } = beginningOf(found);
  if (whole) return { is: 'json', value: found };
  if (typeof found === 'string') return { is: 'cut', type: 'string', beginning, length: found.length };
  const type = Array.isArray(found) ? 'array' : 'object';
  return {
    is: 'cut',
    type,
    beginning,
    length: Array.isArray(found) ? found.length : Object.keys(Object(found)).length,
  };
}

/** The longest path of a resource in a finding, in characters. */
const LONGEST_PATH = 1000;

/** The path that a URL should have, for a finding; an operation id of the target may be huge. */
export function resourceOf(path: string): Value {
  return { is: 'resource', path: path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path };
}

/** A member of an object, for a finding; unlike the judges, it distinguishes null from absent. */
export function memberOf(value: unknown, key: string): Value {
  return valueOf(isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined);
}

/** Identities with their roles from the point of view of an invitation. */
export function identitiesValue(identities: readonly InvitedIdentity[], invitation: Invitation, run: Run): Value {
  return {
    is: 'identities',
    identities: identities.map((one): Who => ({ ...one, role: roleOf(one, invitation, run) })),
  };
}

function roleOf(identity: InvitedIdentity, invitation: Invitation, run: Run): Role {
  const { invitees, ignored } = invitation.record;
  const at = invitees.findIndex((one) => isSameIdentity(one, identity));
  if (at !== -1) return { of: 'invitee', number: at + 1, count: invitees.length };
  if (ignored.some((one) => isSameIdentity(one, identity))) return { of: 'ignored' };
  const asOther = invitees.find(({ id }) => id !== '' && id === identity.id);
  if (asOther) return { of: 'otherKind', invited: asOther.kind };
  const other = run.invitations.find(({ record }) => record.invitees.some((one) => isSameIdentity(one, identity)));
  return other ? { of: 'another', invitation: other.record.key } : { of: 'unknown' };
}
