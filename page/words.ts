import { createHash } from 'node:crypto';

/** Zero-width characters, which readers do not see. */
const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF]/g;

/** Normalizes text for comparison: single spaces, straight quotation marks, composed letters. */
export function normalised(text: string): string {
  return text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201C\u201D]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A hash that identifies a text without disclosing it: 64 bits of SHA-256, in hex. */
export function hashOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

/** Finds a text again after a rewording: one byte of a hash per word, in hex, sorted, so that the words can't be recovered. */
export function tracesOf(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .map((word) => hashOf('word', word).slice(0, 2))
    .toSorted()
    .join('');
}

/** The number of words that two texts have in common, by their sorted traces. */
function sharedBy(a: string, b: string): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [left, right] = [a.slice(i, i + 2), b.slice(j, j + 2)];
    if (left === right) shared += 1;
    if (left <= right) i += 2;
    if (left >= right) j += 2;
  }
  return shared;
}

/** The likeness of two texts by their sorted traces: 1 for the same words, 0 for none in common. */
export function likenessOf(a: string, b: string): number {
  return a === '' || b === '' ? 0 : (4 * sharedBy(a, b)) / (a.length + b.length);
}

/** The share of a text's words that another text also has, by their sorted traces. */
export function containedIn(part: string, whole: string): number {
  return part === '' ? 0 : (2 * sharedBy(part, whole)) / part.length;
}
