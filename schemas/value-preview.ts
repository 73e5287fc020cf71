/** The longest text, in characters, that a value is shown with. */
export const PREVIEW_LIMIT = 120;

/**
 * Says what a value is and shows the beginning of it, such as `string "Done"`.
 *
 * It takes any value at all: as it stops at the limit, neither the depth nor the size of the value costs anything.
 *
 * @param value the value, as a rule out of parsed JSON; `undefined` stands for an absent one
 * @returns the JSON type and the value in at most {@link PREVIEW_LIMIT} characters, with a shortened string's length; for
 *   null and undefined `null` and `absent` alone
 */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'absent';
  const shown = shorten(value);
  const length = typeof value === 'string' && shown.endsWith('…') ? ` (${charactersIn(value)} characters)` : '';
  return `${jsonType(value)} ${shown}${length}`;
}

/** How many characters a text has; a list of them would take many times the memory of a long text. */
function charactersIn(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * The JSON type of a value.
 *
 * @param value any value
 * @returns `null`, `array`, `object`, `string`, `number`, `boolean`, or what `typeof` says of a value that JSON lacks
 */
export function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/**
 * The beginning of a value as JSON.
 *
 * @param value any value
 * @returns JSON in at most {@link PREVIEW_LIMIT} characters; `…` at the end says that there is more
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
 * The beginning of a text, never half a character.
 *
 * @param text any text
 * @returns the text in at most {@link PREVIEW_LIMIT} characters; `…` at the end says that there is more
 */
export function truncate(text: string): string {
  const characters = Array.from(text.slice(0, PREVIEW_LIMIT * 2 + 2));
  return characters.length <= PREVIEW_LIMIT ? text : `${characters.slice(0, PREVIEW_LIMIT - 1).join('')}…`;
}

/** The value's JSON in small pieces, made on demand, so that a reader who has enough never pays for the rest. */
function* tokens(value: unknown, most: number): Generator<string> {
  if (typeof value === 'string') {
    // Long enough for the reader to see that it must be shortened.
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

/** Up to so many characters of JSON a value is kept whole in a finding. */
const WHOLE_LIMIT = 1000;

/**
 * A value to be kept: whole where it is short, its beginning where it is long.
 *
 * @param value any value out of parsed JSON
 * @returns whether it is at most 1,000 characters of JSON, and so short enough to be kept whole; and its beginning, of a
 *   string without the quotes, of anything else as JSON
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
