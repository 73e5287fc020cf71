import { Interrupted } from './errors';

/**
 * Lets at most so many tasks run at once; the others wait their turn, first come, first served.
 * @param most how many, one or more
 * @param signal where it is aborted, what waits is turned away with Interrupted, and so is what comes later
 */
export function concurrencyLimit(most: number, signal?: AbortSignal): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: { go: () => void; turnAway: (reason: Interrupted) => void }[] = [];
  let running = 0;
  signal?.addEventListener('abort', () => {
    for (const { turnAway } of waiting.splice(0)) turnAway(new Interrupted());
  });
  return async (task) => {
    if (signal?.aborted === true) throw new Interrupted();
    if (running >= most) await new Promise<void>((go, turnAway) => waiting.push({ go, turnAway }));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next.go();
      else running -= 1;
    }
  };
}
