/** Access to foreign JSON: these functions never throw, and never read an inherited key as a member. */

export type JsonObject = { [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of an object; undefined if it is absent or null, which mean the same, or if the value is not an object. */
export function member(value: unknown, key: string): unknown {
  if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
  return value[key] ?? undefined;
}

/** A member that is a string, or undefined. */
export function stringMember(value: unknown, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === 'string' ? found : undefined;
}

/** A member that is an array, or undefined. */
export function arrayMember(value: unknown, key: string): unknown[] | undefined {
  const found = member(value, key);
  return Array.isArray(found) ? found : undefined;
}

/** The beginning of a text as a new string: a slice would keep the whole text in memory. */
export function beginning(whole: string, length: number): string {
  return Buffer.from(whole.slice(0, length), 'utf16le').toString('utf16le');
}

const MAX_PREVIEW_CHARACTERS = 160;

/** A value as text for a finding: JSON, at most 160 characters. */
export function previewText(value: unknown): string {
  if (value === undefined) return 'absent';
  let written: string;
  try {
    // Only the displayed part of a long string is serialized.
    written = JSON.stringify(
      typeof value === 'string' && value.length > MAX_PREVIEW_CHARACTERS
        ? value.slice(0, MAX_PREVIEW_CHARACTERS)
        : value,
    );
  } catch {
    return 'a value too deep to show';
  }
  return written.length > MAX_PREVIEW_CHARACTERS ? `${beginning(written, MAX_PREVIEW_CHARACTERS)}…` : written;
}
