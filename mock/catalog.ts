import type { HookMaker } from './hooks';

/** One way to break one documented behaviour. */
export interface Fault {
  /** behaviour id, a slash, and what is wrong */
  id: string;
  /** the behaviour it breaks */
  behavior: string;
  /** what is wrong, in words */
  says: string;
  /** other behaviours it breaks unavoidably */
  also?: readonly string[];
  hooks: HookMaker;
}

/** One conforming way to differ from what the mock does otherwise. */
export interface Variant {
  id: string;
  /** what is different, in words */
  says: string;
  hooks: HookMaker;
}

/** All faults. */
export const FAULTS: readonly Fault[] = [];

/** All variants. */
export const VARIANTS: readonly Variant[] = [];

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/**
 * Finds records by id.
 * @param what what they are, for the error
 * @throws Error for an unknown id; it names the known one that is nearest
 */
export function pick<T extends { id: string }>(what: string, known: readonly T[], ids: readonly string[]): T[] {
  return ids.map((id) => {
    const found = known.find((record) => record.id === id);
    if (found) return found;
    const nearest = known.map((record) => record.id).toSorted((a, b) => distance(id, a) - distance(id, b))[0];
    const hint = nearest === undefined ? 'there are none' : `did you mean "${nearest}"?`;
    throw new Error(`Unknown ${what} "${id}": ${hint}`);
  });
}
