import { BEHAVIORS } from '../behaviors/catalog';
import { sourceText, type Behavior, type Finding, type Level, type Outcome } from '../behaviors/behavior';
import type { History, MissingRecord, PlannedAttempt } from '../history/events';
import { view, type Run } from '../history/view';
import { stoppedAdvice, stoppedText } from './stopped';
import { settleWaits, waitsOf } from './waits';

/**
 * What a run says of a behaviour. `waived`: it failed, or waits for one that did, and a live waiver covers that;
 * `untested`: it could not be tried; `notApplicable`: the config declares the capability absent; `notSelected`: the user
 * asked for other scenarios, or for a load run.
 */
export type Verdict = 'passed' | 'failed' | 'waived' | 'untested' | 'notApplicable' | 'notSelected';

/** What a run says of one behaviour, before the gate and the waivers are applied. */
export interface Judged {
  id: string;
  level: Level;
  verdict: Exclude<Verdict, 'waived'>;
  statement: string;
  source: string;
  scenarios: string[];
  /** What each attempt came to, also those that could not be made. */
  outcomes: Outcome[];
  /** True where the user left out every scenario that tries it. */
  notSelected: boolean;
  /** True where it is untested because of the surroundings, not the target's behaviour. */
  environment: boolean;
  /** There where it was tried, and what was seen tells nothing of it: mostly as another behaviour failed that it rests on. */
  inconclusive?: true;
  /**
   * Of what is untested: which failed behaviours each of its outcomes waits for. An empty list: one of them is untested
   * for a reason of its own.
   */
  waits: string[][];
  /** There where its judge threw: an internal error. */
  internal?: true;
  /** How many attempts came to what, where not all outcomes are kept. */
  counts?: { passed: number; failed: number; untested: number };
}

/** How much of an internal error is told, in characters. */
const MOST_TOLD = 300;

/** How many findings of a behaviour are kept; the rest are counted. */
export const MOST_FINDINGS = 5;

/**
 * Judges a history: every behaviour of the catalogue once, in its order. A judge that throws leaves its own behaviour
 * untested, with an internal error, and none of the others.
 */
export function judge(history: History, behaviors: readonly Behavior[] = BEHAVIORS): Judged[] {
  const run = view(history);
  return settleWaits(behaviors.map((behavior) => judgeOne(behavior, run)));
}

function judgeOne(behavior: Behavior, run: Run): Judged {
  const { id } = behavior;
  const planned = run.header.plan.filter(({ tries }) => tries.includes(id));
  const made = planned.filter((attempt) => attempt.withoutCapability === undefined && attempt.notSelected !== true);
  const missing = run.missing.filter(({ tries }) => tries.includes(id));
  const said = outcomesOf(behavior, run);
  // What was seen tells more than what could not be tried.
  const internal = said.some((outcome) => outcome.internal === true);
  const outcomes = [...said, ...notMade(id, run, missing)];
  const notSelected = planned.length > 0 && planned.every((attempt) => attempt.notSelected === true);
  const verdict = seenOr(verdictOf(outcomes), notTriedFor(planned, made), notSelected);
  if (verdict === 'untested' && outcomes.length === 0) outcomes.push(nothingTried(behavior, planned));
  const { stopped } = run;
  const cutOff = run.cutOff.some(({ tries }) => tries.includes(id));
  if (stopped && cutOff && verdict === 'untested') {
    const seen = stoppedText(stopped);
    const scenario = made[0]?.scenario ?? '';
    const outcome = untestedOutcome(id, scenario, made[0]?.attempt ?? '', seen, stoppedAdvice(stopped), [stopped.n]);
    return {
      ...told(behavior, made),
      verdict,
      outcomes: [outcome],
      notSelected: false,
      environment: true,
      waits: [[]],
    };
  }
  return {
    ...told(behavior, made),
    verdict,
    outcomes,
    notSelected,
    environment: verdict === 'untested' && missing.some(({ cause }) => cause === 'environment'),
    waits: waitsOf(outcomes),
    ...(verdict === 'untested' && said.length > 0 && !internal ? { inconclusive: true } : {}),
    ...(internal ? { internal: true } : {}),
  };
}

