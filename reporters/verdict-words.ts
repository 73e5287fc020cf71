import { contractVerdict } from '../verdicts/coverage';
import { verdictLine } from './wording/verdict-line';
import type { BehaviorResult, ContractResult, Result } from '../verdicts/result';
import type { Verdict } from '../verdicts/judged-behavior';
import { plain } from './plain';

export { countText } from './wording/count-text';

/** The verdicts for readers. */
export const VERDICT_WORDS: Record<Verdict, string> = {
  passed: 'passed',
  failed: 'failed',
  waived: 'waived',
  untested: 'untested',
  notApplicable: 'not applicable',
  notSelected: 'not selected',
};

/** The verdict of a run with its scope: the first line of every report. */
export function headline(result: Result): string {
  return plain(verdictLine(result));
}

/** `77 passed, 3 failed, 1 untested`; verdicts that no behaviour has are left out. */
export function countsText(behaviors: readonly BehaviorResult[]): string {
  return (Object.keys(VERDICT_WORDS) as Verdict[])
    .map((verdict) => ({ verdict, count: behaviors.filter((one) => one.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${VERDICT_WORDS[verdict]}`)
    .join(', ');
}

/** `77 passed, 3 failed`, for the contracts' interactions. */
export function contractCounts(contracts: readonly ContractResult[]): string {
  return (Object.keys(VERDICT_WORDS) as Verdict[])
    .map((word) => ({ word, count: contracts.filter((one) => contractVerdict(one) === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${VERDICT_WORDS[word]}`)
    .join(', ');
}
