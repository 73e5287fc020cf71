import type { AttemptRef } from '../behaviors/finding';
import type { Outcome, Unjudged } from '../behaviors/behavior';
import { UNRECORDED, type Unrecorded } from '../behaviors/recorded-traffic/limits';
import type { MissingRecord, PlannedAttempt, StoppedRecord } from '../history/events';
import type * as written from '../schemas/generated/result';

/** Why a behaviour is untested, as data. */
export type UntestedReason =
  Exclude<written.Reason, { why: 'notShown' }> | { why: 'notShown'; lacks: Exclude<Unjudged['lacks'], Unrecorded> };

/** Why one attempt leaves a behaviour untested. */
export interface Untested {
  reason: UntestedReason;
  attempt: AttemptRef;
  /** Numbers of the events that show it. */
  events: number[];
  /** The facts and behaviours that would explain it. */
  restsOn: readonly string[];
}

const NO_ATTEMPT: AttemptRef = { scenario: '', name: '' };

function isUnrecorded(lacks: Unjudged['lacks']): lacks is Unrecorded {
  return UNRECORDED.some((one) => one === lacks);
}

/** Why an outcome is untested. */
export function untestedOf({ lacks, attempt, events, restsOn }: Unjudged): Untested {
  const reason: UntestedReason = isUnrecorded(lacks) ? { why: 'notRecorded', what: lacks } : { why: 'notShown', lacks };
  return { reason, attempt, events, restsOn };
}

/** Why an attempt was not made. */
export function notProvided({ n, scenario, attempt, cause, missing, hint }: MissingRecord): Untested {
  const reason: UntestedReason = { why: 'notProvided', cause, missing, advice: hint };
  return { reason, attempt: { scenario, name: attempt }, events: [n], restsOn: [] };
}

/** That an attempt was cut off. */
export function cutOff({ scenario, attempt }: PlannedAttempt, stopped: StoppedRecord | undefined): Untested {
  const reason: UntestedReason = stopped ? { why: 'stopped' } : { why: 'interrupted' };
  return { reason, attempt: { scenario, name: attempt }, events: stopped ? [stopped.n] : [], restsOn: [] };
}

/** That nothing which was sent says anything about a behaviour. */
export function nothingSent(restsOn: readonly string[]): Untested {
  return { reason: { why: 'nothingSent' }, attempt: NO_ATTEMPT, events: [], restsOn };
}

/** Longest text of an internal error, in characters. */
const MAX_ERROR_CHARACTERS = 300;

/** That a judge threw. */
export function internalError(error: unknown): Untested {
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    reason: { why: 'internal', error: why.slice(0, MAX_ERROR_CHARACTERS) },
    attempt: NO_ATTEMPT,
    events: [],
    restsOn: [],
  };
}

/** The untested among outcomes. */
export function untestedAmong(outcomes: readonly Outcome[]): Untested[] {
  return outcomes.flatMap((outcome) => (outcome.verdict === 'untested' ? [untestedOf(outcome.unjudged)] : []));
}
