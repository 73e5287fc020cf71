import { catalogOf } from '../behaviors/catalog';
import { EDITION, type Edition } from '../behaviors/edition';
import { UsageError } from '../target/errors';
import type { Page } from './page';
import { SENTENCES } from './record-sentences';
import { inventoryOf, unitsOf, type Inventory, type Unit } from './units';

/** Where on the page a behaviour comes from: a line of the page that was fingerprinted, and the hash of what stands there. */
export interface Place {
  line: number;
  hash: string;
}

/** What is known of one behaviour's places. */
export interface BehaviorFingerprint {
  /** The lines that its record names. */
  recorded: readonly number[];
  places: Place[];
}

/** A page's fingerprints: its own, unit by unit, and those of the places that behaviours come from. Hashes, no text. */
export interface Fingerprints {
  inventory: Inventory;
  behaviors: Map<string, BehaviorFingerprint>;
}

/** The lines of the page that behaviours come from, by their ids. */
export type Sources = ReadonlyMap<string, readonly number[]>;

/** The lines that an edition's records name; behaviours that come from linked pages alone, or whose lines are not known, have none. */
export function recordedLines(edition: Edition = EDITION): Sources {
  return new Map(
    catalogOf(edition).behaviors.flatMap(({ id, source }) => ('lines' in source ? [[id, source.lines] as const] : [])),
  );
}

/** Those of the default edition. */
export const RECORDED: Sources = recordedLines();

/**
 * Takes the fingerprints of a page and of the places that behaviours come from.
 *
 * @param page the page whose lines the sources name
 * @param sources the lines of each behaviour; the catalogue's by default
 * @param sentences which sentences of a line that holds several, by behaviour
 * @throws UsageError where a line holds nothing
 */
export function fingerprintsOf(
  page: Page,
  sources: Sources = RECORDED,
  sentences: Readonly<Record<string, readonly number[]>> = SENTENCES,
): Fingerprints {
  return recordedIn({ inventory: inventoryOf(page), behaviors: new Map() }, sources, sentences);
}

/**
 * Gives behaviours whose records are new, or name other lines than before, their places; the page itself is not needed, since
 * its fingerprints hold every unit with its line.
 *
 * @throws UsageError where a line holds nothing
 */
export function recordedIn(
  { inventory, behaviors }: Fingerprints,
  sources: Sources = RECORDED,
  sentences: Readonly<Record<string, readonly number[]>> = SENTENCES,
): Fingerprints {
  const units = unitsOf(inventory);
  const all = [...sources].map(([id, recorded]): [string, BehaviorFingerprint] => {
    const known = behaviors.get(id);
    if (known?.recorded.join() === recorded.join()) return [id, known];
    return [id, { recorded, places: placesAt(units, recorded, sentences[id], id) }];
  });
  return { inventory, behaviors: new Map(all) };
}

/**
 * What stands on some lines of a page.
 *
 * @param wanted of a line that holds several sentences those that are meant, counted from 1; all by default
 * @throws UsageError where a line holds nothing
 */
export function placesAt(
  units: readonly Unit[],
  lines: readonly number[],
  wanted: readonly number[] | undefined,
  id: string,
): Place[] {
  const found = lines.flatMap((line) => {
    const here = units.filter((unit) => unit.line <= line && line <= unit.lastLine);
    const chosen = wanted === undefined ? here : here.filter((_, i) => wanted.includes(i + 1));
    if (chosen.length > 0) return chosen;
    throw new UsageError(`${id}: line ${line} of the page holds nothing that a behaviour could come from`);
  });
  return [...new Set(found)].map(({ line, hash }) => ({ line, hash }));
}
