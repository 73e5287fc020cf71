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

const MEANING: Record<number, string> = {
  0: 'it does what the documentation says',
  1: 'a counted behaviour failed, or a waiver is stale or expired',
  3: 'incomplete: a counted behaviour or contract is untested, or nothing was judged',
  4: 'the surroundings are at fault: something could not be provisioned',
  130: 'interrupted: what was seen so far is kept',
};

/** What a run came to, in words. */
export function meaningOf({ exitCode }: Pick<Result, 'exitCode'>): string {
  return MEANING[exitCode] ?? 'internal fault';
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
