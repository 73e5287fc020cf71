import { UsageError } from '../target/errors';
import { align } from './align';
import { unitOf } from './drift';
import { movedIntoIncludes } from './moved-includes';
import { fingerprintsOf, placesAt, RECORDED, type Fingerprints, type Place, type Sources } from './fingerprints';
import type { Page } from './page';
import { SENTENCES } from './record-sentences';
import { inventoryOf, unitsOf } from './units';

/** The result of an update of fingerprints. */
export interface FingerprintsUpdate {
  fingerprints: Fingerprints;
  /** Behaviours whose places are no longer on the lines in their records; the user corrects the records. */
  moved: { id: string; recorded: readonly number[]; now: number[] }[];
  /** Behaviours with a place that is gone, until their records name other lines. */
  gone: string[];
}

/**
 * Takes new fingerprints of a page. The places of behaviours are found by the old fingerprints; for a behaviour whose
 * record has other lines than before, they are those lines. Records, statements and judges are not changed.
 *
 * @param old the previous fingerprints; without them, all places come from the lines in the records
 * @throws UsageError if the page has another title than the fingerprinted one
 */
export function updatedFingerprints(
  page: Page,
  old: Fingerprints | undefined,
  sources: Sources = RECORDED,
  sentences: Readonly<Record<string, readonly number[]>> = SENTENCES,
): FingerprintsUpdate {
  if (!old) return { fingerprints: fingerprintsOf(page, sources, sentences), moved: [], gone: [] };
  const inventory = inventoryOf(page, old.inventory);
  if (inventory.title !== old.inventory.title) {
    throw new UsageError(`${JSON.stringify(page.title)} is not the page that was fingerprinted; nothing was written`);
  }
  const alignment = align(old.inventory, inventory);
  const into = movedIntoIncludes(old.inventory, inventory, alignment);
  const before = unitsOf(old.inventory);
  const units = unitsOf(inventory);
  const update: FingerprintsUpdate = { fingerprints: { inventory, behaviors: new Map() }, moved: [], gone: [] };
  for (const [id, recorded] of sources) {
    const known = old.behaviors.get(id);
    const found = (known?.places ?? []).map((place) => {
      const unit = unitOf(before, place);
      const now = unit === undefined ? undefined : (alignment.matches.get(unit)?.now ?? into.get(unit));
      return { place: now ? { line: now.line, hash: now.hash } : place, gone: now === undefined };
    });
    const lines = found.map(({ place }) => place.line);
    const follows =
      known !== undefined && (same(known.recorded, recorded) || recorded.every((line) => lines.includes(line)));
    const places: Place[] = follows ? found.map(({ place }) => place) : placesAt(units, recorded, sentences[id], id);
    update.fingerprints.behaviors.set(id, { recorded, places });
    if (!follows) continue;
    if (found.some(({ gone }) => gone)) update.gone.push(id);
    const stands = recorded.every((line) => places.some((place) => covers(units, place, line)));
    if (!stands) update.moved.push({ id, recorded, now: [...new Set(lines)].toSorted((a, b) => a - b) });
  }
  return update;
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i]);
}

function covers(units: Parameters<typeof unitOf>[0], place: Place, line: number): boolean {
  const unit = unitOf(units, place);
  return unit !== undefined && unit.line <= line && line <= unit.lastLine;
}
