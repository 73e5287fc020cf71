import { randomUUID } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '../json';
import { objectOf, objectsIn } from '../hook-builders';

/** A way to name the wrong people in `participants` or in a roster. */
export interface Misnaming {
  what: string;
  says: string;
  /** @param entries the correct list @returns the list to send */
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

/** Moves identities from one kind of an identitySet to another. */
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

/** Ways that apply to one or several users. */
export const MISNAMINGS: readonly Misnaming[] = [
  { what: 'empty', says: 'lists no participants', of: () => [] },
  { what: 'last-missing', says: 'omits the last participant', of: (entries) => entries.slice(0, -1) },
  {
    what: 'user-as-application',
    says: 'lists users as applications',
    of(entries) {
      rekind(entries, 'user', 'application');
      return entries;
    },
  },
  {
    what: 'other-id',
    says: 'sends a random id for each participant',
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
    says: 'omits the ids of participants',
    of: (entries) => edited(entries, (identity) => void delete identity['id']),
  },
];

/** Adds a participant whom nobody invited: wrong wherever exactly the invitees are listed. */
export const STRANGER: Misnaming = {
  what: 'stranger',
  says: 'lists an additional participant whom nobody invited',
  of(entries) {
    const [first] = structuredClone(entries);
    editIdentities(first ? [first] : [], (identity) => {
      identity['id'] = randomUUID();
    });
    return first ? [...entries, first] : entries;
  },
};

/** The place where a fault of a behaviour shows, to end its sentence. */
export function placeOf(behavior: string): string {
  if (behavior.startsWith('completion.') || behavior.endsWith('-completion')) return 'in the completion';
  return behavior.startsWith('roster.') || behavior.endsWith('-roster') ? 'in the roster' : 'in the response';
}

/** Ways to alter a phone number. */
export const MISDIALINGS: readonly Misnaming[] = [
  {
    what: 'as-user',
    says: 'lists the phone as a user',
    of(entries) {
      rekind(entries, 'phone', 'user');
      return entries;
    },
  },
  {
    what: 'without-plus',
    says: 'omits the + of the phone number',
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
