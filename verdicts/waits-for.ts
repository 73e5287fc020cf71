import { isBehaviorId, type Catalog } from '../behaviors/catalog';
import type { JudgedBehavior } from './verdict';

/** Lists of ids, each once, whatever the order of what is in them. */
export function distinctLists(lists: readonly string[][]): string[][] {
  return [...new Map(lists.map((list) => [list.toSorted().join(), list])).values()];
}

/**
 * Settles what behaviours that are untested wait for, once all are judged: a fact names what would explain that it could
 * not be looked at, and the reason is always a behaviour that failed in this run. The nearest ones count: those that would
 * explain it, then those that these rest on, and so on; of several, those that failed in the same invitation.
 * @param catalog by which they were judged
 */
export function resolveWaitsFor(
  all: readonly JudgedBehavior[],
  catalog: Pick<Catalog, 'behaviorsOf' | 'restsOnOf'>,
): JudgedBehavior[] {
  const failed = new Map(all.filter(({ verdict }) => verdict === 'failed').map((one) => [one.id, one]));
  const settled = (restsOn: readonly string[], invitation: string | undefined): string[] => {
    const asked = new Set<string>();
    let layer = restsOn.flatMap((id) => (isBehaviorId(id) ? [id] : catalog.behaviorsOf(id)));
    while (layer.length > 0) {
      const reasons = [...new Set(layer.filter((id) => failed.has(id)))];
      const same = reasons.filter((id) =>
        failed.get(id)?.findings.some(({ attempt }) => attempt.invitation === invitation),
      );
      if (same.length > 0) return same;
      if (reasons.length > 0) return reasons.slice(0, 1);
      for (const id of layer) asked.add(id);
      layer = layer.flatMap((id) => catalog.restsOnOf(id)).filter((id) => !asked.has(id));
    }
    return [];
  };
  return all.map((one) => {
    if (one.verdict !== 'untested') return { ...one, waits: [] };
    return {
      ...one,
      waits: distinctLists(one.untested.map(({ restsOn, attempt }) => settled(restsOn, attempt.invitation))),
    };
  });
}
