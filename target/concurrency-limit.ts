import { Interrupted } from './errors';

/** Runs a task when it is its turn. @param isUrgent whether it goes before all that wait */
export type Limited = <T>(task: () => Promise<T>, isUrgent?: boolean) => Promise<T>;

/**
 * Lets at most so many tasks run at once; the others wait their turn, first come, first served.
 * @param most how many, one or more
 * @param signal where it is aborted, what waits is turned away with Interrupted, and so is what comes later
 */
export function concurrencyLimit(most: number, signal?: AbortSignal): Limited {
  const waiting: { go: () => void; turnAway: (reason: Interrupted) => void }[] = [];
  let running = 0;
  signal?.addEventListener('abort', () => {
    for (const { turnAway } of waiting.splice(0)) turnAway(new Interrupted());
  });
  return async (task, isUrgent = false) => {
    if (signal?.aborted === true) throw new Interrupted();
    if (running < most) running += 1;
    else {
      await new Promise<void>((go, turnAway) => {
        const one = { go, turnAway };
        if (isUrgent) waiting.unshift(one);
        else waiting.push(one);
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
