import { addTo } from '../common/lists';
import type { Behavior, Outcome } from '../behaviors/behavior';
import { isOutOfFiles } from '../common/errors';
import type { History, PlannedAttempt } from '../history/events';
import { runView, type Run } from '../history/run-view';
import type { JudgedBehavior } from './judged-behavior';
import { catalogFor } from './edition';
import { cutOff, internalError, nothingSent, notProvided, untestedAmong, type Untested } from './untested-reason';
import { resolveWaitsFor } from './waits-for';

/** The most findings of a behaviour in a result; the rest are only counted. */
export const MAX_FINDINGS = 5;

/**
 * Judges a history: every behaviour of its edition's catalogue, in order. If a judge throws, only its own behaviour is
 * untested, with an internal error.
 * @param behaviors default: all
 * @throws UsageError if this version does not know the history's edition
 */
export function judge(history: History, behaviors?: readonly Behavior[]): JudgedBehavior[] {
  return resolveWaitsFor(judgeUnresolved(history, behaviors), catalogFor(history.header));
}

/** Like `judge`, but does not resolve what untested behaviours wait for. */
export function judgeUnresolved(
  history: History,
  behaviors: readonly Behavior[] = catalogFor(history.header).behaviors,
): JudgedBehavior[] {
  const run = runView(history);
  return behaviors.map((behavior) => judgeOne(behavior, run));
}

/**
 * The outcomes of a behaviour's judge for a run.
 * @returns the error too, if the judge threw
 * @throws the system call's error if no more files can be opened
 */
export function outcomesOf(says: Behavior['judge'], run: Run): { outcomes: Outcome[]; internal?: Untested } {
  try {
    return { outcomes: says(run) };
  } catch (error) {
    // The judge could not load a module: the machine lacks files, the judge has no error.
    if (isOutOfFiles(error)) throw error;
    return { outcomes: [], internal: internalError(error) };
  }
}

const plans = new WeakMap<Run, Map<string, PlannedAttempt[]>>();

/** The planned attempts by the id of a behaviour that they try, in their order; cached per run. */
function plannedFor(run: Run): ReadonlyMap<string, PlannedAttempt[]> {
  const known = plans.get(run);
  if (known) return known;
  const byId = new Map<string, PlannedAttempt[]>();
  for (const attempt of run.header.plan) {
    for (const id of new Set(attempt.tries)) addTo(byId, id, attempt);
  }
  plans.set(run, byId);
  return byId;
}

function judgeOne(behavior: Behavior, run: Run): JudgedBehavior {
  const { id } = behavior;
  const planned = plannedFor(run).get(id) ?? [];
  const unmade = new Set(run.bailed ? run.cutOff : []);
  const leftOut = (attempt: PlannedAttempt): boolean => isLeftOut(attempt, id) || unmade.has(attempt);
  const made = planned.filter((attempt) => attempt.withoutCapability === undefined && !leftOut(attempt));
  const missing = run.missing.filter(({ tries }) => tries.includes(id));
  const ends = run.bailed ? [] : run.cutOff.filter(({ tries }) => tries.includes(id));
  const { outcomes, internal } = outcomesOf(behavior.judge, run);
  const untested = [
    ...(internal ? [internal] : []),
    ...untestedAmong(outcomes),
    ...missing.map(notProvided),
    ...ends.map((one) => cutOff(one, run.stopped)),
  ];
  const notSelected = planned.length > 0 && planned.every(leftOut);
  const seen = verdictOfOutcomes(outcomes, untested);
  // A selection by behaviour may include only some of the attempts at others, so that these have not passed.
  const notAsked = notSelected && planned.some(({ asked }) => asked !== undefined);
  const verdict = verdictOr(seen, notTriedFor(planned, made, leftOut), notSelected, notAsked);
  // A behaviour without an attempt waits for no other.
  if (verdict === 'untested' && untested.length === 0)
    untested.push(nothingSent(made.length > 0 ? behavior.restsOn : []));
  const stopped = verdict === 'untested' && run.stopped !== undefined && ends.length > 0;
  const told = stopped ? untested.filter(({ reason }) => reason.why === 'stopped').slice(0, 1) : untested;
  return {
    ...recordOf(behavior),
    verdict,
    scenarios: [...new Set(made.map(({ scenario }) => scenario))],
    attempts: {
      passed: outcomes.filter((one) => one.verdict === 'passed').length,
      failed: outcomes.filter((one) => one.verdict === 'failed').length,
      untested: untested.length,
    },
    findings: outcomes.flatMap((one) => (one.verdict === 'failed' ? [one.finding] : [])),
    untested: told,
    notSelected,
    environment: verdict === 'untested' && (stopped || missing.some(({ cause }) => cause === 'environment')),
    waits: told.map(({ restsOn }) => [...restsOn]),
    ...(verdict === 'untested' && outcomes.length > 0 && !internal && !stopped ? { inconclusive: true } : {}),
    ...(internal ? { internal: true } : {}),
    ...(verdict === 'untested' && outcomes.some((one) => one.verdict === 'passed') ? { doubted: true } : {}),
  };
}

/** The members of a behaviour that its verdict repeats. */
export function recordOf({
  id,
  level,
  statement,
  source,
}: Behavior): Pick<JudgedBehavior, 'id' | 'level' | 'statement' | 'source'> {
  return { id, level, statement, source };
}

/**
 * A behaviour fails if it failed in one attempt, and passes if it passed in one and failed in none; in recorded
 * traffic, no evidence may speak against it either.
 */
export function verdictOfOutcomes(
  outcomes: readonly Outcome[],
  untested: readonly Untested[],
): 'failed' | 'passed' | 'untested' | undefined {
  const has = (verdict: Outcome['verdict']): boolean => outcomes.some((outcome) => outcome.verdict === verdict);
  if (has('failed')) return 'failed';
  if (outcomes.some((outcome) => outcome.verdict === 'untested' && outcome.unjudged.against)) return 'untested';
  if (has('passed')) return 'passed';
  return untested.length > 0 ? 'untested' : undefined;
}

/** Whether the user excluded a behaviour of an attempt: the whole attempt, or only that behaviour. */
function isLeftOut({ notSelected, asked }: PlannedAttempt, id: string): boolean {
  return notSelected === true || asked?.includes(id) === false;
}

/** Why a behaviour without evidence was not tested. */
function notTriedFor(
  planned: readonly PlannedAttempt[],
  made: readonly PlannedAttempt[],
  wasLeftOut: (attempt: PlannedAttempt) => boolean,
): JudgedBehavior['verdict'] {
  const leftOut = planned.some((attempt) => wasLeftOut(attempt) && attempt.withoutCapability === undefined);
  if (made.length === 0 && leftOut) return 'notSelected';
  return planned.some(({ withoutCapability }) => withoutCapability !== undefined) ? 'notApplicable' : 'untested';
}

/**
 * Evidence decides; a behaviour that the user excluded is not missed. For a behaviour that was not selected, only a
 * failure counts.
 */
function verdictOr(
  seen: 'failed' | 'passed' | 'untested' | undefined,
  otherwise: JudgedBehavior['verdict'],
  notSelected: boolean,
  notAsked: boolean,
): JudgedBehavior['verdict'] {
  if (notAsked && seen !== 'failed') return otherwise;
  return seen === undefined || (seen === 'untested' && notSelected) ? otherwise : seen;
}
