import { countText } from './count-text';

/** Describes how two texts differ, so that readers see the difference before the values. */

/**
 * Describes how a text differs from the expected one.
 * @returns a phrase after "is", such as `cut off after 64 of 84 characters`; undefined if there is no simple
 * explanation
 */
export function textDifference(expected: string, observed: string): string | undefined {
  if (observed === '') return 'empty';
  if (expected.startsWith(observed)) return `cut off after ${observed.length} of ${expected.length} characters`;
  if (observed.startsWith(expected)) {
    return `followed by ${countText(observed.length - expected.length, 'more character')}`;
  }
  if (observed.trim() === expected.trim())
    return observed.length < expected.length ? 'trimmed' : 'padded with whitespace';
  if (observed.toLowerCase() === expected.toLowerCase()) return caseDifference(expected, observed);
  if (observed.normalize('NFC') === expected.normalize('NFC')) return 'normalised to another Unicode form';
  if (collapsed(observed) === collapsed(expected)) return 'changed in its whitespace';
  if (decoded(observed) === expected || decoded(expected) === observed) return 'escaped differently';
  if (observed.replaceAll(/[^\x20-\x7e]/g, '') === expected.replaceAll(/[^\x20-\x7e]/g, '')) {
    return 'changed in its control or non-ASCII characters';
  }
  const at = firstDifference(expected, observed);
  return at > 3 ? `different from character ${at + 1} on` : undefined;
}

function caseDifference(expected: string, observed: string): string {
  if (observed === expected.toLowerCase()) return 'lower-cased';
  return observed === expected.toUpperCase() ? 'upper-cased' : 'in different case';
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

/** The shown characters of a long text before the first difference, and in total. */
const AHEAD = 30;
const SHOWN = 100;

/** Two texts; long ones are shortened to the part around their first difference, with ellipses. */
export function differenceShown(expected: string, observed: string): { expected: string; observed: string } {
  if (Math.max(expected.length, observed.length) <= SHOWN) return { expected, observed };
  const from = Math.max(0, firstDifference(expected, observed) - AHEAD);
  const part = (text: string): string => {
    const shown = text.slice(from, from + SHOWN);
    return `${from > 0 ? '…' : ''}${shown}${from + SHOWN < text.length ? '…' : ''}`;
  };
  return { expected: part(expected), observed: part(observed) };
}

/** The index of the first character in which two texts differ. */
export function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

/** How one part of a URL compares with the expected one. */
export type PartDifference = 'same' | 'differs' | 'spelling' | 'absent';

/** The parts of a URL that differ from the path of the expected resource. */
export interface UrlDifference {
  call: PartDifference;
  /** Present if the resource is an operation. */
  operation?: PartDifference;
  /** What the URL names in the call instead, if the resource is not an operation. */
  instead?: string;
}

/** Compares a URL with the path of the expected resource. */
export function urlDifference(expected: string, observed: string): UrlDifference {
  const [want, got] = [partsOf(expected), partsOf(observed)];
  const call = partDifference(want.call, got.call);
  if (want.operation !== undefined) return { call, operation: partDifference(want.operation, got.operation) };
  return { call, ...(want.collection === got.collection ? {} : { instead: got.collection ?? 'only the call' }) };
}

function partDifference(want: string | undefined, got: string | undefined): PartDifference {
  if (got === undefined) return 'absent';
  if (want === got) return 'same';
  const plain = (id = ''): string => id.toLowerCase().replaceAll(/[-{}]/g, '');
  return plain(want) === plain(got) ? 'spelling' : 'differs';
}

const SAID: Record<PartDifference, string> = {
  same: 'is right',
  differs: 'differs',
  spelling: 'is written differently',
  absent: 'is missing',
};

/** `the call id differs; the operation id is right` */
export function urlDifferenceText({ call, operation, instead }: UrlDifference): string {
  if (call === 'absent') return 'it contains no call id';
  const parts = [`the call id ${SAID[call]}`];
  if (operation !== undefined) parts.push(`the operation id ${SAID[operation]}`);
  if (instead !== undefined) parts.push(`it names ${instead}`);
  const ids = [call, operation ?? 'same'];
  if (instead === undefined && ids.every((one) => one === 'same'))
    return 'the ids are right, but the rest of the path differs';
  return parts.join('; ');
}

interface UrlParts {
  call: string | undefined;
  collection: string | undefined;
  operation: string | undefined;
}

/** The ids in a URL of the API, with slashes or with keys in parentheses. */
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
