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
 * Turns a JSON pointer into a JSON path.
 *
 * @param root the value that the pointer starts from; it tells an array's index from a member whose name is a number
 * @param pointer the pointer, such as `/participants/0/identity`; it must lead to something within the root
 * @returns the path, such as `$.participants[0].identity`
 */
export function pathOfPointer(root: unknown, pointer: string): string {
  let path = '$';
  let at = root;
  for (const escaped of pointer.split('/').slice(1)) {
    const step = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    path = Array.isArray(at) ? `${path}[${step}]` : memberPath(path, step);
    at = (at as Record<string, unknown>)[step];
  }
  return path;
}
