import { killGroups } from '../common/process-group';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work that SIGINT, SIGTERM and SIGHUP end in order: what was provisioned is released, what was recorded is kept.
 * A second signal ends the process at once.
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
    // The signal does not reach the process group of a program that the run started.
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
