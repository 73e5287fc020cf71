import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { History, HistoryEvent, HistoryHeader } from './events';
import { isObject } from './values';

/** The name of a history in the run's folder. */
export const HISTORY_FILE = 'history.ndjson';

/** A history or its folder can't be read or written; the message says which file, where, and why. */
export class HistoryFileError extends Error {}

/**
 * Opens a history's file for writing: one JSON value a line, the header first, each line written when its event is over,
 * so that what a killed run saw can still be read.
 * @param folder made where it is missing
 * @throws HistoryFileError where the folder can't be made or the file can't be written
 */
export function openHistory(folder: string): { write(line: HistoryEvent | HistoryHeader): void; close(): void } {
  const file = join(folder, HISTORY_FILE);
  try {
    mkdirSync(folder, { recursive: true });
    const descriptor = openSync(file, 'w', 0o600);
    return {
      write: (line) => {
        writeSync(descriptor, `${JSON.stringify(line)}\n`);
      },
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    throw new HistoryFileError(`can't write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const KINDS = new Set(['exchange', 'delivery', 'call', 'invitation', 'missing', 'attemptEnd', 'end']);

/**
 * Reads a recorded run back. Nothing in it is ever executed.
 * @throws HistoryFileError with the line's number where the file is missing, damaged, or of another format
 */
export function readHistory(folder: string): History {
  const file = join(folder, HISTORY_FILE);
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    throw new HistoryFileError(`can't read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const values = lines.flatMap((line, i): { line: number; value: Record<string, unknown> }[] => {
    if (line === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new HistoryFileError(`${file}, line ${i + 1}: not JSON; the file is damaged or was cut off there`);
    }
    if (!isObject(value)) throw new HistoryFileError(`${file}, line ${i + 1}: not an event`);
    return [{ line: i + 1, value }];
  });
  const [first, ...rest] = values;
  if (first?.value['kind'] !== 'header' || first.value['format'] !== 1 || !Array.isArray(first.value['plan'])) {
    throw new HistoryFileError(`${file}, line 1: not the header of a history of format 1`);
  }
  for (const { line, value } of rest) {
    if (!KINDS.has(String(value['kind'])) || typeof value['n'] !== 'number') {
      throw new HistoryFileError(`${file}, line ${line}: not an event of a history of format 1`);
    }
  }
  const events = rest.map(({ value }) => value as unknown as HistoryEvent);
  return { header: first.value as unknown as HistoryHeader, events: events.toSorted((a, b) => a.n - b.n) };
}
