/** One step down a value of JSON: a member's name, or an item's index. */
export type Step = string | number;

/** A member's name that a path can show after a dot. */
const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/;

/**
 * The JSON path of a member, such as `$.participants` or `$['@odata.type']`.
 *
 * @param path the path of the object
 * @param name the member's name
 * @returns the path of the member
 */
export function memberPath(path: string, name: string): string {
  if (PLAIN_NAME.test(name)) return `${path}.${name}`;
  return `${path}['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}

/**
 * The JSON path that some steps lead to.
 *
 * @param steps the steps from the root
 * @param root the path of the root
 */
export function pathOf(steps: readonly Step[], root = '$'): string {
  return steps.reduce<string>(
    (path, step) => (typeof step === 'number' ? `${path}[${step}]` : memberPath(path, step)),
    root,
  );
}

/**
 * The steps of a JSON pointer.
 *
 * @param root the value that the pointer starts from; it tells an array's index from a member whose name is a number
 * @param pointer the pointer, such as `/participants/0/identity`; it must lead to something within the root
 */
export function stepsOfPointer(root: unknown, pointer: string): Step[] {
  let at = root;
  return pointer
    .split('/')
    .slice(1)
    .map((escaped) => {
      const step = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
      const inArray = Array.isArray(at);
      at = (at as Record<string, unknown> | undefined)?.[step];
      return inArray ? Number(step) : step;
    });
}

/**
 * Turns a JSON pointer into a JSON path.
 *
 * @param root the value that the pointer starts from
 * @param pointer the pointer; it must lead to something within the root
 * @returns the path, such as `$.participants[0].identity`
 */
export function pathOfPointer(root: unknown, pointer: string): string {
  return pathOf(stepsOfPointer(root, pointer));
}

/** What some steps lead to; undefined where they lead nowhere. */
export function valueAt(root: unknown, steps: readonly Step[]): unknown {
  return steps.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? (at as Record<Step, unknown>)[step]
        : undefined,
    root,
  );
}
