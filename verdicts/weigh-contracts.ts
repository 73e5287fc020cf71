import type { BehaviorResult, ContractResult } from './result';

/** The behaviours that the gate counts: what is waived is waived in contracts too, and what does not apply can't be missed. */
export function countedIn(behaviors: readonly BehaviorResult[]): Set<string> {
  const counting = behaviors.filter(
    ({ counted, verdict }) => counted && verdict !== 'waived' && verdict !== 'notApplicable',
  );
  return new Set(counting.map(({ id }) => id));
}

/**
 * Says of each interaction whether the gate counts it: those about behaviours that it counts, and about none of the
 * catalogue's. What another bot needs counts whatever it touches: its contract is its own word.
 * @param counted ids of the behaviours that count, without what is waived or does not apply
 * @param waived ids of the behaviours that are waived: an interaction that failed for nothing else is covered by them
 */
export function weighContracts(
  contracts: readonly ContractResult[],
  counted: ReadonlySet<string>,
  waived: ReadonlySet<string> = new Set(),
): ContractResult[] {
  return contracts.map(({ counted: _counted, waivedBy: _waivedBy, ...one }) => {
    const own = one.consumer === undefined && one.behaviors.length > 0;
    const counts = !own || one.behaviors.some((id) => counted.has(id));
    const covered = one.result === 'failed' && own && one.behaviors.every((id) => waived.has(id));
    return { ...one, counted: counts || covered, ...(covered ? { waivedBy: [...one.behaviors] } : {}) };
  });
}

/** How many interactions of those that were weighed close the gate. */
export function countedContracts(weighed: readonly ContractResult[]): { failed: number; untested: number } {
  const number = (result: ContractResult['result']): number =>
    weighed.filter((one) => one.result === result && one.counted !== false && one.waivedBy === undefined).length;
  return { failed: number('failed'), untested: number('untested') };
}
