import { drift, fingerprintsOf, readPage, type DriftReport } from '../../page';
import { madeUpPage } from './made-up-page';

export const { markdown, sources } = madeUpPage();

/** The fingerprints of the made-up page. */
export const fingerprints = fingerprintsOf(readPage(markdown), sources);

/** Compares another page with the made-up one. */
export function driftOf(changed: string): DriftReport {
  return drift(readPage(changed), fingerprints);
}

/** Replaces text that must occur. */
export function replaced(from: string | RegExp, to: string, text = markdown): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`the page has no ${String(from)}`);
  return changed;
}
