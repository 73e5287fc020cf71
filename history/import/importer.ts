import type { Body, Headers } from '../events';
import type { RecordedSource } from '../recording';
import type { HarTool } from './har-tools';

/**
 * One exchange as somebody recorded it, whichever way it went: a request of the bot's, or a notification to it. A body that
 * was not kept says so; it is never taken for an empty one.
 */
export interface RecordedExchange {
  request: { method: string; url: string; headers: Headers; body: Body };
  /** None where none came, or none was recorded. */
  response?: { status: number; headers: Headers; body: Body };
  /** When the request was seen first, ms since 1970; none where the recording does not say. */
  startedAt?: number;
  /** How much later that may have been, ms: a time without milliseconds is known to the second. */
  resolutionMs: number;
  /** From then until the request was sent whole, the response's headers were there, and all of it was, ms; none where that was not measured. */
  durations?: { sent: number; answered: number; ended: number };
}

/** A format of recorded traffic. Whoever writes one of their own writes a history instead: that is the common form. */
export interface Importer {
  kind: RecordedSource['kind'];
  /** What a file of it is called in messages. */
  what: string;
  /** The names that lead to the array of exchanges in its JSON. */
  path: readonly string[];
  /**
   * Reads one element of that array.
   * @param tool the program that wrote the file, if it is known
   * @returns undefined if it is not an exchange; it never throws
   */
  read: (element: unknown, tool?: HarTool) => RecordedExchange | undefined;
}
