import { BEHAVIORS } from '../behaviors/catalog';
import { sourceText, type Behavior, type Finding, type Level, type Outcome } from '../behaviors/behavior';
import type { PlannedAttempt } from '../history/events';
import { view, type Run } from '../history/view';
import type { History } from '../history/events';

export type Verdict = 'passed' | 'failed' | 'waived' | 'untested' | 'notApplicable';

/** What a run says of one behaviour, before the gate and the waivers are applied. */
export interface Judged {
  id: string;
  level: Level;
  verdict: Exclude<Verdict, 'waived'>;
  statement: string;
  source: string;
  scenarios: string[];
  findings: Finding[];
  remarks: string[];
  /** True where the user left out every scenario that tries it. */
  notSelected: boolean;
  /** True where it is untested because of the surroundings, not the target's behaviour. */
  environment: boolean;
}

/** How many findings of a behaviour are kept; the rest are counted. */
const MOST_FINDINGS = 5;

/** A judge threw: a fault of ours. */
export class JudgeError extends Error {}

/**
 * Judges a history: every behaviour of the catalogue once, in its order.
 * @throws JudgeError where a judge throws
 */
export function judge(history: History, behaviors: readonly Behavior[] = BEHAVIORS): Judged[] {
  const run = view(history);
  return behaviors.map((behavior) => judgeOne(behavior, run));
}

function judgeOne(behavior: Behavior, run: Run): Judged {
  const { id, level, statement } = behavior;
  const planned = run.header.plan.filter(({ tries }) => tries.includes(id));
  let outcomes: Outcome[];
  try {
    outcomes = behavior.judge(run, behavior);
  } catch (error) {
    throw new JudgeError(
      `the judge of ${id} threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
  const missing = notMade(id, run);
  const made = planned.filter(
    ({ withoutCapability, notSelected }) => withoutCapability === undefined && notSelected !== true,
  );
  const failed = outcomes.filter(({ verdict }) => verdict === 'failed');
  const passed = outcomes.filter(({ verdict }) => verdict === 'passed');
  const base = {
    id,
    level,
    statement,
    source: sourceText(behavior.source),
    scenarios: [...new Set(made.map(({ scenario }) => scenario))],
  };
  const remarks = [...new Set(outcomes.flatMap(({ remark }) => (remark === undefined ? [] : [remark])))];
  const of = (verdict: Judged['verdict'], from: Outcome[]): Judged => ({
    ...base,
    verdict,
    findings: shortened(from),
    remarks,
    notSelected: planned.length > 0 && planned.every(({ notSelected }) => notSelected === true),
    environment: verdict === 'untested' && missing.some(({ environment }) => environment),
  });
  if (failed.length > 0) return of('failed', failed);
  if (passed.length > 0) return of('passed', []);
  if (made.length === 0 && planned.some(({ withoutCapability }) => withoutCapability !== undefined))
    return of('notApplicable', []);
  const untested = [...missing.map(({ outcome }) => outcome), ...outcomes];
  return of('untested', untested.length > 0 ? untested : [nothingTried(behavior, planned)]);
}

function shortened(outcomes: Outcome[]): Finding[] {
  const findings = outcomes.flatMap(({ finding }) => (finding ? [finding] : []));
  if (findings.length <= MOST_FINDINGS) return findings;
  const kept = findings.slice(0, MOST_FINDINGS);
  const last = kept.at(-1);
  const more = findings.length - MOST_FINDINGS;
  return last ? [...kept.slice(0, -1), { ...last, where: `${last.where} (and ${more} more like it)` }] : kept;
}

/** The attempts at a behaviour that could not be made or were cut off, as untested outcomes. */
function notMade(id: string, run: Run): { outcome: Outcome; environment: boolean }[] {
  const missing = run.missing
    .filter(({ tries }) => tries.includes(id))
    .map(({ scenario, attempt, missing: seen, hint, cause, n }) => ({
      environment: cause === 'environment',
      outcome: untestedOutcome(id, scenario, attempt, seen, hint, [n]),
    }));
  const cutOff = run.cutOff
    .filter(({ tries }) => tries.includes(id))
    .map(({ scenario, attempt }) => ({
      environment: false,
      outcome: untestedOutcome(
        id,
        scenario,
        attempt,
        'the run was interrupted before the attempt ended',
        'Run again.',
        [],
      ),
    }));
  return [...missing, ...cutOff];
}

function untestedOutcome(
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
  const notSelected = planned.length > 0 && planned.every((attempt) => attempt.notSelected === true);
  const seen = notSelected ? 'no scenario that tries it was selected' : 'nothing in this run showed it';
  const where = planned.map(({ scenario, attempt }) => `${scenario}/${attempt}`).join(', ') || 'no scenario';
  const hint = notSelected
    ? 'Leave --scenario out, or name one that tries it.'
    : 'Look at what else failed in the same scenario.';
  return {
    verdict: 'untested',
    scenario: '',
    finding: { expected: `${behavior.statement} (${sourceText(behavior.source)})`, seen, where, hint, events: [] },
  };
}
