import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEvent, HistoryHeader } from '../history/events';
import { openHistory } from '../history/history-file';
import type { RunContext } from '../suites/record-run';

/** The name of the result in a run's folder. */
export const RESULT_FILE = 'result.json';

/** A recorded run. */
export interface FolderRecording<T> {
  value: T;
  /** Whether the folder still belongs to this run: another run may have started in it. */
  isOwnFolder: boolean;
}

/**
 * Conducts a run whose history is written to a folder. If the history can't be written any more, as on a full disk, the
 * run ends in order.
 * @throws HistoryFileError if the folder can't hold a history, WriteError if the history could not be written to the
 * end
 */
export async function recordIn<T>(
  folder: string,
  context: RunContext,
  conducted: (context: RunContext) => Promise<T>,
): Promise<FolderRecording<T>> {
  const file = openHistory(folder);
  // A run that ends early must not leave the previous result.
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
  const { signal } = context;
  try {
    const ends = signal ? AbortSignal.any([signal, full.signal]) : full.signal;
    const value = await conducted({ ...context, sink, signal: ends }).catch((error: unknown) => {
      throw broken ?? error;
    });
    if (broken !== undefined) throw broken;
    return { value, isOwnFolder: file.isOwn() };
  } finally {
    file.close();
  }
}
