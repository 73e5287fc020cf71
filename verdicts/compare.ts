import type { Result } from './result';
import type { Verdict } from './judged-behavior';

/** A behaviour whose verdict differs between two results. */
export interface Change {
  id: string;
  before: Verdict | 'absent';
  after: Verdict | 'absent';
  worse: boolean;
}

/** From good to bad: a change to a higher rank is worse. */
const RANK: Record<Verdict | 'absent', number> = {
  passed: 0,
  notApplicable: 1,
  waived: 2,
  notSelected: 3,
  untested: 3,
  absent: 3,
  failed: 4,
};

/** The behaviours whose verdicts differ between two results, in the order of the later one. */
export function compare(before: Result, after: Result): Change[] {
  const earlier = new Map(before.behaviors.map(({ id, verdict }) => [id, verdict]));
  const later = new Map(after.behaviors.map(({ id, verdict }) => [id, verdict]));
  return [...new Set([...later.keys(), ...earlier.keys()])].flatMap((id): Change[] => {
    const was = earlier.get(id) ?? 'absent';
    const is = later.get(id) ?? 'absent';
    return was === is ? [] : [{ id, before: was, after: is, worse: RANK[is] > RANK[was] }];
  });
}
