import type { BehaviorResult } from '../schemas/generated/result';
import type { ContractResult } from './contract-result';

/** The counted behaviours, without those that are waived or not applicable. */
export function countedBehaviors(
  behaviors: readonly Pick<BehaviorResult, 'id' | 'counted' | 'verdict'>[],
): Set<string> {
  const counting = behaviors.filter(
    ({ counted, verdict }) => counted && verdict !== 'waived' && verdict !== 'notApplicable',
  );
  return new Set(counting.map(({ id }) => id));
}

/**
 * Marks the interactions that the gate counts: of the suite's contracts, those that cover a counted behaviour or none
 * at all; of other bots' contracts, all. Pending interactions never count.
 * @param counted ids of the counted behaviours, without those that are waived or not applicable
 * @param waived ids of the waived behaviours; they cover an interaction that failed only for them
 */
export function markCountedContracts(
  contracts: readonly ContractResult[],
  counted: ReadonlySet<string>,
  waived: ReadonlySet<string> = new Set(),
): ContractResult[] {
  return contracts.map(({ counted: _counted, waivedBy: _waivedBy, ...one }) => {
    const own = one.consumer === undefined && one.behaviors.length > 0;
    const counts = one.pending !== true && (!own || one.behaviors.some((id) => counted.has(id)));
    const covered =
      one.pending !== true && one.result === 'failed' && own && one.behaviors.every((id) => waived.has(id));
    return { ...one, counted: counts || covered, ...(covered ? { waivedBy: [...one.behaviors] } : {}) };
  });
}

/** Counts the counted interactions that failed or are untested. */
export function contractTotals(weighed: readonly ContractResult[]): {
  failed: number;
  untested: number;
  environment: number;
} {
  const counting = weighed.filter(({ counted, waivedBy }) => counted !== false && waivedBy === undefined);
  const untested = counting.filter(({ result }) => result === 'untested');
  return {
    failed: counting.filter(({ result }) => result === 'failed').length,
    untested: untested.length,
    environment: untested.filter(({ environment }) => environment === true).length,
  };
}
