import { killGroups } from '../common/process-group';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does something that SIGINT, SIGTERM and SIGHUP end in order: what was provisioned is released, what was seen is kept. A
 * second signal ends the process at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const off = (): void => {
    for (const name of SIGNALS) process.off(name, stop);
  };
  const stop = (signal: NodeJS.Signals): void => {
    if (!abort.signal.aborted) {
      abort.abort();
      return;
    }
    off();
    // A program that was started for the run is in a group that the signal does not reach.
    killGroups();
    process.kill(process.pid, signal);
  };
  for (const name of SIGNALS) process.on(name, stop);
  try {
    return await work(abort.signal);
  } finally {
    off();
  }
}
