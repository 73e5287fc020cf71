/** Types of the metadata from which others derive, in lower case; a derived type's name ends with its base's. */
const BASES = ['identityset', 'mediaconfig', 'participantinfo', 'meetinginfo', 'commsoperation', 'identity', 'prompt'];

/** The name of `#microsoft.graph.user`, in lower case, with or without what stands before it. */
function nameOf(type: string): string {
  return (/[^.#]+$/.exec(type)?.[0] ?? type).toLowerCase();
}

function baseOf(type: string): string {
  const name = nameOf(type);
  if (name.endsWith('operation')) return 'commsoperation';
  return BASES.find((base) => name.endsWith(base)) ?? name;
}

/** Whether two types may stand in one place: they are one, or derive from one. */
export function areRelated(a: string, b: string): boolean {
  return baseOf(a) === baseOf(b);
}

/** Whether a body may be of a type where an annotation declares another: it derives from it. */
export function derivesFrom(type: string, declared: string): boolean {
  return nameOf(type) === nameOf(declared) || (areRelated(type, declared) && baseOf(declared) === nameOf(declared));
}

const TYPE = "['@odata.type']";

/** Whether what stands at a place is a type in place of a related one: that is no contradiction. */
export function isRelatedType(path: string, shown: unknown, allowed: readonly unknown[]): boolean {
  if (!path.endsWith(TYPE) || typeof shown !== 'string') return false;
  return allowed.some((type) => typeof type === 'string' && areRelated(shown, type));
}
