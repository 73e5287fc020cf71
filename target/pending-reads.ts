import { setImmediate as turn } from 'node:timers/promises';

/** How many turns of the event loop it takes to accept a connection, to read what came by it, and to take it in. */
const READ_TURNS = 8;
/** A timer that fires later than this, ms, says that this process was kept from running. */
const STALL_MS = 100;
/** How long is waited, after such a stall, for what was sent meanwhile and for what its sender sends next, ms at most. */
const STALL_GRACE_MS = 1000;

/**
 * Lets what lies in the sockets be read: after a stall timers come first, and would call late what has long arrived.
 */
export async function readPending(): Promise<void> {
  for (let i = 0; i < READ_TURNS; i += 1) await turn();
}

/**
 * Does something after a time, unless it is cancelled: once what had arrived by then was read and, where this process
 * was stopped meanwhile, after a short time more.
 * @param ms the time
 * @returns cancels it
 */
export function timerAfterPendingReads(ms: number, act: () => void): () => void {
  let cancelled = false;
  let timer: NodeJS.Timeout;
  const wait = (time: number, again: boolean): void => {
    const due = performance.now() + time;
    timer = setTimeout(() => {
      const late = performance.now() - due;
      void readPending().then(() => {
        if (cancelled) return;
        if (again && late > STALL_MS) wait(Math.min(late, STALL_GRACE_MS), false);
        else act();
      });
    }, time);
  };
  wait(ms, true);
  return () => {
    cancelled = true;
    clearTimeout(timer);
  };
}
