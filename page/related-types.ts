/** Base types in the metadata, in lower case; the name of a derived type ends with that of its base. */
const BASES = ['identityset', 'mediaconfig', 'participantinfo', 'meetinginfo', 'commsoperation', 'identity', 'prompt'];

/** The name in a type such as `#microsoft.graph.user`, in lower case, with or without a prefix. */
function nameOf(type: string): string {
  return (/[^.#]+$/.exec(type)?.[0] ?? type).toLowerCase();
}

function baseOf(type: string): string {
  const name = nameOf(type);
  if (name.endsWith('operation')) return 'commsoperation';
  return BASES.find((base) => name.endsWith(base)) ?? name;
}

/** Whether two types may occur in one place: they are equal, or have the same base. */
export function areRelated(a: string, b: string): boolean {
  return baseOf(a) === baseOf(b);
}

/** Whether a body may have a type that its annotation does not name: a type derived from that one. */
export function derivesFrom(type: string, declared: string): boolean {
  return nameOf(type) === nameOf(declared) || (areRelated(type, declared) && baseOf(declared) === nameOf(declared));
}

const TYPE = "['@odata.type']";

/** Whether a value is a type related to an allowed one: which is not a contradiction. */
export function isRelatedType(path: string, shown: unknown, allowed: readonly unknown[]): boolean {
  if (!path.endsWith(TYPE) || typeof shown !== 'string') return false;
  return allowed.some((type) => typeof type === 'string' && areRelated(shown, type));
}
