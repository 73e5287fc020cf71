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

/** A file that could not be written once there was something to write: exit code 4. */
export class WriteError extends Error {}

/** No path has so many folders that are missing. */
const MOST_FOLDERS = 100;

function exists(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

/**
 * Makes a folder and those above it, one at a time: node's own way never ends where a file system takes none, as /proc.
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
      // As under /proc, where the folder above is there.
      if (codeOf(error) === 'ENOENT') throw new Error(`cannot create a folder in ${dirname(one)}`, { cause: error });
      // Another run may have made it meanwhile.
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  if (exists(folder)?.isDirectory() !== true) throw Object.assign(new Error(), { code: 'ENOTDIR' });
}

/** What is there and is no file, such as standard output or a named pipe: it is written to, never put aside. */
function isDevice(file: string): boolean {
  if (/^\/(dev|proc\/(self|\d+)\/fd)\//.test(resolve(file))) return true;
  const there = exists(file);
  return there !== undefined && !there.isFile() && !there.isDirectory();
}

/** How often a run tries to take the place of another one's file. */
const MOST_TRIES = 5;

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY, O_TRUNC } = constants;

/** A new file beside another one, of a name that nobody can have put a link at. */
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

/** Where the folder takes no new file, the one that is there is written to, unless it is a link. */
function overwrite(file: string, content: string): void {
  const descriptor = openSync(file, O_WRONLY | O_TRUNC | O_NOFOLLOW);
  try {
    writeFileSync(descriptor, content);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Writes a file, and the folders above it, whole or not at all: with the mode that the umask gives, in place of what was
 * there. A symbolic link is replaced, not written through; a device or a pipe is written to.
 * @throws WriteError that names it
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
 * Makes the folders above a file and looks whether the file can be written there, before there is anything to write.
 * @throws UsageError that names it; the system call's error where no file can be opened at all
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
    // A pipe that nobody reads yet can be written to later.
    if (codeOf(error) === 'ENXIO') return;
    if (isOutOfFiles(error)) throw error;
    throw new UsageError(`can't write ${file}: ${reasonOf(error)}`);
  }
}

/**
 * Opens a new file that only its owner may read, in place of whatever was there under its name.
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
