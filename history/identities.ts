import type { InvitedIdentity } from './events';
import { isObject, arrayMember, member, stringMember } from './values';

/** The keys of an identitySet that hold an identity (linked: identitySet, communicationsIdentitySet). */
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
 * The identities that an identitySet names: every known kind that is not null. One without an id names nobody beside one
 * that has an id; where none has, each has the id ''.
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

/** The identities that an operation's `participants` name, with the JSON path of each. */
export function participantsOf(operation: unknown): { path: string; identities: InvitedIdentity[] }[] {
  return (arrayMember(operation, 'participants') ?? []).map((entry, i) => ({
    path: `participants[${i}].identity`,
    identities: identitiesOf(member(entry, 'identity')),
  }));
}

/** The identities of a roster entry; also where they stand beside `info` or bare in it, so that a slip of form does not hide who it is. */
export function rosterEntryIdentities(entry: unknown): InvitedIdentity[] {
  const info = member(entry, 'info');
  const places = [member(info, 'identity'), member(entry, 'identity'), info];
  return places.map(identitiesOf).find((found) => found.length > 0) ?? [];
}

/** `user 1234` */
export function identityText(identity: InvitedIdentity): string {
  return `${identity.kind} ${identity.id === '' ? '(no id)' : identity.id}`;
}

export function identitiesText(identities: readonly InvitedIdentity[]): string {
  return identities.length === 0 ? 'nobody' : identities.map(identityText).join(', ');
}

/** Same kind, same id: ids are compared to the letter (linked: call-api, assigned ids are case-sensitive). */
export function isSameIdentity(a: InvitedIdentity, b: InvitedIdentity): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/** How a list of named identities differs from the one that is expected, in any order; undefined where it does not. */
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
