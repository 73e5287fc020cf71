import type { InvitedIdentity } from './events';
import { isObject, arrayMember, member, stringMember } from './values';

/** The keys of identities in an identitySet (linked: identitySet, communicationsIdentitySet). */
const KINDS = [
  'user',
  'application',
  'device',
  'phone',
  'guest',
  'encrypted',
  'onPremises',
  'applicationInstance',
  'azureCommunicationServicesUser',
] as const;

/**
 * The identities in an identitySet: every known kind that is not null. Identities without an id are dropped if another
 * has one; otherwise each has the id ''.
 */
export function identitiesOf(identitySet: unknown): InvitedIdentity[] {
  const held: InvitedIdentity[] = [];
  for (const kind of KINDS) {
    const identity = member(identitySet, kind);
    if (isObject(identity)) held.push({ kind, id: stringMember(identity, 'id') ?? '' });
  }
  const withId = held.filter(({ id }) => id !== '');
  return withId.length > 0 ? withId : held;
}

/** The identities in an operation's `participants`, with their JSON paths. */
export function participantsOf(operation: unknown): { path: string; identities: InvitedIdentity[] }[] {
  return (arrayMember(operation, 'participants') ?? []).map((entry, i) => ({
    path: `participants[${i}].identity`,
    identities: identitiesOf(member(entry, 'identity')),
  }));
}

/**
 * The identities of a roster entry; also found beside `info` or directly in it, so that a wrong form does not hide the
 * participant.
 */
export function rosterEntryIdentities(entry: unknown): InvitedIdentity[] {
  const info = member(entry, 'info');
  const places = [member(info, 'identity'), member(entry, 'identity'), info];
  return places.map(identitiesOf).find((found) => found.length > 0) ?? [];
}

/** Compares kind and id; ids are case-sensitive (linked: call-api, assigned ids are case-sensitive). */
export function isSameIdentity(a: InvitedIdentity, b: InvitedIdentity): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/** The difference between two lists of identities, regardless of order; undefined if there is none. */
export function identityDifference(
  expected: readonly InvitedIdentity[],
  found: readonly InvitedIdentity[],
): { missing: InvitedIdentity[]; extra: InvitedIdentity[] } | undefined {
  const extra = [...found];
  const missing: InvitedIdentity[] = [];
  for (const identity of expected) {
    const at = extra.findIndex((other) => isSameIdentity(identity, other));
    if (at === -1) missing.push(identity);
    else extra.splice(at, 1);
  }
  return missing.length === 0 && extra.length === 0 ? undefined : { missing, extra };
}
