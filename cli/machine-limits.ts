import { readFileSync } from 'node:fs';
import { MachineError, SHORTAGE_ADVICE, shortageOf } from '../common/errors';

/** The files that Node, the listener and the outputs of a run keep open. */
const OWN_FILES = 64;
/** A request in flight, and the notification that it causes. */
const FILES_A_REQUEST = 2;
/** The number of concurrent requests above which a run can do with fewer connections. */
const MOST_COUNTED = 32;

/** The number of files that this process may open; undefined if the system does not say. */
function mostOpenFiles(): number | undefined {
  try {
    const told = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    return told ? Number(told[1]) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Checks whether this process may open as many files and connections as a run needs: a shortage would look like a
 * target that refuses connections.
 * @throws MachineError if it may not
 */
export function checkOpenFiles(concurrency: number): void {
  const needed = OWN_FILES + FILES_A_REQUEST * Math.min(concurrency, MOST_COUNTED);
  const most = mostOpenFiles();
  if (most === undefined || most >= needed) return;
  throw new MachineError(
    `this process may open at most ${most} files; a run needs ${needed}`,
    'Raise the limit, for example with `ulimit -n 1024`, or lower --concurrency.',
  );
}

/** The error for a lack of files. @param code EMFILE or ENFILE */
export function outOfFiles(code = 'EMFILE'): MachineError {
  return new MachineError(`${shortageOf(code)}; this is not a failure of the target`, SHORTAGE_ADVICE);
}

/**
 * Returns the working folder.
 * @throws MachineError if it has been deleted
 */
export function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new MachineError('the working folder no longer exists', 'Change to a folder that exists, and run again.');
  }
}
