import type { Body, Headers } from '../events';
import type { RecordedSource } from '../recording';
import type { HarTool } from './har-tools';

/**
 * One recorded exchange: a request of the bot, or a notification to it. A body that was not kept is marked, and never
 * counts as empty.
 */
export interface RecordedExchange {
  request: { method: string; url: string; headers: Headers; body: Body };
  /** Absent if there was none, or none was recorded. */
  response?: { status: number; headers: Headers; body: Body };
  /** When the request was first seen, ms since 1970; absent if unknown. */
  startedAt?: number;
  /** How much later that may have been, ms: a time may be rounded down to seconds. */
  resolutionMs: number;
  /** From `startedAt` to the end of the request, to the response's headers, and to its end, ms; absent if not measured. */
  durations?: { sent: number; answered: number; ended: number };
}

/** A reader of one format of recorded traffic. For other formats, users write a history, the common format. */
export interface Importer {
  kind: RecordedSource['kind'];
  /** The name of the kind of file, for messages. */
  what: string;
  /** The names on the path to the array of exchanges in its JSON. */
  path: readonly string[];
  /**
   * Reads one element of that array.
   * @param tool the program that wrote the file, if it is known
   * @returns undefined if it is not an exchange; it never throws
   */
  read: (element: unknown, tool?: HarTool) => RecordedExchange | undefined;
}
