import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

/** The number of event loop turns to accept a connection, read its first bytes and process them. */
const READ_TURNS = 8;
/** A timer that fires later than this, ms, shows that this process was stopped. */
const STALL_MS = 100;
/** The longest wait after such a stall for what was sent meanwhile and for what its sender sends next, ms. */
const STALL_GRACE_MS = 1000;

/** The steps in which a busy process measures time, ms. */
const STEP_MS = 20;

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

/**
 * Waits for some time in which this process kept up: in a busy one it takes longer, because what others do in that time
 * takes longer too.
 * @param ms the time
 * @throws AbortError if aborted
 */
export async function timeKeptUp(ms: number, signal: AbortSignal): Promise<void> {
  for (let left = ms; left > 0; left -= STEP_MS) {
    await sleep(Math.min(left, STEP_MS), undefined, { signal });
    await readPending();
  }
}
