import { isUtf8 } from 'node:buffer';

/** A JSON value as `JSON.parse` makes it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [name: string]: Json;
}

/** Tells whether a value is a JSON object: neither null nor an array. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads JSON from bytes.
 * @param bytes UTF-8, with or without a byte order mark
 * @returns the value, or `undefined` if the bytes are not UTF-8 or not JSON
 */
export function parseJson(bytes: Uint8Array): Json | undefined {
  if (!isUtf8(bytes)) return undefined;
  try {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as Json;
  } catch {
    return undefined;
  }
}
