/** The error of an action that must fail with an error of this class. @throws any other error, or if it succeeds */
export async function rejection<E extends Error>(
  kind: abstract new (...args: never[]) => E,
  act: Promise<unknown> | (() => unknown),
): Promise<E> {
  try {
    await (typeof act === 'function' ? act() : act);
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error(`there was no ${kind.name}`);
}
