import { randomUUID } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '../json';
import { objectOf, objectsIn } from '../hook-builders';

/** Ways to name the wrong people in `participants` or a roster. */
export interface Misnaming {
  what: string;
  says: string;
  /** @param entries the list as it should be @returns the list as it is sent */
  of: (entries: JsonObject[]) => Json;
}

/** The identitySet of an entry of `participants`, or of a roster. */
export function identitySetOf(entry: JsonObject): JsonObject {
  return objectOf(entry['identity'] ?? objectOf(entry['info'])['identity']);
}

/** Changes each identity of the entries. */
export function editIdentities(
  entries: Json | undefined,
  edit: (identity: JsonObject, kind: string, set: JsonObject) => void,
): void {
  for (const entry of objectsIn(entries)) {
    const set = identitySetOf(entry);
    for (const [kind, identity] of Object.entries(set)) if (isObject(identity)) edit(identity, kind, set);
  }
}

/** Shows identities of one kind as another kind. */
export function rekind(entries: Json | undefined, from: string, to: string): void {
  editIdentities(entries, (identity, kind, set) => {
    if (kind !== from) return;
    if (set[to] !== undefined) set[from] = null;
    else delete set[from];
    set[to] = identity;
  });
}

function edited(entries: JsonObject[], edit: (identity: JsonObject, kind: string, set: JsonObject) => void): Json {
  editIdentities(entries, edit);
  return entries;
}

/** Ways that show with users, one or several. */
export const MISNAMINGS: readonly Misnaming[] = [
  { what: 'empty', says: 'names nobody', of: () => [] },
  { what: 'last-missing', says: 'leaves the last participant out', of: (entries) => entries.slice(0, -1) },
  {
    what: 'user-as-application',
    says: 'names users as applications',
    of(entries) {
      rekind(entries, 'user', 'application');
      return entries;
    },
  },
  {
    what: 'other-id',
    says: 'names a participant by an id that nobody invited',
    of: (entries) =>
      edited(entries, (identity) => {
        identity['id'] = randomUUID();
      }),
  },
  {
    what: 'id-in-braces',
    says: 'puts the ids of participants in braces',
    of: (entries) =>
      edited(entries, (identity) => {
        identity['id'] = `{${identity['id'] as string}}`;
      }),
  },
  {
    what: 'id-missing',
    says: 'names participants without an id',
    of: (entries) => edited(entries, (identity) => void delete identity['id']),
  },
];

/** One more, whom nobody invited: wrong wherever just the invited people are named. */
export const STRANGER: Misnaming = {
  what: 'stranger',
  says: 'names a participant whom nobody invited',
  of(entries) {
    const [first] = structuredClone(entries);
    editIdentities(first ? [first] : [], (identity) => {
      identity['id'] = randomUUID();
    });
    return first ? [...entries, first] : entries;
  },
};

/** Where a fault of an area shows, as its sentence ends. */
export function placeOf(behavior: string): string {
  if (behavior.startsWith('completion.') || behavior.endsWith('-completion')) return 'in the completion';
  return behavior.startsWith('roster.') || behavior.endsWith('-roster') ? 'in the roster' : 'in the response';
}

/** Ways to spoil a phone number. */
export const MISDIALINGS: readonly Misnaming[] = [
  {
    what: 'as-user',
    says: 'names the phone as a user',
    of(entries) {
      rekind(entries, 'phone', 'user');
      return entries;
    },
  },
  {
    what: 'without-plus',
    says: 'loses the + of the phone number',
    of: (entries) => phones(entries, (id) => id.slice(1)),
  },
  {
    what: 'masked',
    says: 'masks the last four digits of the phone number',
    of: (entries) => phones(entries, (id) => `${id.slice(0, -4)}****`),
  },
  {
    what: 'tel-uri',
    says: 'sends the phone number as a tel: URI',
    of: (entries) => phones(entries, (id) => `tel:${id}`),
  },
];

function phones(entries: JsonObject[], edit: (id: string) => string): Json {
  return edited(entries, (identity, kind) => {
    if (kind === 'phone') identity['id'] = edit(identity['id'] as string);
  });
}
