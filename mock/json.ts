import { isUtf8 } from 'node:buffer';
import { LIMITS } from './limits';

/** A JSON value as `JSON.parse` makes it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [name: string]: Json;
}

/** Whether a value is a JSON object: neither null nor an array. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const [QUOTE, BACKSLASH, BRACKET, BRACKET_END, BRACE, BRACE_END] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/** Whether brackets outside strings are nested more than LIMITS.levels deep. */
function isDeep(text: string): boolean {
  let level = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (quoted && code === BACKSLASH) i += 1;
    else if (code === QUOTE) quoted = !quoted;
    else if (!quoted && (code === BRACE || code === BRACKET)) level += 1;
    else if (!quoted && (code === BRACE_END || code === BRACKET_END)) level -= 1;
    if (level > LIMITS.levels) return true;
  }
  return false;
}

/**
 * Parses JSON from bytes.
 * @param bytes UTF-8, with or without a byte order mark
 * @returns the value, or `undefined` if the bytes are not UTF-8, not JSON, or nested too deeply to be serialised again
 */
export function parseJson(bytes: Uint8Array): Json | undefined {
  if (!isUtf8(bytes)) return undefined;
  try {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
    if (isDeep(text)) return undefined;
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as Json;
  } catch {
    return undefined;
  }
}
