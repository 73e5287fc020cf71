import type { PlannedAttempt } from '../history/events';
import type { RunOptions } from '../schemas/run-options';
import type { Attempt, Scenario } from './scenario';
import { scenariosOf } from './scenarios';

/** The options that select the attempts. */
export type AttemptOptions = Pick<RunOptions, 'edition' | 'capabilities' | 'provisioning' | 'scenarios' | 'behaviors'>;

/** An attempt and its plan in the history. */
export interface ScheduledAttempt {
  scenario: Scenario;
  attempt: Attempt;
  plan: PlannedAttempt;
}

/**
 * Selects the attempts of a run, and marks those that are left out.
 * @param all the available scenarios
 */
export function scheduledAttempts(
  options: AttemptOptions,
  all: readonly Scenario[] = scenariosOf(options.edition),
): ScheduledAttempt[] {
  const { behaviors, capabilities, provisioning, scenarios } = options;
  // Prepared calls are too few for attempts that repeat others under quieter conditions.
  const prepared = 'static' in provisioning;
  const needed = behaviors && attemptsFor(all, behaviors);
  return all.flatMap((scenario) =>
    scenario.attempts
      .filter(({ alone }) => alone !== true || !prepared)
      .map((attempt) => {
        const plan: PlannedAttempt = { scenario: scenario.name, attempt: attempt.name, tries: [...attempt.tries] };
        const { capability } = attempt;
        if (capability !== undefined && !capabilities[capability]) plan.withoutCapability = capability;
        if (scenarios?.includes(scenario.name) === false) plan.notSelected = true;
        if (needed && !needed.has(attempt)) plan.notSelected = true;
        if (behaviors) plan.asked = attempt.tries.filter((id) => behaviors.includes(id));
        if (attempt.alone === true) plan.alone = true;
        return { scenario, attempt, plan };
      }),
  );
}

/** What each control tries. Attempts that only invite somebody after a refusal or failure do not: they need one. */
const COMPLETED = 'completion.announced';

/**
 * Selects the attempts that some behaviours need: those that try them, and the controls that the judges compare with: a
 * plain invitation, and the accepted one of the same scenario, such as to a phone. Without the controls, a target that
 * refuses everything would pass the refusal behaviours.
 * @param behaviors their ids
 * @returns the attempts; the controls among them try none of the behaviours
 */
export function attemptsFor(scenarios: readonly Scenario[], behaviors: readonly string[]): Set<Attempt> {
  const all = scenarios.flatMap((scenario) => scenario.attempts.map((attempt) => ({ scenario, attempt })));
  const trying = all.filter(({ attempt }) => attempt.tries.some((id) => behaviors.includes(id)));
  const chosen = new Set(trying.map(({ attempt }) => attempt));
  const compared = new Set(trying.flatMap(({ scenario }) => ['request.route', `${scenario.name}.accepted`]));
  for (const id of compared) {
    const shows = ({ alone, variation, tries }: Attempt): boolean =>
      !alone && !variation && tries.includes(id) && tries.includes(COMPLETED);
    if ([...chosen].some(shows)) continue;
    const first = all.find(({ attempt }) => shows(attempt));
    if (first) chosen.add(first.attempt);
  }
  return chosen;
}
