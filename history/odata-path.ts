/** Decodes a path segment; one with invalid escapes is returned unchanged. */
export function decode(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** `calls('C')` or, with a named key, `calls(id='C')`; a quotation mark in the key is doubled. */
const KEYED = /^([a-z]\w*)\((?:id=)?'((?:[^']|'')*)'\)$/is;

/** A type cast as a path segment: `microsoft.graph.call`, or with the namespace's alias. */
const CAST =
  /^(?:microsoft\.)?graph\.(?:cloudCommunications|call|commsOperation|inviteParticipantsOperation|participant)$/i;

/**
 * The decoded segments of a URL's path, in one of the forms that OData allows (linked: OData URL conventions): a key in
 * parentheses becomes its own segment; type casts and a trailing slash are dropped.
 */
export function segmentsOf(path: string): string[] {
  const segments = path.split('/').map(decode);
  if (segments.length > 2 && segments.at(-1) === '') segments.pop();
  // Most paths have neither casts nor keys in parentheses.
  if (!/[.(]/.test(path) && !path.includes('%')) return segments;
  return segments.flatMap((segment) => {
    if (CAST.test(segment)) return [];
    const [, name, key] = KEYED.exec(segment) ?? [];
    return name === undefined || key === undefined ? [segment] : [name, key.replaceAll("''", "'")];
  });
}

/** An id in a common spelling: spellings of one GUID differ in case, hyphens, braces, a URN's prefix. */
function normalizedId(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replace(/^urn:uuid:/, '')
    .replaceAll(/[-{}()]/g, '');
}

/** Whether a string is an id in another spelling; that is a difference, because ids are compared exactly (linked: call-api). */
export function isOtherSpelling(found: string | undefined, id: string | undefined): boolean {
  if (found === undefined || id === undefined || found === id || normalizedId(id) === '') return false;
  return normalizedId(found) === normalizedId(id);
}
