import { readFileSync } from 'node:fs';
import { MachineError, SHORTAGE_ADVICE, shortageOf } from '../common/errors';

/** What node itself, the listener and the files of a run keep open. */
const OWN_FILES = 64;
/** A request in flight and the notification that comes of it. */
const FILES_A_REQUEST = 2;
/** Of how many requests at once a run can do with fewer connections than it would like. */
const MOST_COUNTED = 32;

/** How many files this process may hold open; undefined where the system does not tell. */
function mostOpenFiles(): number | undefined {
  try {
    const told = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    return told ? Number(told[1]) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Looks whether this process may hold as many files and connections open as a run needs: what it lacks would look like a
 * target that refuses connections.
 * @throws MachineError where it may not
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

/** What to say where there are no more files to be opened. @param code EMFILE or ENFILE */
export function outOfFiles(code = 'EMFILE'): MachineError {
  return new MachineError(`${shortageOf(code)}; this is not a failure of the target`, SHORTAGE_ADVICE);
}

/**
 * The folder that the command runs in.
 * @throws MachineError where it has been deleted
 */
export function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new MachineError('the working folder no longer exists', 'Change to a folder that exists, and run again.');
  }
}
