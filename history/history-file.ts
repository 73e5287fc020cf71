import { closeSync, existsSync, fstatSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { isOutOfFiles, reasonOf } from '../common/errors';
import { placesIn } from '../common/text-positions';
import { makeFolder, openPrivate, WriteError, writeText } from '../common/write-file';
import { DEFAULTS } from '../schemas/options';
import { faultIn } from '../schemas/own-files';
import type { History, HistoryEvent, HistoryHeader } from './events';
import { jsonText } from '../common/printable';
import { isObject } from './values';

/** The name of a history in the run's folder. */
export const HISTORY_FILE = 'history.ndjson';

/** A history or its folder can't be read or written; the message says which file, where, and why. */
export class HistoryFileError extends Error {}

/** A history's file while it is written. */
export interface HistoryFile {
  /** @throws WriteError where it can't be written, as on a full disk */
  write(line: HistoryEvent | HistoryHeader): void;
  /** Whether it is still the file of this run: another one may have begun in the same folder. */
  isOwn(): boolean;
  close(): void;
}

/**
 * Opens a history's file for writing: one JSON value a line, the header first, each line written when its event is over,
 * so that what a killed run saw can still be read. A run that is still under way in the same folder keeps writing to its
 * own file, which is no longer seen there: two runs at once never mix.
 * @param folder made where it is missing
 * @throws HistoryFileError where the folder can't be made or the file can't be written
 */
export function openHistory(folder: string): HistoryFile {
  const file = join(folder, HISTORY_FILE);
  const descriptor = opened(folder, file);
  const own = fstatSync(descriptor);
  let open = true;
  return {
    // What a run that was cut off left under way may still come: the descriptor is another file's by then.
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

/** The name of the folder that runs write to where nothing else is said. */
export const DEFAULT_FOLDER = DEFAULTS.out;

function opened(folder: string, file: string): number {
  try {
    makeFolder(folder);
    // What a run leaves is of no use in a repository. A folder of the user's own choice is the user's own matter.
    const ignore = join(folder, '.gitignore');
    if (basename(resolve(folder)) === DEFAULT_FOLDER && !existsSync(ignore)) writeText(ignore, '*\n');
    return openPrivate(file);
  } catch (error) {
    if (isOutOfFiles(error)) throw error;
    throw new HistoryFileError(`can't write ${file}: ${reasonOf(error)}`);
  }
}

/** A disk that is nearly full takes a part: the next write tells why. */
function writeWhole(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}

/** How much of a file is read at once, bytes. */
const CHUNK_BYTES = 256 * 1024;

/**
 * The lines of a file, one at a time.
 * @throws HistoryFileError where it can't be read
 */
function* linesOf(file: string): Generator<string> {
  const reading = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (isOutOfFiles(error)) throw error;
      throw new HistoryFileError(`can't read ${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const descriptor = reading(() => openSync(file, 'r'));
  try {
    const piece = Buffer.allocUnsafe(CHUNK_BYTES);
    const more = (): number => reading(() => readSync(descriptor, piece));
    let rest: Buffer[] = [];
    for (let length = more(); length > 0; length = more()) {
      let from = 0;
      for (let to = piece.indexOf(10); to !== -1 && to < length; to = piece.indexOf(10, from)) {
        yield Buffer.concat([...rest, piece.subarray(from, to)]).toString('utf8');
        rest = [];
        from = to + 1;
      }
      rest.push(Buffer.from(piece.subarray(from, length)));
    }
    yield Buffer.concat(rest).toString('utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** A line that holds a value. */
interface Line {
  line: number;
  text: string;
  value: Record<string, unknown>;
}

/** The values in lines; an empty line holds none. */
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

/** What is wrong with a line, with the column where it is; undefined where nothing is. */
function faultOf({ text, value }: Line): string | undefined {
  const fault = faultIn('history', value);
  const position = fault && placesIn(text)(fault.steps);
  return fault && (position ? `${fault.text} (column ${position.column})` : fault.text);
}

/** A history that is read as it is asked for: the events come in the order in which they were over. */
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
 * Reads a recorded run back, line by line: one of any length takes no more memory than its longest line. Nothing in it is
 * ever executed.
 * @throws HistoryFileError with the line's number where the file is missing, damaged, or of another format; for an event
 * when it is asked for
 */
export function streamHistory(folder: string): HistoryStream {
  const file = join(folder, HISTORY_FILE);
  return streamOf(linesOf(file), file);
}

/**
 * Reads a recorded run back, whole.
 * @throws HistoryFileError as `streamHistory` does
 */
export function readHistory(folder: string): History {
  return wholeHistory(streamHistory(folder));
}

/** Reads all events of a history, in the order in which they began. */
export function wholeHistory({ header, events }: HistoryStream): History {
  return { header, events: [...events].toSorted((a, b) => a.n - b.n) };
}

/** One event, or the header, as a line of the file. */
export function historyLine(line: HistoryEvent | HistoryHeader): string {
  return `${jsonText(line)}\n`;
}

/**
 * The history that the lines of a file make.
 * @param file the file's name, for messages
 * @throws HistoryFileError with the line's number where one is damaged or of another format
 */
export function parseHistory(written: string, file: string): History {
  return wholeHistory(streamOf(written.split('\n'), file));
}
