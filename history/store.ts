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
        writeSync(descriptor, historyLine(line));
      },
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    throw new HistoryFileError(`can't write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The members that each kind of event must have, with their types; `list` is an array. */
const MEMBERS: Record<string, Record<string, string>> = {
  exchange: { purpose: 'string', scenario: 'string', request: 'object' },
  delivery: {
    method: 'string',
    path: 'string',
    headers: 'list',
    body: 'object',
    headersAt: 'number',
    bodyAt: 'number',
  },
  call: { key: 'string', scenario: 'string', callId: 'string', callbackUri: 'string' },
  invitation: {
    key: 'string',
    scenario: 'string',
    attempt: 'string',
    tries: 'list',
    call: 'string',
    invitees: 'list',
    ignored: 'list',
    control: 'string',
    expect: 'string',
    says: 'string',
  },
  missing: { scenario: 'string', attempt: 'string', tries: 'list', cause: 'string', missing: 'string', hint: 'string' },
  attemptEnd: { scenario: 'string', attempt: 'string', at: 'number' },
  end: { at: 'number', interrupted: 'boolean', remarks: 'list' },
};

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return value === null ? 'null' : typeof value;
}

/** What keeps a value from being an event, in words; undefined where nothing does. */
function faultOf(event: Record<string, unknown>): string | undefined {
  const kind = String(event['kind']);
  const members = Object.hasOwn(MEMBERS, kind) ? MEMBERS[kind] : undefined;
  if (!members || typeof event['n'] !== 'number') return 'not an event of a history of format 1';
  const wrong = Object.entries(members).find(([key, type]) => typeOf(event[key]) !== type);
  if (wrong) return `${kind}.${wrong[0]} is ${typeOf(event[wrong[0]])}, not ${wrong[1]}`;
  const bodies = kind === 'exchange' ? [event['request'], event['response']] : kind === 'delivery' ? [event] : [];
  for (const message of bodies) {
    if (message === undefined) continue;
    if (!isObject(message) || !Array.isArray(message['headers']) || !isObject(message['body']))
      return `${kind} has no headers or no body`;
    if (typeof message['body']['content'] !== 'string') return `${kind} has a body without content`;
  }
  return undefined;
}

/**
 * Reads a recorded run back. Nothing in it is ever executed.
 * @throws HistoryFileError with the line's number where the file is missing, damaged, or of another format
 */
export function readHistory(folder: string): History {
  const file = join(folder, HISTORY_FILE);
  try {
    return parseHistory(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof HistoryFileError) throw error;
    throw new HistoryFileError(`can't read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** One event, or the header, as a line of the file. */
export function historyLine(line: HistoryEvent | HistoryHeader): string {
  return `${JSON.stringify(line)}\n`;
}

/**
 * The history that the lines of a file make.
 * @param file the file's name, for messages
 * @throws HistoryFileError with the line's number where one is damaged or of another format
 */
export function parseHistory(written: string, file: string): History {
  const values = written.split('\n').flatMap((line, i): { line: number; value: Record<string, unknown> }[] => {
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
    const fault = faultOf(value);
    if (fault !== undefined) throw new HistoryFileError(`${file}, line ${line}: ${fault}`);
  }
  const events = rest.map(({ value }) => value as unknown as HistoryEvent);
  return { header: first.value as unknown as HistoryHeader, events: events.toSorted((a, b) => a.n - b.n) };
}
