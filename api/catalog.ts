import { areaOf, catalogOf, type BehaviorId } from '../behaviors/catalog';
import type { Level } from '../behaviors/behavior';
import { EDITION, type Edition } from '../behaviors/edition';
import { originOf, type Origin } from '../behaviors/source';

/** A documented behaviour, without a run. */
export interface BehaviorInfo {
  id: BehaviorId;
  /** The first word of the id. */
  area: string;
  level: Level;
  /** The statement, in one sentence. */
  statement: string;
  /** The source in the documentation. */
  source: Origin;
  /** The behaviours without which it can't be judged. */
  restsOn: readonly BehaviorId[];
}

/** The behaviours of an edition of the page, in its order. @param edition by default the first one */
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

/** The behaviours of the default edition, in the page's order. */
export const BEHAVIORS: readonly BehaviorInfo[] = behaviorsOf();
