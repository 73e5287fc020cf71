import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEvent, HistoryHeader } from '../history/events';
import { openHistory } from '../history/history-file';
import type { RunHooks } from '../suites/record-run';

/** The name of the result in a run's folder. */
export const RESULT_FILE = 'result.json';

/** A run that was recorded. */
export interface FolderRecording<T> {
  value: T;
  /** Whether the folder is still this run's: another one may have begun there. */
  isOwnFolder: boolean;
}

/**
 * Conducts a run whose history goes to a file in a folder. A history that can't be written any more, as on a full disk, ends
 * the run in order.
 * @throws HistoryFileError where the folder takes no history, WriteError where it could not be written to the end
 */
export async function recordIn<T>(
  folder: string,
  hooks: RunHooks,
  conducted: (hooks: RunHooks) => Promise<T>,
): Promise<FolderRecording<T>> {
  const file = openHistory(folder);
  // A run that ends early must not leave the result of the one before.
  rmSync(join(folder, RESULT_FILE), { force: true });
  const full = new AbortController();
  let broken: unknown;
  const sink = (line: HistoryEvent | HistoryHeader): void => {
    if (broken !== undefined) return;
    try {
      file.write(line);
    } catch (error) {
      broken = error;
      full.abort();
    }
  };
  const { signal } = hooks;
  try {
    const ends = signal ? AbortSignal.any([signal, full.signal]) : full.signal;
    const value = await conducted({ ...hooks, sink, signal: ends }).catch((error: unknown) => {
      throw broken ?? error;
    });
    if (broken !== undefined) throw broken;
    return { value, isOwnFolder: file.isOwn() };
  } finally {
    file.close();
  }
}
