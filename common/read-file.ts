import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { Socket } from 'node:net';
import { withDeadline } from './deadline';
import { Interrupted, isOutOfFiles, reasonOf, UsageError } from './errors';

/** The longest config, waivers file, page or fingerprints file, in bytes. */
export const MAX_TEXT_BYTES = 1024 * 1024;
/** The longest token file, in bytes. */
export const MAX_TOKEN_BYTES = 64 * 1024;
/** The longest pact, in bytes. */
export const MAX_PACT_BYTES = 8 * 1024 * 1024;
/** The longest result, and the longest file of contract results, in bytes. */
export const MAX_RESULT_BYTES = 32 * 1024 * 1024;

/** Time limits for reading a file, and for waiting for the end of standard input or of a pipe, ms. */
const FILE_TIMEOUT_MS = 10_000;
const PIPE_TIMEOUT_MS = 60_000;

export interface ReadOptions {
  /** The most bytes to read; a longer file is refused. */
  cap: number;
  /** Ends reading early. */
  signal?: AbortSignal | undefined;
  /** Time limit, ms. */
  deadlineMs?: number;
}

/** The reason why a file named by the user can't be read; the caller adds the file and its purpose. */
class FileError extends Error {}

/** The file descriptor behind a path: standard input, or a pipe of the shell such as `<(command)`. */
function descriptorOf(file: string): number | undefined {
  if (file === '-' || file === '/dev/stdin') return 0;
  const found = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(file)?.[1];
  return found === undefined ? undefined : Number(found);
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

function refuseUnlessRegular(stats: Stats): void {
  if (!stats.isFile()) throw new FileError(`it is ${kindOf(stats)}, not a regular file`);
}

function tooLong(cap: number): FileError {
  if (cap < 1024) return new FileError(`it is longer than ${cap} bytes`);
  return new FileError(`it is longer than ${cap >= 1024 * 1024 ? `${cap / (1024 * 1024)} MiB` : `${cap / 1024} KiB`}`);
}

/** Collects pieces up to a cap. */
class Chunks {
  private readonly pieces: Buffer[] = [];
  private total = 0;
  constructor(private readonly cap: number) {}

  /** @throws FileError if the total exceeds the cap */
  add(piece: Buffer): void {
    this.total += piece.length;
    if (this.total > this.cap) throw tooLong(this.cap);
    this.pieces.push(piece);
  }

  whole(): Buffer {
    return Buffer.concat(this.pieces);
  }
}

/** Non-blocking: opening a named pipe must not wait for its writer. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;
const PIECE = 256 * 1024;

async function regular(file: string, cap: number): Promise<Buffer> {
  if (file === '/dev/null') return Buffer.alloc(0);
  const handle = await open(file, FLAGS);
  try {
    refuseUnlessRegular(await handle.stat());
    const pieces = new Chunks(cap);
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE), 0, PIECE);
      if (bytesRead === 0) return pieces.whole();
      pieces.add(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

function piped(descriptor: number, cap: number, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = new Socket({ fd: descriptor, readable: true, writable: false });
    const pieces = new Chunks(cap);
    const end = (error?: unknown): void => {
      socket.destroy();
      if (error === undefined) resolve(pieces.whole());
      else reject(error instanceof Error ? error : new FileError('it cannot be read'));
    };
    signal.addEventListener('abort', () => end(new Interrupted()));
    socket.on('error', end).on('end', () => end());
    socket.on('data', (piece: Buffer) => {
      try {
        pieces.add(piece);
      } catch (error) {
        end(error);
      }
    });
  });
}

async function bytesOf(file: string, { cap, signal, deadlineMs }: ReadOptions): Promise<Buffer> {
  const descriptor = descriptorOf(file);
  const late = (ms: number) => (): FileError => new FileError(`it did not end within ${ms / 1000} s`);
  if (descriptor !== undefined) {
    const stats = fstatSync(descriptor);
    if (stats.isFIFO() || stats.isSocket() || (descriptor === 0 && stats.isCharacterDevice())) {
      const over = new AbortController();
      const bounds = { deadlineMs: deadlineMs ?? PIPE_TIMEOUT_MS, signal };
      try {
        return await withDeadline(piped(descriptor, cap, over.signal), bounds, late(bounds.deadlineMs));
      } finally {
        over.abort();
      }
    }
  }
  const bounds = { deadlineMs: deadlineMs ?? FILE_TIMEOUT_MS, signal };
  return withDeadline(regular(file === '-' ? '/dev/stdin' : file, cap), bounds, late(bounds.deadlineMs));
}

/** A file's bytes as text: UTF-8, with or without a byte order mark. @throws FileError for any other encoding */
export function textOf(bytes: Buffer): string {
  if (isUtf16(bytes)) throw new FileError('it is UTF-16; save it as UTF-8');
  if (!isUtf8(bytes)) throw new FileError('it is not UTF-8');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

function isUtf16(bytes: Buffer): boolean {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
  // Without a mark: no text begins with a zero byte, or has one after its first character.
  return bytes.length >= 2 && (a === 0) !== (b === 0);
}

function asUsageError(error: unknown, file: string, what: string): unknown {
  if (error instanceof Interrupted || isOutOfFiles(error)) return error;
  const why = error instanceof FileError ? error.message : reasonOf(error);
  return new UsageError(`can't read ${what} ${file === '-' ? 'from standard input' : file}: ${why}`);
}

/**
 * Reads a text file named by the user: a regular file, standard input (`-`, `/dev/stdin`) or a pipe of the shell.
 * @param what the kind of file, for messages
 * @returns its text, without a byte order mark
 * @throws UsageError with the name of the file if it can't be read, is longer than the cap, or is not UTF-8
 * @throws Interrupted if the signal aborts first
 */
export async function readText(file: string, what: string, options: ReadOptions): Promise<string> {
  try {
    return textOf(await bytesOf(file, options));
  } catch (error) {
    throw asUsageError(error, file, what);
  }
}

/**
 * Synchronous `readText`, for commands that do nothing else meanwhile.
 * @throws UsageError as `readText` does
 */
export function readTextNow(file: string, what: string, cap: number): string {
  let descriptor: number | undefined;
  try {
    if (file === '/dev/null') return '';
    const own = descriptorOf(file);
    descriptor = own ?? openSync(file, FLAGS);
    if (own === undefined) refuseUnlessRegular(fstatSync(descriptor));
    const pieces = new Chunks(cap);
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      const length = readSync(descriptor, piece);
      if (length === 0) return textOf(pieces.whole());
      pieces.add(piece.subarray(0, length));
    }
  } catch (error) {
    throw asUsageError(error, file, what);
  } finally {
    if (descriptor !== undefined && descriptorOf(file) === undefined) closeSync(descriptor);
  }
}

/**
 * Reads a file named by the user in pieces, whatever its length.
 * @param what the kind of file, for messages
 * @throws UsageError with the name of the file if it can't be read
 */
export function* readChunks(file: string, what: string): Generator<Buffer> {
  const reading = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw asUsageError(error, file, what);
    }
  };
  const own = descriptorOf(file);
  const descriptor = own ?? reading(() => openSync(file, FLAGS));
  try {
    if (own === undefined) reading(() => refuseUnlessRegular(fstatSync(descriptor)));
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      const length = reading(() => readSync(descriptor, piece));
      if (length === 0) return;
      yield piece.subarray(0, length);
    }
  } finally {
    if (own === undefined) closeSync(descriptor);
  }
}
