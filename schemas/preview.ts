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
  const length = typeof value === 'string' && shown.endsWith('…') ? ` (${Array.from(value).length} characters)` : '';
  return `${jsonType(value)} ${shown}${length}`;
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
  for (const token of tokens(value)) {
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
function* tokens(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    // Long enough for the reader to see that it must be shortened.
    yield JSON.stringify(value.slice(0, PREVIEW_LIMIT * 2));
  } else if (typeof value !== 'object' || value === null) {
    yield String(value);
  } else if (Array.isArray(value)) {
    yield* arrayTokens(value);
  } else {
    yield* objectTokens(value);
  }
}

function* arrayTokens(items: readonly unknown[]): Generator<string> {
  yield '[';
  for (const [index, item] of items.entries()) {
    if (index > 0) yield ',';
    yield* tokens(item);
  }
  yield ']';
}

function* objectTokens(object: object): Generator<string> {
  yield '{';
  let first = true;
  for (const [key, item] of Object.entries(object) as [string, unknown][]) {
    if (!first) yield ',';
    first = false;
    yield* tokens(key);
    yield ':';
    yield* tokens(item);
  }
  yield '}';
}
