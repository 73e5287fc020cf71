/** What tells two texts apart, in words: a reader sees the difference before the values. */

/**
 * How a text differs from the one that was expected.
 * @returns words fit to follow "is", such as `cut off after 64 of 84 characters`; undefined where nothing simple explains it
 */
export function textDifference(expected: string, observed: string): string | undefined {
  if (observed === '') return 'empty';
  if (expected.startsWith(observed)) return `cut off after ${observed.length} of ${expected.length} characters`;
  if (observed.startsWith(expected)) return `followed by ${observed.length - expected.length} more characters`;
  if (observed.trim() === expected.trim())
    return observed.length < expected.length ? 'trimmed' : 'padded with white space';
  if (observed.toLowerCase() === expected.toLowerCase()) return caseDifference(expected, observed);
  if (observed.normalize('NFC') === expected.normalize('NFC')) return 'normalised to another Unicode form';
  if (collapsed(observed) === collapsed(expected)) return 'changed in its white space';
  if (decoded(observed) === expected || decoded(expected) === observed) return 'escaped in another way';
  if (observed.replaceAll(/[^\x20-\x7e]/g, '') === expected.replaceAll(/[^\x20-\x7e]/g, '')) {
    return 'changed in the characters beyond ASCII';
  }
  const at = firstDifference(expected, observed);
  return at > 3 ? `different from character ${at + 1} on` : undefined;
}

function caseDifference(expected: string, observed: string): string {
  if (observed === expected.toLowerCase()) return 'lower-cased';
  return observed === expected.toUpperCase() ? 'upper-cased' : 'in another case';
}

function collapsed(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  } catch {
    return text;
  }
}

/** The index of the first character in which two texts differ. */
export function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

/**
 * How a URL differs from the path of the resource that was expected: which part of it.
 * @returns words such as `the call id differs; the operation id is right`
 */
export function urlDifference(expected: string, observed: string): string | undefined {
  const [want, got] = [partsOf(expected), partsOf(observed)];
  if (got.call === undefined) return 'it names no call';
  const said: string[] = [];
  if (want.call !== got.call) said.push(idDifference('call', want.call, got.call));
  else if (want.operation !== undefined && got.operation !== want.operation) said.push('the call id is right');
  if (want.operation !== undefined) {
    if (got.operation === undefined) said.push('it names no operation');
    else if (got.operation !== want.operation) said.push(idDifference('operation', want.operation, got.operation));
    else if (want.call !== got.call) said.push('the operation id is right');
  }
  if (want.collection !== got.collection && want.operation === undefined) {
    said.push(got.collection === undefined ? 'it names the call alone' : `it names ${got.collection}`);
  }
  if (said.length === 0) said.push('the path around the ids differs');
  return said.join('; ');
}

function idDifference(what: string, want = '', got: string): string {
  const plain = (id: string): string => id.toLowerCase().replaceAll(/[-{}]/g, '');
  return plain(want) === plain(got) ? `the ${what} id is written in another spelling` : `the ${what} id differs`;
}

interface UrlParts {
  call: string | undefined;
  collection: string | undefined;
  operation: string | undefined;
}

/** The ids in a URL of the API, in the form with slashes or with keys in brackets. */
function partsOf(url: string): UrlParts {
  const plain = url.replaceAll(/\('([^']*)'\)/g, '/$1');
  const segments =
    plain
      .split(/[?#]/)[0]
      ?.split('/')
      .filter((one) => one !== '') ?? [];
  const at = segments.findIndex((one) => one.toLowerCase() === 'calls');
  const [call, collection, operation] = at === -1 ? [] : segments.slice(at + 1);
  return { call, collection, operation: collection?.toLowerCase() === 'operations' ? operation : undefined };
}
