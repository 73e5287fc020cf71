import { closeSync, existsSync, fstatSync, statSync, writeSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { isOutOfFiles, reasonOf, UsageError } from '../common/errors';
import { readChunks } from '../common/read-file';
import { placesIn } from '../common/text-positions';
import { makeFolder, openPrivate, WriteError, writeText } from '../common/write-file';
import { DEFAULTS } from '../schemas/options';
import { faultIn } from '../schemas/own-files';
import type { History, HistoryEvent, HistoryHeader } from './events';
import { jsonText } from '../common/printable';
import { isObject } from './values';

/** The name of the history file in the run's folder. */
export const HISTORY_FILE = 'history.ndjson';

/** A history or its folder can't be read or written; the message contains the file, the place and the reason. */
export class HistoryFileError extends Error {}

/** A history file that is being written. */
export interface HistoryFile {
  /** @throws WriteError if it can't be written, for example on a full disk */
  write(line: HistoryEvent | HistoryHeader): void;
  /** Whether the file at the path is still this run's: another run may have started in the same folder. */
  isOwn(): boolean;
  close(): void;
}

/**
 * Opens a history file for writing: one JSON value per line, the header first. Each line is written when its event
 * ends, so that the file of a killed run can be read. An earlier run that still writes in the same folder keeps its
 * own, unlinked file: two runs never mix.
 * @param folder created if missing
 * @throws HistoryFileError if the folder can't be created or the file can't be written
 */
export function openHistory(folder: string): HistoryFile {
  const file = join(folder, HISTORY_FILE);
  const descriptor = opened(folder, file);
  const own = fstatSync(descriptor);
  let open = true;
  return {
    // Requests of an interrupted run may still end after `close`, when the descriptor may belong to another file.
    write: (line) => {
      if (!open) return;
      try {
        writeWhole(descriptor, Buffer.from(historyLine(line)));
      } catch (error) {
        throw new WriteError(`can't write ${file}: ${reasonOf(error)}`);
      }
    },
    isOwn: () => {
      const there = statSync(file, { throwIfNoEntry: false });
      return there?.ino === own.ino && there.dev === own.dev;
    },
    close: () => {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

/** The default folder of runs. */
export const DEFAULT_FOLDER = DEFAULTS.out;

function opened(folder: string, file: string): number {
  try {
    makeFolder(folder);
    // Histories do not belong in a repository. For a folder of their own choice, users decide themselves.
    const ignore = join(folder, '.gitignore');
    if (basename(resolve(folder)) === DEFAULT_FOLDER && !existsSync(ignore)) writeText(ignore, '*\n');
    return openPrivate(file);
  } catch (error) {
    if (isOutOfFiles(error)) throw error;
    throw new HistoryFileError(`can't write ${file}: ${reasonOf(error)}`);
  }
}

/** A nearly full disk may write only a part: the next write fails with the reason. */
function writeWhole(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}

/** The longest line of a history, in bytes: much longer than any that a run writes. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/**
 * The lines of a file, one at a time.
 * @throws HistoryFileError if it can't be read, or a line is too long
 */
function* linesOf(file: string): Generator<string> {
  let rest: Buffer[] = [];
  let length = 0;
  let line = 1;
  const add = (part: Buffer): void => {
    length += part.length;
    if (length > MAX_LINE_BYTES)
      throw new HistoryFileError(`${file}, line ${line}: longer than ${MAX_LINE_BYTES / (1024 * 1024)} MiB`);
    rest.push(part);
  };
  for (const piece of piecesOf(file)) {
    let from = 0;
    for (let to = piece.indexOf(10); to !== -1; to = piece.indexOf(10, from)) {
      add(piece.subarray(from, to));
      yield Buffer.concat(rest).toString('utf8');
      [rest, length, line, from] = [[], 0, line + 1, to + 1];
    }
    add(piece.subarray(from));
  }
  yield Buffer.concat(rest).toString('utf8');
}

function* piecesOf(file: string): Generator<Buffer> {
  try {
    yield* readChunks(file, 'the history');
  } catch (error) {
    throw error instanceof UsageError ? new HistoryFileError(error.message) : error;
  }
}

/** A non-empty line. */
interface Line {
  line: number;
  text: string;
  value: Record<string, unknown>;
}

/** The JSON values of lines; empty lines are skipped. */
function* valuesIn(lines: Iterable<string>, file: string): Generator<Line> {
  let line = 0;
  for (const read of lines) {
    line += 1;
    const text = line === 1 ? read.replace(/^\uFEFF/, '') : read;
    if (text === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new HistoryFileError(`${file}, line ${line}: not JSON; the file is damaged or cut off there`);
    }
    if (!isObject(value)) throw new HistoryFileError(`${file}, line ${line}: not an event`);
    yield { line, text, value };
  }
}

/** What is wrong with a line, and in which column; undefined if it is valid. */
function faultOf({ text, value }: Line): string | undefined {
  const fault = faultIn('history', value);
  const position = fault && placesIn(text)(fault.steps);
  return fault && (position ? `${fault.text} (column ${position.column})` : fault.text);
}

/** A history that is read on demand; the events are in the order in which they ended. */
export interface HistoryStream {
  header: HistoryHeader;
  events: Iterable<HistoryEvent>;
}

function streamOf(lines: Iterable<string>, file: string): HistoryStream {
  const values = valuesIn(lines, file);
  const first = values.next();
  const header = first.done === true ? {} : first.value.value;
  const wrong = first.done !== true && header['kind'] === 'header' ? faultOf(first.value) : '$.kind must be "header"';
  if (wrong !== undefined) {
    values.return(undefined);
    throw new HistoryFileError(`${file}, line 1: not the header of a history of format 1: ${wrong}`);
  }
  function* events(): Generator<HistoryEvent> {
    for (const read of values) {
      const { line, value } = read;
      const fault = value['kind'] === 'header' ? 'a second header' : faultOf(read);
      if (fault !== undefined) throw new HistoryFileError(`${file}, line ${line}: ${fault}`);
      yield value as unknown as HistoryEvent;
    }
  }
  return { header: header as unknown as HistoryHeader, events: events() };
}

/**
 * Reads a recorded run line by line: memory does not grow with its length. No content is executed.
 * @throws HistoryFileError with the line's number if the file is missing, damaged, or of another format; for an event,
 * when it is read
 */
export function streamHistory(folder: string): HistoryStream {
  const file = join(folder, HISTORY_FILE);
  return streamOf(linesOf(file), file);
}

/**
 * Reads a whole recorded run.
 * @throws HistoryFileError as `streamHistory` does
 */
export function readHistory(folder: string): History {
  return wholeHistory(streamHistory(folder));
}

/** Reads all events of a history, and sorts them by their beginning. */
export function wholeHistory({ header, events }: HistoryStream): History {
  return { header, events: [...events].toSorted((a, b) => a.n - b.n) };
}

/** Formats an event or the header as a line of the file. */
export function historyLine(line: HistoryEvent | HistoryHeader): string {
  return `${jsonText(line)}\n`;
}

/**
 * Parses the text of a history file.
 * @param file the file's name, for messages
 * @throws HistoryFileError with the line's number if a line is damaged or of another format
 */
export function parseHistory(written: string, file: string): History {
  return wholeHistory(streamOf(written.split('\n'), file));
}
