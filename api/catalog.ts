import { areaOf, catalogOf, type BehaviorId } from '../behaviors/catalog';
import type { Level } from '../behaviors/behavior';
import { EDITION, type Edition } from '../behaviors/edition';
import { originOf, type Origin } from '../behaviors/source';

/** What there is to know of a documented behaviour before anything is run. */
export interface BehaviorInfo {
  id: BehaviorId;
  /** The first word of the id. */
  area: string;
  level: Level;
  /** What it says, in one sentence. */
  statement: string;
  /** Where the documentation says it. */
  source: Origin;
  /** The behaviours without which it can't be judged. */
  restsOn: readonly BehaviorId[];
}

/** The behaviours that an edition of the page documents, in its order. @param edition default: the one that is judged by where none is named */
export function behaviorsOf(edition: Edition = EDITION): readonly BehaviorInfo[] {
  return catalogOf(edition).behaviors.map(({ id, level, statement, source, restsOn }) => ({
    id,
    area: areaOf(id),
    level,
    statement,
    source: originOf(source, edition),
    restsOn,
  }));
}

/** Every behaviour that the edition documents which is judged by where none is named, in the page's order. */
export const BEHAVIORS: readonly BehaviorInfo[] = behaviorsOf();
