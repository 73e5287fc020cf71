import type { Catalog } from '../behaviors/catalog';
import type { Level, Source } from '../behaviors/behavior';
import type { UnitKind } from './units';
import { hashOf } from './words';

/**
 * `stands`: the same words on the same line; `moved`: the same words on another line or elsewhere; `reworded`: other words that
 * leave numbers, names, statuses, negations and modal verbs alone; `included`: moved out of the page into another file;
 * `changed`; `gone`.
 */
export type DriftStatus = 'stands' | 'moved' | 'reworded' | 'included' | 'changed' | 'gone';

/** What became of one place that a behaviour comes from. */
export interface PlaceDrift {
  standing: DriftStatus;
  kind: UnitKind;
  /** Its line on the page that was fingerprinted. */
  was: number;
  /** Its line on this page; none where it is gone. */
  now?: number;
  /** What stands there now, or the file that it has moved into; none where it is gone. */
  says?: string;
  /** True where it has moved to another place, and not only to another line. */
  elsewhere?: true;
  /** The example's heading, where it is part of one. */
  example?: string;
}

/** What became of all the places that a behaviour comes from. */
export interface BehaviorDrift {
  id: string;
  level?: Level;
  statement?: string;
  standing: DriftStatus;
  /** True where the places all stand, and yet their order, which is what the behaviour comes from, is another. */
  reordered: boolean;
  places: PlaceDrift[];
}

/** Something new that no behaviour covers. */
export interface Uncovered {
  /** What it is, such as `a sentence` or `an example`. */
  what: string;
  line: number;
  lastLine: number;
  /** The line of what stood there before, where it was changed and not added. */
  was?: number;
  says: string;
  example?: string;
}

/** How a page differs from the one that the behaviours came from. */
export interface DriftReport {
  title: string;
  /** False where the page bears another title than the one that was fingerprinted. */
  samePage: boolean;
  behaviors: BehaviorDrift[];
  uncovered: Uncovered[];
  /** What no behaviour came from, and says the same in other words. */
  reworded: Uncovered[];
  /** What no behaviour came from, and is no more, or has moved into another file. */
  removed: { what: string; was: number; into?: string }[];
  /** Where the catalogue's other behaviours come from, by id. */
  others: {
    /** The linked pages of those that come from such alone; drift does not compare them. */
    linked: Record<string, string>;
    /** Those that the fingerprints do not know: the records are newer. */
    notFingerprinted: string[];
  };
  counts: Record<DriftStatus, number> & {
    uncovered: number;
    /** Behaviours that come from this page. */
    onPage: number;
    linked: number;
    notFingerprinted: number;
    /** All behaviours; the three before add up to it. */
    total: number;
  };
  /** Tells one outcome from another; lines alone make no difference. */
  outcome: string;
  /** 1 where a behaviour's place changed or is gone, 3 where there is only something new, else 0. */
  exitCode: 0 | 1 | 3;
}

/** What a unit is called. */
export const NAMES: Record<UnitKind, string> = {
  heading: 'a heading',
  sentence: 'a sentence',
  permission: 'a permission',
  parameter: 'a parameter',
  row: "a table's row",
  signature: 'the request of the API',
  'request line': 'a request line',
  'status line': 'a status line',
  header: 'a header',
  'example value': 'a value in an example',
  code: 'code',
  include: 'an include',
};

/** From the best to the worst. */
export const DRIFT_STATUSES: readonly DriftStatus[] = ['stands', 'moved', 'reworded', 'included', 'changed', 'gone'];

/** How many behaviours there are of each standing, and where the others come from; the numbers add up. */
export function countsOf(
  behaviors: readonly BehaviorDrift[],
  uncovered: readonly Uncovered[],
  catalog: Catalog,
): Pick<DriftReport, 'others' | 'counts'> {
  const known = new Set(behaviors.map(({ id }) => id));
  const rest = catalog.behaviors.filter(({ id }) => !known.has(id));
  const isOnPage = (source: Source): boolean => 'lines' in source || 'section' in source;
  const linked = rest.flatMap(({ id, source }) => (isOnPage(source) ? [] : [[id, source.linked ?? ''] as const]));
  const notFingerprinted = rest.flatMap(({ id, source }) => (isOnPage(source) ? [id] : []));
  const count = (standing: DriftStatus): number => behaviors.filter((one) => one.standing === standing).length;
  return {
    others: { linked: Object.fromEntries(linked), notFingerprinted },
    counts: {
      stands: count('stands'),
      moved: count('moved'),
      reworded: count('reworded'),
      included: count('included'),
      changed: count('changed'),
      gone: count('gone'),
      uncovered: uncovered.length,
      onPage: behaviors.length,
      linked: linked.length,
      notFingerprinted: notFingerprinted.length,
      total: behaviors.length + linked.length + notFingerprinted.length,
    },
  };
}

/** A hash over all that a reader would have to look at; on which lines it stands makes no difference. */
export function outcomeOf({
  title,
  behaviors,
  uncovered,
  reworded,
  removed,
}: Pick<DriftReport, 'title' | 'behaviors' | 'uncovered' | 'reworded' | 'removed'>): string {
  const worthTelling = behaviors.filter(({ standing }) => standing !== 'stands' && standing !== 'moved');
  return hashOf(
    title,
    ...worthTelling.map(({ id, reordered, places }) =>
      [
        id,
        reordered,
        ...places.map(({ standing, says = '' }) => (standing === 'stands' ? 'moved' : `${standing} ${says}`)),
      ].join('\n'),
    ),
    ...uncovered.map(({ what, says }) => `new ${what} ${says}`),
    ...reworded.map(({ what, says }) => `reworded ${what} ${says}`),
    ...removed.map(({ what, into = '' }) => `removed ${what} ${into}`),
  );
}
