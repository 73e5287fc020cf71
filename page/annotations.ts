import { isObject } from '../history/values';
import { readJson } from './lenient-json';
import type { Annotation, Lines, Unread } from './page';

/** Reads a comment as an annotation; undefined if it is none, or can't be read, which `unread` then lists. */
export function annotationIn(
  comment: string,
  lines: Lines,
  { unread, repaired }: { unread: Unread[]; repaired: Unread[] },
): Annotation | undefined {
  const text = comment.trim();
  if (!text.startsWith('{')) return undefined;
  const read = readJson(text);
  if (!isObject(read.value)) {
    unread.push({ lines, what: 'an annotation', why: `not JSON: ${read.error ?? 'no object'}` });
    return undefined;
  }
  repaired.push(...read.slips.map((why) => ({ lines, what: 'an annotation', why })));
  return { kind: 'annotation', value: read.value, lines };
}
