/** The longest preview of a value, in characters. */
export const PREVIEW_LIMIT = 120;

/**
 * Describes a value by its type and its beginning, such as `string "Done"`. It stops at the limit, so that neither the
 * depth nor the size of the value matters.
 *
 * @param value usually parsed JSON; `undefined` means an absent value
 * @returns the JSON type and the value in at most {@link PREVIEW_LIMIT} characters, with the length of a shortened
 * string; for null and undefined only `null` and `absent`
 */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'absent';
  const shown = shorten(value);
  const length = typeof value === 'string' && shown.endsWith('…') ? ` (${charactersIn(value)} characters)` : '';
  return `${jsonType(value)} ${shown}${length}`;
}

/** The number of characters of a text; an array of them would take many times the memory of a long text. */
function charactersIn(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * The JSON type of a value.
 *
 * @param value any value
 * @returns `null`, `array`, `object`, `string`, `number`, `boolean`, or the `typeof` of a value that is not JSON
 */
export function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/**
 * The beginning of a value as JSON.
 *
 * @param value any value
 * @returns JSON in at most {@link PREVIEW_LIMIT} characters; `…` at the end if it is shortened
 */
export function shorten(value: unknown): string {
  let text = '';
  for (const token of tokens(value, PREVIEW_LIMIT * 2)) {
    text += token;
    if (text.length > PREVIEW_LIMIT * 2) break;
  }
  return truncate(text);
}

/**
 * The beginning of a text, without splitting surrogate pairs.
 *
 * @param text any text
 * @returns the text in at most {@link PREVIEW_LIMIT} characters; `…` at the end if it is shortened
 */
export function truncate(text: string): string {
  const characters = Array.from(text.slice(0, PREVIEW_LIMIT * 2 + 2));
  return characters.length <= PREVIEW_LIMIT ? text : `${characters.slice(0, PREVIEW_LIMIT - 1).join('')}…`;
}

/** The value's JSON in small pieces, generated on demand, so that the unread rest costs nothing. */
function* tokens(value: unknown, most: number): Generator<string> {
  if (typeof value === 'string') {
    // Longer than any preview, so that the caller recognizes that it must be shortened.
    yield JSON.stringify(value.slice(0, most));
  } else if (typeof value !== 'object' || value === null) {
    yield String(value);
  } else if (Array.isArray(value)) {
    yield* arrayTokens(value, most);
  } else {
    yield* objectTokens(value, most);
  }
}

function* arrayTokens(items: readonly unknown[], most: number): Generator<string> {
  yield '[';
  for (const [index, item] of items.entries()) {
    if (index > 0) yield ',';
    yield* tokens(item, most);
  }
  yield ']';
}

function* objectTokens(object: object, most: number): Generator<string> {
  yield '{';
  let first = true;
  for (const [key, item] of Object.entries(object) as [string, unknown][]) {
    if (!first) yield ',';
    first = false;
    yield* tokens(key, most);
    yield ':';
    yield* tokens(item, most);
  }
  yield '}';
}

/** The longest JSON of a value that a finding keeps whole, in characters. */
const WHOLE_LIMIT = 1000;

/**
 * The beginning of a value for a finding.
 *
 * @param value parsed JSON
 * @returns whether the value has at most 1,000 characters of JSON, so that it is kept whole; and its beginning: of a
 * string without quotes, of any other value as JSON
 */
export function beginningOf(value: unknown): { whole: boolean; beginning: string } {
  let text = '';
  let whole = true;
  for (const token of tokens(value, WHOLE_LIMIT + 1)) {
    text += token;
    whole = text.length <= WHOLE_LIMIT;
    if (!whole) break;
  }
  return { whole, beginning: truncate(typeof value === 'string' ? value : text) };
}
