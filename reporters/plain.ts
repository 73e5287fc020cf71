/**
 * Text of the target's made harmless for a terminal: control characters, escape sequences and marks that turn the
 * direction of writing are shown as escapes, line breaks included.
 */
export function plain(value: string): string {
  return value.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
