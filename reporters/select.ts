import type { Finding } from '../behaviors/behavior';
import { JUDGED } from '../verdicts/gate';
import type { BehaviorResult, ContractResult, Result } from '../verdicts/result';

/** Behaviours by what a reader wants to know first. */
export interface Sorted {
  /** Failed, and the gate counts them. */
  failed: BehaviorResult[];
  /** Failed, and the gate does not count them. */
  failedUncounted: BehaviorResult[];
  waived: BehaviorResult[];
  untested: BehaviorResult[];
}

/** The behaviours that a run was to judge: all, but for what was not selected and what a load run does not try. */
export function triedIn({ load, behaviors }: Pick<Result, 'load' | 'behaviors'>): BehaviorResult[] {
  return behaviors.filter(({ counts, verdict }) => verdict !== 'notSelected' && (!load || counts !== undefined));
}

/** Puts the behaviours that did not pass in order; what was not selected is left out. */
export function sorted(result: Result): Sorted {
  const behaviors = triedIn(result);
  const failed = behaviors.filter(({ verdict }) => verdict === 'failed');
  return {
    failed: failed.filter(({ counted }) => counted),
    failedUncounted: failed.filter(({ counted }) => !counted),
    waived: behaviors.filter(({ verdict }) => verdict === 'waived'),
    untested: behaviors.filter(({ verdict }) => verdict === 'untested'),
  };
}

/** Interactions of contracts by what a reader wants to know first. */
export interface SortedContracts {
  /** Failed, and the gate counts them. */
  failed: ContractResult[];
  /** Failed, and the gate does not count them. */
  failedUncounted: ContractResult[];
  /** Failed for behaviours that are waived. */
  waived: ContractResult[];
  untested: ContractResult[];
}

/** Puts the interactions that did not pass in order. */
export function sortedContracts({ contracts }: Pick<Result, 'contracts'>): SortedContracts {
  const failed = contracts.filter(({ result }) => result === 'failed');
  const open = failed.filter(({ waivedBy }) => waivedBy === undefined);
  return {
    failed: open.filter(({ counted }) => counted !== false),
    failedUncounted: open.filter(({ counted }) => counted === false),
    waived: failed.filter(({ waivedBy }) => waivedBy !== undefined),
    untested: contracts.filter(({ result }) => result === 'untested'),
  };
}

/** One reason for which behaviours are untested; many of them often have one. */
export interface Cause {
  seen: string;
  hint: string;
  behaviors: BehaviorResult[];
}

/** Groups untested behaviours by the reason. */
export function causesOf(untested: readonly BehaviorResult[]): Cause[] {
  const causes = new Map<string, Cause>();
  for (const one of untested) {
    const seen = reasonOf(one);
    const cause = causes.get(seen) ?? { seen, hint: one.findings[0]?.hint ?? '', behaviors: [] };
    cause.behaviors.push(one);
    causes.set(seen, cause);
  }
  return [...causes.values()];
}

/** Why a behaviour is untested, without the number of the exchange, which differs from attempt to attempt. */
export function reasonOf({ findings }: BehaviorResult): string {
  return (findings[0]?.seen ?? 'nothing in this run showed it').replace(/ \(exchange \d+\)/, '');
}

/** The contradictions of the page whose reading decided something in this run. */
export function contradictionsMet({ behaviors, contradictions }: Result): Result['contradictions'] {
  const judged = new Set(behaviors.filter(({ verdict }) => JUDGED.includes(verdict)).map(({ id }) => id));
  return contradictions.filter((one) => one.behaviors.some((id) => judged.has(id)));
}

/** `single/one`, the attempt that a finding is about: its place up to the first blank, without the invitation's number. */
export function attemptOf({ where }: Finding): string {
  const [key = ''] = where.split(' ');
  return key.split('/').slice(0, 2).join('/');
}
