import { Interrupted } from './errors';

/** Runs a task when its turn comes. @param isUrgent whether it goes before all waiting tasks */
export type Limited = <T>(task: () => Promise<T>, isUrgent?: boolean) => Promise<T>;

/**
 * Limits the number of concurrent tasks; the others wait, first come, first served.
 * @param most the limit, one or more
 * @param signal when it is aborted, waiting and later tasks are rejected with Interrupted
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
