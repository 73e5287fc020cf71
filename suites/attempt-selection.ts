import type { Attempt, Scenario } from './scenario';

/**
 * The attempts that some behaviours need: those that try them, and those that the judges compare with: a plain invitation,
 * and the one that is accepted in the same scenario, such as to a phone. Without these a target that refuses everything would
 * pass what must be refused.
 * @param behaviors their ids
 * @returns the attempts, of which those that are only compared with try none of the behaviours
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
