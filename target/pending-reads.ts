import { setImmediate as turn } from 'node:timers/promises';

/** The number of event loop turns to accept a connection, read its first bytes and process them. */
const READ_TURNS = 8;
/** A timer that fires later than this, ms, shows that this process was stopped. */
const STALL_MS = 100;
/** The longest wait after such a stall for what was sent meanwhile and for what its sender sends next, ms. */
const STALL_GRACE_MS = 1000;

/** Waits until pending socket data is read: after a stall, timers run first and would call late what has arrived. */
export async function readPending(): Promise<void> {
  for (let i = 0; i < READ_TURNS; i += 1) await turn();
}

/**
 * Runs an action after a time, unless cancelled. It first reads what had arrived by then; if this process was stopped
 * meanwhile, it also waits a short time more.
 * @param ms the time
 * @returns a function that cancels it
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
