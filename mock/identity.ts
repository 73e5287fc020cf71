import { isObject, type Json } from './json';

/** One identity of an identitySet: its kind is the property's name (`user`, `phone`, …). */
export interface Identity {
  kind: string;
  id: string;
}

/**
 * The identities in an identitySet. Every kind counts, because the type is open; annotations and nulls do not.
 * @returns an empty list if the value is not an identitySet or contains no identity
 */
export function identitiesOf(identitySet: Json | undefined): Identity[] {
  if (!isObject(identitySet)) return [];
  const found: Identity[] = [];
  for (const [kind, identity] of Object.entries(identitySet)) {
    if (kind.startsWith('@') || !isObject(identity)) continue;
    const { id } = identity;
    if (typeof id === 'string' && id !== '') found.push({ kind, id });
  }
  return found;
}

/** A string that is equal for equal identities: same kind, same id, both case-sensitive. */
export function keyOf(identity: Identity): string {
  return `${identity.kind}:${identity.id}`;
}
