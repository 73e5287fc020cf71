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
  const stop = (): void => {
    off();
    abort.abort();
  };
  for (const name of SIGNALS) process.on(name, stop);
  try {
    return await work(abort.signal);
  } finally {
    off();
  }
}
