import { runWithHistory, type RunWithHistory } from '../api/run';
import type { Options } from '../api/options';
import { EnvironmentError, Interrupted } from '../target/errors';
import { DEFAULTS } from '../schemas/options';
import type { Result } from '../verdicts/result';

/** The options of a run that is a part of somebody's tests. */
export interface ConformanceOptions extends Options {
  /** How long the whole run may last, ms; default: ten times timeoutMs, and a minute. What is not over by then is untested. */
  runTimeoutMs?: number;
}

/** Options that are known when the tests run, and what has to be done afterwards. */
export interface Provided {
  options: ConformanceOptions;
  /** Takes the result when all is judged. */
  keep?: (result: Result) => void;
  /** Called when the tests are over. */
  close?: () => Promise<void>;
}

/** Gives the options when the tests run, and takes back what it started for them. */
export type Provider = () => Promise<Provided>;

/** How many waits an attempt may have, one after the other; and what provisioning and teardown may take beside them, ms. */
const WAITS_PER_ATTEMPT = 10;
const MARGIN_MS = 60_000;

/** The longest time that a timer takes, ms: hooks have it, as a run ends itself, in order. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** How long a run that was ended may take to give back what it set up, ms. */
const ENDING_TIME = 30_000;

/** How long a whole run may last, ms. @throws RangeError for an invalid time */
export function runTimeLimit({
  runTimeoutMs,
  timeoutMs = DEFAULTS.timeoutMs,
  quietMs = 0,
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

/** An error as a runner shows it: with what to do about it. */
function errorForRunner(error: unknown): unknown {
  if (!(error instanceof EnvironmentError)) return error;
  const { layer, message, advice, details } = error;
  return new Error([`${layer}: ${message}`, ...details, `try ${advice}`].join('\n  '), { cause: error });
}

/** A run that is ended when its time is over: what was seen until then is judged. */
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
