import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf, reasonOf } from '../../common/errors';
import { WriteError } from '../../common/write-file';

/** How much is buffered in memory before it is written, in bytes. */
const PIECE = 1024 * 1024;

/**
 * Keeps values that do not fit in memory in an unnamed temporary file until it is closed. On systems that allow
 * removing an open file, nothing is left behind, however the process ends.
 */
export class Spool {
  #descriptor: number | undefined;
  #folder: string | undefined;
  readonly #offsets: number[] = [];
  #written = 0;
  #pending: Buffer[] = [];
  #length = 0;

  /** @param parent the folder in which the file is opened */
  constructor(private readonly parent = tmpdir()) {}

  /** @returns the number with which to read the value */
  add(value: unknown): number {
    const bytes = Buffer.from(JSON.stringify(value));
    this.#offsets.push(this.#written + this.#length);
    this.#pending.push(bytes);
    this.#length += bytes.length;
    if (this.#length >= PIECE) this.#flush();
    return this.#offsets.length - 1;
  }

  /** The length of a value, in bytes. */
  lengthOf(at: number): number {
    return (this.#offsets[at + 1] ?? this.#written + this.#length) - (this.#offsets[at] ?? 0);
  }

  /** @throws WriteError if it can't be read */
  read(at: number): unknown {
    this.#flush();
    const from = this.#offsets[at] ?? 0;
    const length = (this.#offsets[at + 1] ?? this.#written) - from;
    const bytes = Buffer.allocUnsafe(length);
    for (let read = 0; read < length;) {
      const count = readSync(this.#descriptor ?? -1, bytes, read, length - read, from + read);
      if (count === 0) throw new WriteError("can't read the temporary copy of the recording: the file is cut off");
      read += count;
    }
    return JSON.parse(bytes.toString('utf8'));
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#descriptor = undefined;
    this.#folder = undefined;
  }

  #flush(): void {
    if (this.#length === 0) return;
    try {
      const bytes = Buffer.concat(this.#pending);
      const descriptor = (this.#descriptor ??= this.#opened());
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    } catch (error) {
      throw new WriteError(`can't write the temporary copy of the recording to ${this.parent}: ${reasonOf(error)}`);
    }
    this.#written += this.#length;
    this.#pending = [];
    this.#length = 0;
  }

  #opened(): number {
    const folder = mkdtempSync(join(this.parent, 'invite-conformance-'));
    this.#folder = folder;
    const descriptor = openSync(join(folder, 'recording'), 'wx+', 0o600);
    try {
      rmSync(folder, { recursive: true });
      this.#folder = undefined;
    } catch (error) {
      // Otherwise `close` removes it.
      if (codeOf(error) === undefined) throw error;
    }
    return descriptor;
  }
}
