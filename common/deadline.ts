import { Interrupted } from './errors';

/** Time limit of an operation, and a signal that ends it earlier. */
export interface Deadline {
  /** In ms. */
  deadlineMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Waits for work until a deadline or an abort signal.
 * @param late creates the error for an expired deadline
 * @throws Interrupted if the signal aborts first
 */
export async function withDeadline<T>(
  work: Promise<T>,
  { deadlineMs, signal }: Deadline,
  late: () => Error,
): Promise<T> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), deadlineMs);
    const stop = (): void => reject(new Interrupted());
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { signal: over.signal });
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}