/** Why a behaviour of which nothing was seen was not tried. */
function notTriedFor(planned: readonly PlannedAttempt[], made: readonly PlannedAttempt[]): Judged['verdict'] {
  const leftOut = planned.some((attempt) => attempt.notSelected === true && attempt.withoutCapability === undefined);
  if (made.length === 0 && leftOut) return 'notSelected';
  return planned.some(({ withoutCapability }) => withoutCapability !== undefined) ? 'notApplicable' : 'untested';
}

/** What was seen decides; that the user left a behaviour out is no reason to miss it. */
function seenOr(
  seen: 'failed' | 'passed' | 'untested' | undefined,
  otherwise: Judged['verdict'],
  notSelected: boolean,
): Judged['verdict'] {
  return seen === undefined || (seen === 'untested' && notSelected) ? otherwise : seen;
}

function told(
  { id, level, statement, source }: Behavior,
  made: readonly PlannedAttempt[],
): Pick<Judged, 'id' | 'level' | 'statement' | 'source' | 'scenarios'> {
  const scenarios = [...new Set(made.map(({ scenario }) => scenario))];
  return { id, level, statement, source: sourceText(source), scenarios };
}

/** What a behaviour's judge says of a run; that it threw, where it did. */
export function outcomesOf(behavior: Behavior, run: Run): Outcome[] {
  try {
    return behavior.judge(run, behavior);
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const hint = 'This is an internal error of the suite: please report it, with the history of the run.';
    const seen = `internal error: the judge of ${behavior.id} threw ${why.slice(0, MOST_TOLD)}`;
    return [{ ...untestedOutcome(behavior.id, 'judging', behavior.id, seen, hint, []), internal: true }];
  }
}

/** A behaviour fails if it failed in one attempt, and passes if it passed in one and failed in none. */
export function verdictOf(outcomes: readonly Outcome[]): 'failed' | 'passed' | 'untested' | undefined {
  const has = (verdict: Outcome['verdict']): boolean => outcomes.some((outcome) => outcome.verdict === verdict);
  if (has('failed')) return 'failed';
  if (has('passed')) return 'passed';
  return outcomes.length > 0 ? 'untested' : undefined;
}

/**
 * The findings that speak for a verdict, shortened where there are many of them.
 * @param all how many there are, where they are more than the outcomes
 */
export function findingsOf(outcomes: readonly Outcome[], verdict: Verdict, all = 0): Finding[] {
  if (verdict !== 'failed' && verdict !== 'untested') return [];
  return shortened(
    outcomes.filter((outcome) => outcome.verdict === verdict),
    all,
  );
}

function shortened(outcomes: Outcome[], all: number): Finding[] {
  const findings = outcomes.flatMap(({ finding }) => (finding ? [finding] : []));
  const more = Math.max(findings.length, all) - MOST_FINDINGS;
  if (more <= 0) return findings;
  const kept = findings.slice(0, MOST_FINDINGS);
  const last = kept.at(-1);
  return last ? [...kept.slice(0, -1), { ...last, where: `${last.where} (and ${more} more like it)` }] : kept;
}

/** The attempts at a behaviour that could not be made or were cut off, as untested outcomes. */
function notMade(id: string, run: Run, missing: readonly MissingRecord[]): Outcome[] {
  const cutOff = run.cutOff.filter(({ tries }) => tries.includes(id));
  const interrupted = run.stopped ? stoppedText(run.stopped) : 'the run was interrupted before the attempt ended';
  return [
    ...missing.map((one) => untestedOutcome(id, one.scenario, one.attempt, one.missing, one.hint, [one.n])),
    ...cutOff.map(({ scenario, attempt }) => untestedOutcome(id, scenario, attempt, interrupted, 'Run again.', [])),
  ];
}

/** An outcome of what could not be tried. @param seen what was missing */
export function untestedOutcome(
  id: string,
  scenario: string,
  attempt: string,
  seen: string,
  hint: string,
  events: number[],
): Outcome {
  const expected = `an attempt at ${id}`;
  return { verdict: 'untested', scenario, finding: { expected, seen, where: `${scenario}/${attempt}`, hint, events } };
}

function nothingTried(behavior: Behavior, planned: PlannedAttempt[]): Outcome {
  const seen = 'nothing in this run showed it';
  const where = planned.map(({ scenario, attempt }) => `${scenario}/${attempt}`).join(', ') || 'no scenario';
  const hint = 'Look at what else failed in the same scenario.';
  return {
    verdict: 'untested',
    scenario: '',
    finding: { expected: `${behavior.statement} (${sourceText(behavior.source)})`, seen, where, hint, events: [] },
  };
}
