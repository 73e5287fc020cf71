import type { BehaviorResult, ContractResult } from './result';

/** The behaviours that the gate counts: what is waived is waived in contracts too, and what does not apply can't be missed. */
export function countedBehaviors(behaviors: readonly BehaviorResult[]): Set<string> {
  const counting = behaviors.filter(
    ({ counted, verdict }) => counted && verdict !== 'waived' && verdict !== 'notApplicable',
  );
  return new Set(counting.map(({ id }) => id));
}

/**
 * Says of each interaction whether the gate counts it: those about behaviours that it counts, and about none of the
 * catalogue's. What another bot needs counts whatever it touches: its contract is its own word. What is pending never does.
 * @param counted ids of the behaviours that count, without what is waived or does not apply
 * @param waived ids of the behaviours that are waived: an interaction that failed for nothing else is covered by them
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

/** How many of the counted interactions failed or are untested. */
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
