import type { Value } from '../../behaviors/finding';
import { valueOf } from '../../behaviors/finding-values';
import { isObject, arrayMember, member, previewText, stringMember } from '../../history/values';
import type { ContractMismatch } from '../../verdicts/contract-result';

/** The Verifier's result for one interaction. */
export type VerifierFinding =
  { passed: true } | { passed: false; mismatches: ContractMismatch[] } | { unclear: string };

const PARTS: Record<string, ContractMismatch['part']> = {
  StatusMismatch: 'status',
  HeaderMismatch: 'header',
  BodyTypeMismatch: 'bodyType',
  BodyMismatch: 'body',
  MetadataMismatch: 'metadata',
};

/** The longest text of a mismatch, in characters, and the maximum number of mismatches of an interaction. */
const MAX_MISMATCH_CHARACTERS = 1000;
const MAX_MISMATCHES = 100;

/** The longest Verifier message that replaces a result, in characters. */
const MAX_OUTPUT_CHARACTERS = 300;

/** Appends a key to a JSON path, as `$['@odata.type']` if it can't follow a dot. */
function below(path: string, key: string): string {
  return /^[\w$]+$/.test(key) ? `${path}.${key}` : `${path}['${key}']`;
}

/** Verifier messages repeat bodies, which may be a megabyte long. */
function shortened(words: string): string {
  return words.length > MAX_MISMATCH_CHARACTERS ? `${words.slice(0, MAX_MISMATCH_CHARACTERS)}…` : words;
}

/** Reads an expected or actual value of the Verifier; bodies are JSON. */
function valueIn(raw: unknown, key: string): Value {
  const written = member(raw, key);
  if (typeof written !== 'string') return valueOf(written);
  if (written === '') return { is: 'absent' };
  try {
    return valueOf(JSON.parse(written));
  } catch {
    return valueOf(written);
  }
}

/** The list of keys that the Verifier reports instead of an incomplete object. */
function keysIn(raw: unknown, key: string): string[] {
  const value = valueIn(raw, key);
  return value.is === 'json' && Array.isArray(value.value) ? value.value.map(String) : [];
}

/**
 * Pact's Verifier has no error codes, so messages are recognised by their beginning, which contains no text of the
 * target.
 */
const LACKS_KEYS = /^(?:Actual|Expected) map is missing the following keys: /;
const UNREAD = /^Failed to parse /;
const NO_BODY = /^Expected (?:a )?body\b.* but was empty/s;
const BROKEN_RULE = /^'.*' is not a valid regular expression - /s;
const NOT_LOADED = /^Failed to load pact '[^']*' - /;

function read(raw: unknown): ContractMismatch[] {
  const part = PARTS[stringMember(raw, 'type') ?? ''] ?? 'other';
  const whole = stringMember(raw, 'mismatch') ?? previewText(raw);
  const message = shortened(whole);
  const values = { expected: valueIn(raw, 'expected'), observed: valueIn(raw, 'actual'), message };
  if (part === 'status') {
    const [expected, status] = [member(raw, 'expected'), member(raw, 'actual')];
    return [
      {
        part,
        ...(typeof expected === 'number' ? { expected: { is: 'status', status: expected } } : {}),
        ...(typeof status === 'number' ? { observed: { is: 'answer', status } } : {}),
        message,
      },
    ];
  }
  if (part === 'header' || part === 'metadata') return [{ part, path: stringMember(raw, 'key') ?? '', ...values }];
  const path = stringMember(raw, 'path') ?? '$';
  if (part === 'body' && LACKS_KEYS.test(whole)) {
    const found = new Set(keysIn(raw, 'actual'));
    const missing = keysIn(raw, 'expected').filter((key) => !found.has(key));
    if (missing.length > 0) return missing.map((key) => ({ part, path: below(path, key), observed: { is: 'absent' } }));
  }
  // An absent body has no path.
  if (part === 'body' && (NO_BODY.test(whole) || UNREAD.test(whole))) return [{ part: 'bodyType', path, message }];
  if (part === 'bodyType') return [{ part, path, message }];
  return [{ part, path, ...values }];
}

/** Whether the Verifier can't parse a body that others may parse, such as a lone surrogate or deep nesting. */
export function isUnread({ message = '' }: ContractMismatch): boolean {
  return UNREAD.test(message);
}

/** A Verifier error without a mismatch has no place: nothing was compared. */
function comparedNothing({ part, path }: ContractMismatch): boolean {
  return part === 'other' && path === undefined;
}

function mismatchesIn(error: unknown): ContractMismatch[] {
  const mismatch = member(error, 'mismatch');
  const several = arrayMember(mismatch, 'mismatches');
  if (several) return several.flatMap(read);
  return [{ part: 'other', message: stringMember(mismatch, 'message') ?? previewText(mismatch ?? error) }];
}

/**
 * Reads the value that the Verifier resolved or rejected with. An interaction has passed only if it says so exactly
 * once and reports no error; an empty result is not a pass.
 */
export function verifierFinding(resolved: boolean, json: string, description: string): VerifierFinding {
  let said: unknown;
  try {
    said = JSON.parse(json);
  } catch {
    return { unclear: `Pact's Verifier failed: ${json.slice(0, MAX_OUTPUT_CHARACTERS)}` };
  }
  const errors = [...(arrayMember(said, 'errors') ?? []), ...(arrayMember(said, 'pendingErrors') ?? [])];
  if (errors.length > 0) {
    const mismatches = errors.slice(0, MAX_MISMATCHES).flatMap(mismatchesIn).slice(0, MAX_MISMATCHES);
    // For example, it could not load the pact; that proves nothing about the target.
    if (mismatches.every(comparedNothing)) {
      // The message names a temporary file of the suite.
      const lines = mismatches.map(({ message = '' }) => message.replace(NOT_LOADED, "it can't read the contract: "));
      return { unclear: `Pact's Verifier compared nothing: ${lines.join('; ').slice(0, MAX_OUTPUT_CHARACTERS)}` };
    }
    const broken = mismatches.find(({ message = '' }) => BROKEN_RULE.test(message));
    if (broken) return { unclear: `the contract itself is wrong: ${broken.path ?? ''}: ${broken.message ?? ''}` };
    return { passed: false, mismatches };
  }
  const results = arrayMember(said, 'interactionResults') ?? [];
  const [only] = results;
  if (!isObject(said) || results.length !== 1 || stringMember(only, 'description') !== description) {
    return { unclear: `Pact's Verifier gave ${results.length} results for this one interaction` };
  }
  if (resolved && said['result'] === true && stringMember(only, 'result') === 'OK') return { passed: true };
  return { unclear: `Pact's Verifier reported ${previewText(only)} without a mismatch` };
}
