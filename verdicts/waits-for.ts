import { isBehaviorId, type Catalog } from '../behaviors/catalog';
import type { JudgedBehavior } from './judged-behavior';

/** Removes duplicate lists of ids, regardless of order. */
export function distinctLists(lists: readonly string[][]): string[][] {
  return [...new Map(lists.map((list) => [list.toSorted().join(), list])).values()];
}

/**
 * Finds out what untested behaviours wait for, once all are judged: always behaviours that failed in this run. A fact
 * names what would explain that it could not be checked. The nearest failures count: of those that would explain it,
 * then of those that they rely on, and so on; among several, those of the same invitation.
 * @param catalog of the judged behaviours
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
