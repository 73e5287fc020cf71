/** Looking into JSON that somebody else wrote: nothing here throws, and an inherited key is never taken for a member. */

export type JsonObject = { [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of an object; undefined where it is null, absent, or the value is no object: null and absent are the same. */
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

/** A member as a person reads it, where it distinguishes null from absent, although they mean the same. */
export function memberText(value: unknown, key: string): string {
  return previewText(isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined);
}

/** The beginning of a text as a text of its own: a slice would keep the whole in memory. */
export function beginning(whole: string, length: number): string {
  return Buffer.from(whole.slice(0, length), 'utf16le').toString('utf16le');
}

const MAX_PREVIEW_CHARACTERS = 160;

/** A value as a person reads it in a finding: JSON, at most 160 characters. */
export function previewText(value: unknown): string {
  if (value === undefined) return 'absent';
  let written: string;
  try {
    // Of a long string no more is written than is shown.
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
