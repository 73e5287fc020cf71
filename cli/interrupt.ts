/**
 * Does something that SIGINT and SIGTERM end in order: what was provisioned is given back, what was seen is kept. A second
 * signal ends the process at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const off = (): void => void process.off('SIGINT', stop).off('SIGTERM', stop);
  const stop = (): void => {
    off();
    abort.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await work(abort.signal);
  } finally {
    off();
  }
}
