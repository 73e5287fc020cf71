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

/** Whether all that a finding tells is a type in place of a related one: `$['@odata.type'] is "…", not "…"`. */
export function tellsOfRelatedTypes(seen: string, expected: string): boolean {
  const parts = seen.split('; ');
  return parts.every((part) => {
    const [, type, wanted = expected] =
      /@odata\.type(?:'\])? is (?:string )?"([^"]+)"(?:, not (.*))?$/.exec(part) ?? [];
    const allowed = wanted.match(/#microsoft\.graph\.\w+/g) ?? [];
    return type !== undefined && allowed.some((one) => areRelated(type, one));
  });
}
