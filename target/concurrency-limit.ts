import { Interrupted } from './errors';

/** Runs a task when its turn comes. @param rank it goes before the waiting tasks of a higher rank; 0 is the first */
export type Limited = <T>(task: () => Promise<T>, rank?: number) => Promise<T>;

/**
 * Limits the number of concurrent tasks; the others wait, first come, first served within a rank.
 * @param most the limit, one or more
 * @param signal when it is aborted, waiting and later tasks are rejected with Interrupted
 */
export function concurrencyLimit(most: number, signal?: AbortSignal): Limited {
  const waiting: { rank: number; go: () => void; turnAway: (reason: Interrupted) => void }[] = [];
  let running = 0;
  signal?.addEventListener('abort', () => {
    for (const { turnAway } of waiting.splice(0)) turnAway(new Interrupted());
  });
  return async (task, rank = 0) => {
    if (signal?.aborted === true) throw new Interrupted();
    if (running < most) running += 1;
    else {
      await new Promise<void>((go, turnAway) => {
        const behind = waiting.findIndex((other) => other.rank > rank);
        waiting.splice(behind === -1 ? waiting.length : behind, 0, { rank, go, turnAway });
      });
    }
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next.go();
      else running -= 1;
    }
  };
}
