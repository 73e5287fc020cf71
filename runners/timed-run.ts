import { runWithHistory, type RunWithHistory } from '../api/run';
import type { Options } from '../api/options';
import { EnvironmentError, Interrupted } from '../target/errors';
import { DEFAULTS } from '../schemas/options';
import type { Result } from '../verdicts/result';

/** The options of a run within a test runner. */
export interface ConformanceOptions extends Options {
  /**
   * The longest time for the whole run, ms; by default ten times timeoutMs plus quietMs, one minute and, with start, its
   * timeoutMs. What has not ended by then is untested.
   */
  runTimeoutMs?: number;
}

/** Options that are available when the tests run, with callbacks. */
export interface Provided {
  options: ConformanceOptions;
  /** Receives the result after everything is judged. */
  keep?: (result: Result) => void;
  /** Called after the tests. */
  close?: () => Promise<void>;
}

/** Returns the options when the tests run. */
export type Provider = () => Promise<Provided>;

/** The number of consecutive waits that an attempt may need, and the time for provisioning and release, ms. */
const WAITS_PER_ATTEMPT = 10;
const MARGIN_MS = 60_000;

/** The longest time that a timer accepts, ms: the limit of hooks, because a run ends itself in order. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** The longest time for an ended run to release what it provisioned, ms. */
const ENDING_TIME = 30_000;

/** The longest time for a whole run, ms. @throws RangeError for an invalid time */
export function runTimeLimit({
  runTimeoutMs,
  timeoutMs = DEFAULTS.timeoutMs,
  quietMs = DEFAULTS.quietMs,
  start,
}: ConformanceOptions): number {
  if (runTimeoutMs === undefined) {
    const starting = start ? (start.timeoutMs ?? DEFAULTS.start.timeoutMs) : 0;
    return WAITS_PER_ATTEMPT * timeoutMs + quietMs + MARGIN_MS + starting;
  }
  if (Number.isInteger(runTimeoutMs) && runTimeoutMs > 0 && runTimeoutMs <= MAX_TIMER_MS) return runTimeoutMs;
  throw new RangeError(
    `runTimeoutMs must be a whole number of milliseconds from 1 to ${MAX_TIMER_MS}; it is ${runTimeoutMs}`,
  );
}

function tooLong(time: number): Error {
  return new Error(`the run did not end within ${time} ms; raise runTimeoutMs`);
}

/** Formats an error for a runner, with its advice. */
function errorForRunner(error: unknown): unknown {
  if (!(error instanceof EnvironmentError)) return error;
  const { layer, message, advice, details } = error;
  return new Error([`${layer}: ${message}`, ...details, `try ${advice}`].join('\n  '), { cause: error });
}

/** Conducts a run that ends when its time is over, and judges what was recorded until then. */
export async function runInTime({ runTimeoutMs, ...options }: ConformanceOptions): Promise<RunWithHistory> {
  const time = runTimeLimit({ ...options, ...(runTimeoutMs === undefined ? {} : { runTimeoutMs }) });
  const end = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const over = new Promise<never>((_, reject) => {
    timers.push(
      setTimeout(() => end.abort(), time),
      setTimeout(() => reject(tooLong(time)), Math.min(time + ENDING_TIME, MAX_TIMER_MS)),
    );
  });
  const signal = options.signal ? AbortSignal.any([options.signal, end.signal]) : end.signal;
  try {
    return await Promise.race([runWithHistory({ contracts: false, ...options, signal }), over]);
  } catch (error) {
    throw error instanceof Interrupted && end.signal.aborted ? tooLong(time) : errorForRunner(error);
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}
