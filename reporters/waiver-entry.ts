import type { Result } from '../verdicts/result';
import type { Waiver } from '../verdicts/waivers';
import { causeTitle, clip, observedLine } from './finding-lines';
import { plain } from './plain';
import { sortedBehaviors, reportedCauses } from './result-groups';

/** For how long a failure is waived where no day is named, days. */
const DAYS = 30;
/** How long a reason may be that is drawn from what was seen, in characters. */
const MOST_CHARACTERS = 120;

/** What whoever accepts failures says of them. */
export interface Accepting {
  owner?: string;
  expires?: string;
  reason?: string;
}

/** The day on which a waiver ends that is written at a time, in ms since 1970: `YYYY-MM-DD`. */
function lastDay(now: number): string {
  const end = new Date(now);
  end.setUTCDate(end.getUTCDate() + DAYS);
  return end.toISOString().slice(0, 10);
}

/**
 * Waivers that let pass what closes the gate in a result: one for each behaviour that failed and counts, and for each that
 * was tried and shows nothing without another's failure. What waits for a failure, and its contracts, is covered by them.
 * The reason is the difference that was seen, where none is given.
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
