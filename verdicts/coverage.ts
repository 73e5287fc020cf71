import type { ContractResult, Result } from './result';
import type { Verdict } from './judged-behavior';

/** The reported result of an interaction: `waived` if waivers cover its failure. */
export function contractVerdict({ result, waivedBy }: ContractResult): Verdict {
  return waivedBy === undefined ? result : 'waived';
}

/**
 * The share of behaviours that passed, and whether all behaviours and contracts passed: only then may a report say that
 * a target conforms.
 */
export function coverageOf({ behaviors, contracts }: Pick<Result, 'behaviors' | 'contracts'>): {
  passed: number;
  all: number;
  whole: boolean;
} {
  const passed = behaviors.filter(({ verdict }) => verdict === 'passed').length;
  const verified = contracts.length > 0 && contracts.every(({ result }) => result === 'passed');
  return { passed, all: behaviors.length, whole: passed === behaviors.length && passed > 0 && verified };
}
