import type { ContractResult, Result } from './result';
import type { Verdict } from './verdict';

/** What an interaction of a contract is told as: `waived` where waivers cover why it failed. */
export function contractVerdict({ result, waivedBy }: ContractResult): Verdict {
  return waivedBy === undefined ? result : 'waived';
}

/** How much of the catalogue passed, and whether that is all there is: only then may a report say that a target conforms. */
export function coverageOf({ behaviors, contracts }: Pick<Result, 'behaviors' | 'contracts'>): {
  passed: number;
  all: number;
  whole: boolean;
} {
  const passed = behaviors.filter(({ verdict }) => verdict === 'passed').length;
  const verified = contracts.length > 0 && contracts.every(({ result }) => result === 'passed');
  return { passed, all: behaviors.length, whole: passed === behaviors.length && passed > 0 && verified };
}
