import type { BehaviorResult, ContractResult, Result } from '../verdicts/result';
import type { Verdict } from '../verdicts/verdict';

/** The verdicts as people read them. */
export const WORDS: Record<Verdict, string> = {
  passed: 'passed',
  failed: 'failed',
  waived: 'waived',
  untested: 'untested',
  notApplicable: 'not applicable',
};

/** How many behaviours that count, and how many interactions of contracts, came to this. */
function tally({ behaviors, contracts }: Result, verdict: 'failed' | 'untested'): string {
  const counts = [
    [behaviors.filter((one) => one.verdict === verdict && one.counted).length, 'counted behaviour'],
    [contracts.filter(({ result }) => result === verdict).length, 'contract interaction'],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => many(count, what))
    .join(' and ');
}

/** What a run came to, in words. */
export function meaningOf(result: Result): string {
  const failed = tally(result, 'failed');
  const untested = tally(result, 'untested');
  switch (result.exitCode) {
    case 0:
      return result.summary.waived === 0
        ? 'it does what the documentation says'
        : `it does what the documentation says, but for ${result.summary.waived} waived`;
    case 1:
      return failed === '' ? 'a waiver is stale or expired' : `${failed} failed`;
    case 3:
      return untested === '' ? 'incomplete: nothing was judged' : `incomplete: ${untested} untested`;
    case 4:
      return 'the surroundings are at fault: something could not be provisioned';
    default:
      return 'interrupted: what was seen so far is kept';
  }
}

/** `77 passed, 3 failed, 1 untested`; verdicts that nothing has are left out. */
export function countsText(behaviors: readonly BehaviorResult[]): string {
  return (Object.keys(WORDS) as Verdict[])
    .map((verdict) => ({ verdict, count: behaviors.filter((one) => one.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${WORDS[verdict]}`)
    .join(', ');
}

/** `77 passed, 3 failed` of the contracts' interactions. */
export function contractCounts(contracts: readonly ContractResult[]): string {
  return (['passed', 'failed', 'untested', 'notApplicable'] as const)
    .map((word) => ({ word, count: contracts.filter(({ result }) => result === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${WORDS[word]}`)
    .join(', ');
}

/** `1 finding`, `2 findings` */
export function many(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
