import { catalogOf } from '../behaviors/catalog';
import { EDITION, type Edition } from '../behaviors/edition';
import { UsageError } from '../target/errors';
import type { Page } from './page';
import { SENTENCES } from './record-sentences';
import { inventoryOf, unitsOf, type Inventory, type Unit } from './units';

/** A place that a behaviour comes from: a line of the fingerprinted page, and the hash of its content. */
export interface Place {
  line: number;
  hash: string;
}

/** The fingerprint of a behaviour. */
export interface BehaviorFingerprint {
  /** The lines in its record. */
  recorded: readonly number[];
  places: Place[];
}

/** A page's fingerprints: its units, and the places that behaviours come from. They contain hashes, no text. */
export interface Fingerprints {
  inventory: Inventory;
  behaviors: Map<string, BehaviorFingerprint>;
}

/** The lines that behaviours come from, by id. */
export type Sources = ReadonlyMap<string, readonly number[]>;

/** The lines in an edition's records; behaviours from linked pages, or with unknown lines, have none. */
export function recordedLines(edition: Edition = EDITION): Sources {
  return new Map(
    catalogOf(edition).behaviors.flatMap(({ id, source }) => ('lines' in source ? [[id, source.lines] as const] : [])),
  );
}

/** The lines in the default edition's records. */
export const RECORDED: Sources = recordedLines();

/**
 * Takes the fingerprints of a page and of the places that behaviours come from.
 *
 * @param page the page with the lines of `sources`
 * @param sources the lines of each behaviour; default: the catalogue's
 * @param sentences by behaviour: which sentences of a line with several
 * @throws UsageError if a line has no content
 */
export function fingerprintsOf(
  page: Page,
  sources: Sources = RECORDED,
  sentences: Readonly<Record<string, readonly number[]>> = SENTENCES,
): Fingerprints {
  return recordedIn({ inventory: inventoryOf(page), behaviors: new Map() }, sources, sentences);
}

/**
 * Adds the places of behaviours whose records are new, or have other lines than before. The page itself is not needed:
 * its fingerprints contain every unit with its line.
 *
 * @throws UsageError if a line has no content
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
 * The places on some lines of a page.
 *
 * @param wanted which sentences of a line with several, counted from 1; default: all
 * @throws UsageError if a line has no content
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
    throw new UsageError(`${id}: line ${line} of the page has no content`);
  });
  return [...new Set(found)].map(({ line, hash }) => ({ line, hash }));
}
