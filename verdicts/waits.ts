import type { Outcome } from '../behaviors/behavior';
import type { Judged } from './verdict';

/** What each untested outcome of a behaviour waits for, each list once; an empty one: it is untested for another reason. */
export function waitsOf(outcomes: readonly Outcome[]): string[][] {
  const lists = outcomes.filter(({ verdict }) => verdict === 'untested').map(({ waitsFor = [] }) => [...waitsFor]);
  return distinct(lists);
}

/** Lists of ids, each once, whatever the order of what is in them. */
export function distinct(lists: readonly string[][]): string[][] {
  return [...new Map(lists.map((list) => [list.toSorted().join(), list])).values()];
}

/**
 * Settles what behaviours that are untested wait for, once all are judged: a judge names those that what it looks for
 * rests on, and the reason is always one that failed in this run. What rests on a behaviour that is itself untested
 * waits for what that one waits for; one that passed, or that was not tried, is no reason.
 */
export function settleWaits(all: readonly Judged[]): Judged[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  const failedOf = (id: string, asked: ReadonlySet<string>): string[] => {
    const one = byId.get(id);
    if (one?.verdict === 'failed') return [id];
    if (one?.verdict !== 'untested' || asked.has(id)) return [];
    const more = new Set([...asked, id]);
    return one.waits.flat().flatMap((other) => failedOf(other, more));
  };
  return all.map((one) => {
    if (one.verdict !== 'untested') return { ...one, waits: [] };
    const waits = one.waits.map((list) => [...new Set(list.flatMap((id) => failedOf(id, new Set([one.id]))))]);
    return { ...one, waits: distinct(waits) };
  });
}
