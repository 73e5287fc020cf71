import type { Result } from '../verdicts/result';
import type { Waiver } from '../verdicts/waivers';
import { causeTitle, clip, observedLine } from './finding-lines';
import { plain } from './plain';
import { sortedBehaviors, reportedCauses } from './result-groups';

/** The default duration of a waiver, days. */
const DAYS = 30;
/** The maximum length of a reason that is derived from a finding, in characters. */
const MOST_CHARACTERS = 120;

/** The fields of a waiver that the user may set. */
export interface Accepting {
  owner?: string;
  expires?: string;
  reason?: string;
}

/** The last day of a waiver that is written at a time, in ms since 1970: `YYYY-MM-DD`. */
function lastDay(now: number): string {
  const end = new Date(now);
  end.setUTCDate(end.getUTCDate() + DAYS);
  return end.toISOString().slice(0, 10);
}

/**
 * Suggests waivers for what fails the gate: one per failed behaviour that counts, and one per tried behaviour that is
 * inconclusive without another failure. What waits for a failure, and its contracts, is covered by them. The default
 * reason is the difference.
 */
export function suggestedWaivers(result: Result, { owner, expires, reason }: Accepting, now: number): Waiver[] {
  const { failed, untested } = sortedBehaviors(result);
  const alone = untested.filter(
    ({ counted, inconclusive, waitsFor }) => counted && inconclusive === true && waitsFor === undefined,
  );
  const causes = reportedCauses(result);
  return [...failed, ...alone].map((one): Waiver => {
    const cause = causes.find(({ behaviors }) => behaviors.includes(one));
    const seen = cause ? causeTitle(cause) : observedLine(one);
    return {
      behavior: one.id,
      owner: owner ?? 'unassigned',
      expires: expires ?? lastDay(now),
      reason: reason ?? clip(plain(seen), MOST_CHARACTERS),
    };
  });
}
