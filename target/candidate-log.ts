import { closeSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';
import { reasonOf } from '../common/errors';
import { makeFolder, openPrivate, WriteError } from '../common/write-file';
import { redactor, type Redact } from '../history/redact';

/** The size limits of the log file and of one line, in characters. */
const MAX_KEPT_CHARACTERS = 10 * 1024 * 1024;
const MAX_LINE_CHARACTERS = 16 * 1024;
/** The length of an escaped character, such as \u0041. */
const MAX_ESCAPE_CHARACTERS = 6;
/** The number of last lines that a message shows, and the characters shown of each. */
const LAST_LINES = 15;
const MAX_SHOWN_CHARACTERS = 300;

/**
 * Collects the output of a candidate without the run's secrets: writes whole lines to a file and keeps the last ones.
 */
export class CandidateLog {
  private readonly clean: Redact;
  private readonly last: string[] = [];
  private readonly partial = new Map<Readable, { decoder: StringDecoder; text: string }>();
  private descriptor: number | undefined;
  private kept = 0;
  /** The length of the longest secret with each character escaped. */
  private readonly held: number;

  /** @throws WriteError if the file can't be opened */
  constructor(secrets: readonly string[], file: string | undefined) {
    this.clean = redactor(secrets);
    this.held = MAX_ESCAPE_CHARACTERS * Math.max(0, ...secrets.map(({ length }) => length));
    if (file === undefined) return;
    try {
      makeFolder(dirname(file));
      this.descriptor = openPrivate(file);
    } catch (error) {
      throw new WriteError(`can't write ${file}: ${reasonOf(error)}`);
    }
  }

  take(stream: Readable, bytes: Buffer): void {
    const begun = this.partial.get(stream) ?? { decoder: new StringDecoder('utf8'), text: '' };
    this.partial.set(stream, begun);
    const lines = (begun.text + begun.decoder.write(bytes)).split('\n');
    begun.text = lines.pop() ?? '';
    for (const line of lines) this.line(line);
    if (begun.text.length <= MAX_LINE_CHARACTERS + this.held) return;
    // The end of the part may be the beginning of a secret, so it is masked together with what follows.
    const whole = this.clean(begun.text);
    const end = Math.max(0, whole.length - this.held);
    this.line(whole.slice(0, end));
    begun.text = whole.slice(end);
  }

  private line(raw: string): void {
    const line = this.clean(raw.replace(/\r$/, ''));
    this.last.push(line);
    if (this.last.length > LAST_LINES) this.last.shift();
    if (this.kept > MAX_KEPT_CHARACTERS) return;
    this.kept += line.length + 1;
    this.write(this.kept > MAX_KEPT_CHARACTERS ? '(the rest of its output is not kept)\n' : `${line}\n`);
  }

  /** A full disk ends the log, not the run. */
  private write(text: string): void {
    if (this.descriptor === undefined) return;
    try {
      writeSync(this.descriptor, text);
    } catch {
      this.kept = Number.POSITIVE_INFINITY;
    }
  }

  /** The last non-empty lines of output. */
  lastLines(): string[] {
    const unended = [...this.partial.values()].map(({ text }) => this.clean(text));
    return [...this.last, ...unended]
      .filter((line) => line.trim() !== '')
      .slice(-LAST_LINES)
      .map((line) => line.slice(0, MAX_SHOWN_CHARACTERS));
  }

  /** Writes unfinished lines, and closes the file. */
  close(): void {
    for (const { text } of this.partial.values()) if (text !== '') this.line(text);
    this.partial.clear();
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}
