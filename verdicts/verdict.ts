import { addTo } from '../common/lists';
import type { Behavior, Finding, Level, Outcome, Source } from '../behaviors/behavior';
import { isOutOfFiles } from '../common/errors';
import type { History, PlannedAttempt } from '../history/events';
import { runView, type Run } from '../history/run-view';
import type { Counts, Verdict } from '../schemas/generated/result';
import { catalogFor } from './edition';
import { cutOff, internalError, nothingSent, notProvided, untestedAmong, type Untested } from './untested-reason';
import { resolveWaitsFor } from './waits-for';

/**
 * What a run says of a behaviour. `waived`: it failed, or waits for one that did, and a live waiver covers that;
 * `untested`: it could not be tried; `notApplicable`: the config declares the capability absent; `notSelected`: the user
 * asked for other scenarios, or for a load run.
 */
export type { Verdict };

export type { Counts };

/** What a run says of one behaviour, before the gate and the waivers are applied. */
export interface JudgedBehavior {
  id: string;
  level: Level;
  verdict: Exclude<Verdict, 'waived'>;
  statement: string;
  source: Source;
  scenarios: string[];
  /** How many attempts came to what. */
  attempts: Counts;
  /** Of what failed: what differs; of a load run, the first few. */
  findings: Finding[];
  /** Why attempts say nothing; of a load run, the first few. */
  untested: Untested[];
  /** True where the user left out every scenario that tries it. */
  notSelected: boolean;
  /** True where it is untested because of the environment, not the target's behaviour. */
  environment: boolean;
  /** There where it was tried, and what was seen tells nothing of it: mostly as another behaviour failed that it rests on. */
  inconclusive?: true;
  /**
   * Of what is untested: which failed behaviours each attempt waits for. An empty list: one of them is untested for a
   * reason of its own.
   */
  waits: string[][];
  /** There where its judge threw: an internal error. */
  internal?: true;
  /** There where attempts passed, and what was recorded of others speaks against it. */
  doubted?: true;
}

/** How many findings of a behaviour are kept in a result; the rest are counted. */
export const MAX_FINDINGS = 5;

/**
 * Judges a history: every behaviour of its edition's catalogue once, in its order. A judge that throws leaves its own
 * behaviour untested, with an internal error, and none of the others.
 * @param behaviors default: all
 * @throws UsageError where this version does not know the history's edition
 */
export function judge(history: History, behaviors?: readonly Behavior[]): JudgedBehavior[] {
  return resolveWaitsFor(judgeUnresolved(history, behaviors), catalogFor(history.header));
}

/** The same, before it is settled what untested behaviours wait for. */
export function judgeUnresolved(
  history: History,
  behaviors: readonly Behavior[] = catalogFor(history.header).behaviors,
): JudgedBehavior[] {
  const run = runView(history);
  return behaviors.map((behavior) => judgeOne(behavior, run));
}

/**
 * What a behaviour's judge says of a run.
 * @returns the error where it threw
 * @throws the system call's error where no more files can be opened
 */
export function outcomesOf(says: Behavior['judge'], run: Run): { outcomes: Outcome[]; internal?: Untested } {
  try {
    return { outcomes: says(run) };
  } catch (error) {
    // What a judge loads when it first needs it could not be read: the machine's lack, and no error of the judge.
    if (isOutOfFiles(error)) throw error;
    return { outcomes: [], internal: internalError(error) };
  }
}

const plans = new WeakMap<Run, Map<string, PlannedAttempt[]>>();

/** By a behaviour's id: the planned attempts that try it, in their order; put together once a run. */
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
  // What passes beside what was asked for was not looked at as a whole.
  const notAsked = notSelected && planned.some(({ asked }) => asked !== undefined);
  const verdict = verdictOr(seen, notTriedFor(planned, made, leftOut), notSelected, notAsked);
  // What no attempt tried waits for nothing.
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

/** What a behaviour's record says, for what is judged of it. */
export function recordOf({
  id,
  level,
  statement,
  source,
}: Behavior): Pick<JudgedBehavior, 'id' | 'level' | 'statement' | 'source'> {
  return { id, level, statement, source };
}

/**
 * A behaviour fails if it failed in one attempt, and passes if it passed in one and failed in none; of recorded traffic,
 * also none may speak against it.
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

/** Whether the user left a behaviour of an attempt out: the attempt with all that it tries, or that behaviour alone. */
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

/** What was seen decides; that the user left a behaviour out is no reason to miss it. For a behaviour that was not selected, only a failure is reported. */
function verdictOr(
  seen: 'failed' | 'passed' | 'untested' | undefined,
  otherwise: JudgedBehavior['verdict'],
  notSelected: boolean,
  notAsked: boolean,
): JudgedBehavior['verdict'] {
  if (notAsked && seen !== 'failed') return otherwise;
  return seen === undefined || (seen === 'untested' && notSelected) ? otherwise : seen;
}
