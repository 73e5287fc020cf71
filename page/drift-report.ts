import type { Catalog } from '../behaviors/catalog';
import type { Level, Source } from '../behaviors/behavior';
import type { Page, Unread } from './page';
import type { UnitKind } from './units';
import { hashOf } from './words';

/**
 * `stands`: the same text on the same line; `moved`: the same text on another line or elsewhere; `reworded`: other
 * words, but the same numbers, names, statuses, negations and modal verbs; `included`: moved from the page to an
 * included file; `changed`; `gone`.
 */
export type DriftStatus = 'stands' | 'moved' | 'reworded' | 'included' | 'changed' | 'gone';

/** The drift of one place that a behaviour comes from. */
export interface PlaceDrift {
  standing: DriftStatus;
  kind: UnitKind;
  /** Its line on the fingerprinted page. */
  was: number;
  /** Its line on this page; absent if it is gone. */
  now?: number;
  /** The current text, or the file that it moved to; absent if it is gone. */
  says?: string;
  /** True if it moved to another place, not only to another line. */
  elsewhere?: true;
  /** The heading of the example that contains it, if any. */
  example?: string;
}

/** The drift of a behaviour: of all the places that it comes from. */
export interface BehaviorDrift {
  id: string;
  level?: Level;
  statement?: string;
  standing: DriftStatus;
  /** True if the places are unchanged, but not their order, which the behaviour comes from. */
  reordered: boolean;
  places: PlaceDrift[];
}

/** New content that no behaviour covers. */
export interface Uncovered {
  /** Its kind, such as `a sentence` or `an example`. */
  what: string;
  line: number;
  lastLine: number;
  /** The line of the earlier content, if it changed rather than being added. */
  was?: number;
  says: string;
  example?: string;
}

/** Content that no behaviour came from, and that was removed or moved to another file. */
export interface Removed {
  /** Such as `a sentence`, or `a section` that is gone as a whole. */
  what: string;
  kind: UnitKind;
  /** Its lines on the fingerprinted page. */
  was: number;
  wasLast?: number;
  /** The file that it moved to. */
  into?: string;
}

/** The differences between a page and the fingerprinted one. */
export interface DriftReport {
  title: string;
  /** The format of the page. */
  format: Page['format'];
  /** False if the titles differ. */
  samePage: boolean;
  behaviors: BehaviorDrift[];
  uncovered: Uncovered[];
  /** Reworded content that no behaviour comes from. */
  reworded: Uncovered[];
  removed: Removed[];
  /** Parts of the page that could not be read, or only in part. */
  unread: Unread[];
  /** Behaviours of the catalogue without fingerprinted places, by id. */
  others: {
    /** Behaviours that come only from linked pages, with the pages; drift does not compare them. */
    linked: Record<string, string>;
    /** Behaviours whose records are newer than the fingerprints. */
    notFingerprinted: string[];
  };
  counts: Record<DriftStatus, number> & {
    uncovered: number;
    /** Removed content that no behaviour came from, without includes and what moved into one. */
    removed: number;
    /** Behaviours that come from this page. */
    onPage: number;
    linked: number;
    notFingerprinted: number;
    /** All behaviours: the sum of the previous three. */
    total: number;
  };
  /** Identifies an outcome: equal unless something other than line numbers differs. */
  outcome: string;
  /** 1 if the place of a behaviour changed or is gone, 3 if other content is new or removed, else 0. */
  exitCode: 0 | 1 | 3;
}

/** The names of unit kinds in reports. */
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

/** From best to worst. */
export const DRIFT_STATUSES: readonly DriftStatus[] = ['stands', 'moved', 'reworded', 'included', 'changed', 'gone'];

/** Counts the behaviours by status, and lists those without fingerprints; the numbers add up. */
export function countsOf(
  behaviors: readonly BehaviorDrift[],
  uncovered: readonly Uncovered[],
  removed: number,
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
      removed,
      onPage: behaviors.length,
      linked: linked.length,
      notFingerprinted: notFingerprinted.length,
      total: behaviors.length + linked.length + notFingerprinted.length,
    },
  };
}

/** A hash of everything that a person would review; it ignores line numbers. */
export function outcomeOf({
  title,
  behaviors,
  uncovered,
  reworded,
  removed,
  unread,
}: Pick<DriftReport, 'title' | 'behaviors' | 'uncovered' | 'reworded' | 'removed' | 'unread'>): string {
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
    // These lines are those of the fingerprinted page, which do not change.
    ...removed.map(({ what, was, wasLast = was, into = '' }) => `removed ${what} ${was} ${wasLast} ${into}`),
    ...unread.map(({ what, why }) => `unread ${what} ${why}`),
  );
}
