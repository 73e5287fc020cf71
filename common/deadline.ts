import { Interrupted } from './errors';

/** How long something may take, and what ends it earlier. */
export interface Deadline {
  /** The longest wait, ms. */
  deadlineMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Waits for work no longer than a deadline, and no longer than until a signal.
 * @param late makes the error for when the time is up
 * @throws Interrupted where the signal comes first
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
