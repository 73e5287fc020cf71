/** One step into a JSON value: a member's name, or an item's index. */
export type Step = string | number;

/** A member's name that a path can contain after a dot. */
const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/;

/**
 * The JSON path of a member, such as `$.participants` or `$['@odata.type']`.
 * @param path of the object
 * @param name of the member
 */
export function memberPath(path: string, name: string): string {
  if (PLAIN_NAME.test(name)) return `${path}.${name}`;
  return `${path}['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}

/**
 * The JSON path of a list of steps.
 * @param steps from the root
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
 * @param root the value that the pointer starts from; it decides whether a number is an array's index or a member's
 * name
 * @param pointer such as `/participants/0/identity`; it must point to a value in the root
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
 * @param root the value that the pointer starts from
 * @param pointer must point to a value in the root
 * @returns such as `$.participants[0].identity`
 */
export function pathOfPointer(root: unknown, pointer: string): string {
  return pathOf(stepsOfPointer(root, pointer));
}

/** The value at the end of some steps; undefined if there is none. */
export function valueAt(root: unknown, steps: readonly Step[]): unknown {
  return steps.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? (at as Record<Step, unknown>)[step]
        : undefined,
    root,
  );
}
