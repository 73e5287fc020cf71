/**
 * Text of the target's made harmless for a terminal: control characters, escape sequences and marks that turn the
 * direction of writing are shown as escapes, line breaks included.
 */
export function plain(value: string): string {
  return value.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`,
  );
}
