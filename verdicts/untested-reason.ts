import type { AttemptRef } from '../behaviors/finding';
import type { Outcome, Unjudged } from '../behaviors/behavior';
import { UNRECORDED, type Unrecorded } from '../behaviors/recorded-traffic/limits';
import type { MissingRecord, PlannedAttempt, StoppedRecord } from '../history/events';
import type * as written from '../schemas/generated/result';

/** Why a behaviour is untested, as data. */
export type UntestedReason =
  Exclude<written.Reason, { why: 'notShown' }> | { why: 'notShown'; lacks: Exclude<Unjudged['lacks'], Unrecorded> };

/** Why one attempt could not check a behaviour. */
export interface Untested {
  reason: UntestedReason;
  attempt: AttemptRef;
  /** Numbers of the events with the evidence. */
  events: number[];
  /** Facts and behaviours whose failure would explain it. */
  restsOn: readonly string[];
}

const NO_ATTEMPT: AttemptRef = { scenario: '', name: '' };

function isUnrecorded(lacks: Unjudged['lacks']): lacks is Unrecorded {
  return UNRECORDED.some((one) => one === lacks);
}

/** Converts the untested outcome of a judge. */
export function untestedOf({ lacks, attempt, events, restsOn }: Unjudged): Untested {
  const reason: UntestedReason = isUnrecorded(lacks) ? { why: 'notRecorded', what: lacks } : { why: 'notShown', lacks };
  return { reason, attempt, events, restsOn };
}

/** The reason for an attempt that could not be made. */
export function notProvided({ n, scenario, attempt, cause, missing, hint }: MissingRecord): Untested {
  const reason: UntestedReason = { why: 'notProvided', cause, missing, advice: hint };
  return { reason, attempt: { scenario, name: attempt }, events: [n], restsOn: [] };
}

/** The reason for an attempt that was cut off. */
export function cutOff({ scenario, attempt }: PlannedAttempt, stopped: StoppedRecord | undefined): Untested {
  const reason: UntestedReason = stopped ? { why: 'stopped' } : { why: 'interrupted' };
  return { reason, attempt: { scenario, name: attempt }, events: stopped ? [stopped.n] : [], restsOn: [] };
}

/** The reason if no request of the run is evidence about a behaviour. */
export function nothingSent(restsOn: readonly string[]): Untested {
  return { reason: { why: 'nothingSent' }, attempt: NO_ATTEMPT, events: [], restsOn };
}

/** Longest text of an internal error, in characters. */
const MAX_ERROR_CHARACTERS = 300;

/** The reason if a judge threw. */
export function internalError(error: unknown): Untested {
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    reason: { why: 'internal', error: why.slice(0, MAX_ERROR_CHARACTERS) },
    attempt: NO_ATTEMPT,
    events: [],
    restsOn: [],
  };
}

/** The reasons of the untested outcomes. */
export function untestedAmong(outcomes: readonly Outcome[]): Untested[] {
  return outcomes.flatMap((outcome) => (outcome.verdict === 'untested' ? [untestedOf(outcome.unjudged)] : []));
}
