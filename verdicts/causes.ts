import type { AnyFactId, Finding } from '../behaviors/behavior';
import { BEHAVIOR_IDS } from '../behaviors/catalog';
import type * as written from '../schemas/generated/result';
import { causeKeys, isUnreadable } from './cause-keys';

/** The common cause of failures that share a key. */
export interface Cause extends Omit<written.Cause, 'fact' | 'finding'> {
  fact: AnyFactId;
  finding: Finding;
}

/** The input for causes: a behaviour of a result. */
export interface CauseBehavior {
  id: string;
  verdict: string;
  counted: boolean;
  findings: readonly Finding[];
  attempts: { passed: number; failed: number; untested: number };
  waitsFor?: readonly string[];
}

/** The input for causes: a contract's interaction. */
export interface CauseContract {
  interaction: string;
  result: string;
  behaviors: readonly string[];
}

/** Areas whose behaviours apply to all invitations: a behaviour of another area describes a defect more precisely. */
const GENERAL_AREAS = new Set(['notification', 'refusal', 'ordering', 'failure']);

const MAX_SHOWN = 30;

/** Groups of behaviours that share a key, directly or indirectly, each in reporting order. */
function grouped(failed: readonly CauseBehavior[]): CauseBehavior[][] {
  const groups: { keys: Set<string>; members: CauseBehavior[] }[] = [];
  const all = causeKeys(failed);
  for (const one of failed) {
    const keys = all.get(one.id) ?? new Set();
    const joined = groups.filter((group) => [...keys].some((key) => group.keys.has(key)));
    for (const group of joined) groups.splice(groups.indexOf(group), 1);
    groups.push({
      keys: new Set([...joined.flatMap((group) => [...group.keys]), ...keys]),
      members: [...joined.flatMap(({ members }) => members), one],
    });
  }
  return groups.map(({ members }) => {
    const wide = members.length > MAX_PARTICULAR;
    return members.toSorted((a, b) => rankOf(a, wide) - rankOf(b, wide));
  });
}

/** With more behaviours than this, a cause is reported by a behaviour of a general area. */
const MAX_PARTICULAR = 4;

/**
 * Sorts the behaviours of a cause; its finding is that of the first. Particular behaviours precede general ones, unless
 * many behaviours share the cause. Counted behaviours precede the others.
 */
function rankOf({ id, counted, findings }: CauseBehavior, wide: boolean): number {
  if (findings.some(isUnreadable)) return -1;
  const place = (BEHAVIOR_IDS as readonly string[]).indexOf(id);
  const sweeping = GENERAL_AREAS.has(id.slice(0, id.indexOf('.')));
  return place + (sweeping === wide ? 0 : 1000) + (counted ? 0 : 2000);
}

/** Derives the causes of a result's failures, in order of importance: counted ones, then those with the most behaviours. */
export function causesOf(behaviors: readonly CauseBehavior[], contracts: readonly CauseContract[]): Cause[] {
  const failed = behaviors.filter(({ verdict, findings }) => verdict === 'failed' && findings.length > 0);
  const waiting = behaviors.filter(({ verdict }) => verdict === 'untested');
  const drafts = grouped(failed).flatMap((members): { draft: Omit<Cause, 'id'>; weight: number }[] => {
    const [first] = members;
    const [finding] = first?.findings ?? [];
    if (!first || !finding) return [];
    const ids = members.map(({ id }) => id);
    const notChecked = waiting.filter(({ waitsFor = [] }) => waitsFor.some((id) => ids.includes(id)));
    const shownIn = first.findings.map(
      ({ attempt }) => attempt.invitation ?? attempt.call ?? `${attempt.scenario}/${attempt.name}`,
    );
    const { passed, failed: times, untested } = first.attempts;
    const touched = new Set([...ids, ...notChecked.map(({ id }) => id)]);
    // A contract also fails because of a cause if all its behaviours failed or could not be checked because of it.
    const follows = ({ behaviors: about }: CauseContract): boolean =>
      about.some((id) => ids.includes(id)) || (about.length > 0 && about.every((id) => touched.has(id)));
    const draft: Omit<Cause, 'id'> = {
      fact: finding.fact,
      behaviors: ids,
      contracts: contracts
        .filter((one) => one.result === 'failed' && follows(one))
        .map(({ interaction }) => interaction),
      notChecked: notChecked.map(({ id }) => id),
      finding,
      shownIn: [...new Set(shownIn)].slice(0, MAX_SHOWN),
      attempts: { failed: times, tried: passed + times + untested },
    };
    const counts = members.some(({ counted }) => counted);
    return [{ draft, weight: (counts ? 1000 : 0) + ids.length + notChecked.length }];
  });
  return drafts.toSorted((a, b) => b.weight - a.weight).map(({ draft }, i) => ({ id: `cause-${i + 1}`, ...draft }));
}
