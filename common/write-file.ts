import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf, isOutOfFiles, reasonOf, UsageError } from './errors';

/** An output file could not be written, after the run produced its content: exit code 4. */
export class WriteError extends Error {}

/** An upper limit of missing folders in a path. */
const MOST_FOLDERS = 100;

function exists(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

/**
 * Creates a folder and its parents, one at a time: node's recursive mkdir never ends on a file system that refuses
 * folders, such as /proc.
 * @throws the system call's error
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = resolve(folder); exists(at) === undefined && missing.length < MOST_FOLDERS; at = dirname(at)) {
    missing.push(at);
  }
  for (const one of missing.toReversed()) {
    try {
      mkdirSync(one);
    } catch (error) {
      // For example under /proc, where the parent exists.
      if (codeOf(error) === 'ENOENT') throw new Error(`cannot create a folder in ${dirname(one)}`, { cause: error });
      // Another run may have created it meanwhile.
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  if (exists(folder)?.isDirectory() !== true) throw Object.assign(new Error(), { code: 'ENOTDIR' });
}

/** Whether a path exists and is not a regular file, such as standard output or a named pipe: it is written to, never replaced. */
function isDevice(file: string): boolean {
  if (/^\/(dev|proc\/(self|\d+)\/fd)\//.test(resolve(file))) return true;
  const there = exists(file);
  return there !== undefined && !there.isFile() && !there.isDirectory();
}

/** How often a run tries to replace another run's file. */
const MOST_TRIES = 5;

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY, O_TRUNC } = constants;

/** Creates a temporary file beside another one, with a name at which nobody can have placed a link. */
function temporaryBeside(file: string): { path: string; descriptor: number } {
  const path = join(dirname(file), `.${basename(file).slice(0, 100)}.${randomBytes(6).toString('hex')}`);
  return { path, descriptor: openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o666) };
}

function replace(file: string, content: string): void {
  if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw Object.assign(new Error(), { code: 'EISDIR' });
  }
  const { path, descriptor } = temporaryBeside(file);
  try {
    try {
      writeFileSync(descriptor, content);
    } finally {
      closeSync(descriptor);
    }
    renameSync(path, file);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

/** Overwrites a file in a folder that allows no new files, unless it is a link. */
function overwrite(file: string, content: string): void {
  const descriptor = openSync(file, O_WRONLY | O_TRUNC | O_NOFOLLOW);
  try {
    writeFileSync(descriptor, content);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Writes a file, and creates its folders. A regular file is replaced atomically, with the mode of the umask. A symbolic
 * link is replaced, not followed; a device or a pipe is written to.
 * @throws WriteError with the name of the file
 */
export function writeText(file: string, content: string): void {
  try {
    if (isDevice(file)) {
      writeFileSync(file, content);
      return;
    }
    makeFolder(dirname(file));
    try {
      replace(file, content);
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '') || exists(file) === undefined) throw error;
      overwrite(file, content);
    }
  } catch (error) {
    throw new WriteError(`can't write ${file}: ${reasonOf(error)}`);
  }
}

/**
 * Creates the folders of an output file and checks that it can be written, before the run starts.
 * @throws UsageError with the name of the file; the system call's error if no more files can be opened
 */
export function checkWritable(file: string): void {
  try {
    if (isDevice(file)) {
      closeSync(openSync(file, O_WRONLY | constants.O_NONBLOCK));
      return;
    }
    makeFolder(dirname(file));
    if (exists(file)?.isDirectory() === true) throw Object.assign(new Error(), { code: 'EISDIR' });
    try {
      const { path, descriptor } = temporaryBeside(file);
      closeSync(descriptor);
      rmSync(path);
    } catch (error) {
      if (exists(file) === undefined) throw error;
      closeSync(openSync(file, O_WRONLY | O_NOFOLLOW));
    }
  } catch (error) {
    // ENXIO: a pipe without a reader; one may come later.
    if (codeOf(error) === 'ENXIO') return;
    if (isOutOfFiles(error)) throw error;
    throw new UsageError(`can't write ${file}: ${reasonOf(error)}`);
  }
}

/**
 * Creates a new file that only its owner may read, and replaces any existing one.
 * @returns its descriptor
 * @throws the system call's error
 */
export function openPrivate(file: string): number {
  if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw Object.assign(new Error(), { code: 'EISDIR' });
  }
  for (let tries = 0; ; tries += 1) {
    rmSync(file, { force: true });
    try {
      return openSync(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    } catch (error) {
      // Another run in the same folder was faster.
      if (codeOf(error) !== 'EEXIST' || tries >= MOST_TRIES) throw error;
    }
  }
}
