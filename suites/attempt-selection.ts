import type { Attempt, Scenario } from './scenario';

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
    const shows = ({ alone, variation, tries }: Attempt): boolean => !alone && !variation && tries.includes(id);
    if ([...chosen].some(shows)) continue;
    const first = all.find(({ attempt }) => shows(attempt));
    if (first) chosen.add(first.attempt);
  }
  return chosen;
}
