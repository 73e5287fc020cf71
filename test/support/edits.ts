/** A change to a made-up body: takes the conforming value, returns another. */
export type Edit = (value: unknown) => unknown;

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Copies a value, and changes the parent of the place that a JSON Pointer (RFC 6901) names. */
function at(value: unknown, pointer: string, change: (parent: Record<string, unknown>, key: string) => void): unknown {
  const copy: unknown = structuredClone(value);
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop();
  if (last === undefined) throw new Error(`${pointer} is no JSON Pointer to a member`);
  let parent: unknown = copy;
  for (const key of keys) parent = isHolder(parent) ? parent[key] : undefined;
  if (!isHolder(parent)) throw new Error(`nothing stands at ${pointer}`);
  change(parent, last);
  return copy;
}

/** Sets a value at a JSON Pointer. */
export function put(pointer: string, value: unknown): Edit {
  return (whole) =>
    at(whole, pointer, (parent, key) => {
      parent[key] = value;
    });
}

/** Removes the value at a JSON Pointer. */
export function drop(pointer: string): Edit {
  return (whole) =>
    at(whole, pointer, (parent, key) => {
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
    });
}

/** Changes the value at a JSON Pointer. */
export function within(pointer: string, edit: Edit): Edit {
  return (whole) =>
    at(whole, pointer, (parent, key) => {
      parent[key] = edit(parent[key]);
    });
}

/** Several changes, one after the other. */
export function all(...edits: readonly Edit[]): Edit {
  return (whole) => edits.reduce((value, edit) => edit(value), whole);
}

/** Replaces the whole value. */
export function instead(value: unknown): Edit {
  return () => value;
}

/** Freezes a plain value recursively, so that a change throws. */
export function deepFreeze<T>(value: T): T {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (!isHolder(next) || Object.isFrozen(next)) continue;
    Object.freeze(next);
    pending.push(...Object.values(next));
  }
  return value;
}
