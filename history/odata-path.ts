/** A segment of a path without its escapes; one that can't be decoded as it stands. */
export function decode(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** `calls('C')` or, with its key named, `calls(id='C')`; a quotation mark within the key is doubled. */
const KEYED = /^([a-z]\w*)\((?:id=)?'((?:[^']|'')*)'\)$/is;

/** `microsoft.graph.call`, or with the namespace's alias: a segment that says what type the resource before it has. */
const CAST =
  /^(?:microsoft\.)?graph\.(?:cloudCommunications|call|commsOperation|inviteParticipantsOperation|participant)$/i;

/**
 * The segments of a URL's path, decoded, with what OData lets a service write in several ways brought to one (linked: OData
 * URL conventions): a key in parentheses becomes a segment of its own, and type casts and a slash at the end are left out.
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

/** An id without what writings of one GUID differ in: case, hyphens, braces, a URN's prefix. */
function normalizedId(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replace(/^urn:uuid:/, '')
    .replaceAll(/[-{}()]/g, '');
}

/** Whether a string is an id in another spelling: ids are compared to the letter (linked: call-api). */
export function isOtherSpelling(found: string | undefined, id: string | undefined): boolean {
  if (found === undefined || id === undefined || found === id || normalizedId(id) === '') return false;
  return normalizedId(found) === normalizedId(id);
}
