import type { ErrorObject } from 'ajv/dist/2020';
import { expectation, memberExpectation } from './expectation';
import { memberPath, pathOfPointer } from '../common/json-path';
import { describeValue, truncate } from './value-preview';

/** The most names of present members in the finding about an absent one. */
const MOST_NAMES = 12;

/** A place in a value that does not satisfy the schema. */
export interface Violation {
  /** The JSON path of the place, such as `$.participants[0].identity`. An absent member's path is where it should be. */
  readonly path: string;
  /** The allowed values, in words. */
  readonly expected: string;
  /** The value found: its JSON type and its beginning, `null`, or `absent`. */
  readonly found: string;
  /** Path, expected and found in one sentence. */
  readonly message: string;
  /** The value found; undefined if absent. */
  readonly value: unknown;
  /** The allowed values, if the schema lists them. */
  readonly allowed?: readonly unknown[];
  /** For an absent member: the names of the members that are present. */
  readonly present?: readonly string[];
}

/**
 * Converts a validator's errors to violations, one per place, in the order of the errors.
 *
 * Alternatives in these schemas only mean "this or null". So errors about the alternative itself, and about the value
 * not being null, add nothing to the errors of the other branch.
 *
 * @param root the validated value
 * @param errors from a validator with the `verbose` option
 */
export function violationsOf(root: unknown, errors: readonly ErrorObject[]): Violation[] {
  const nullable = new Set(errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath));
  const violations = new Map<string, Violation>();
  for (const error of errors) {
    if (error.keyword === 'anyOf' || (error.keyword === 'type' && error.schema === 'null')) continue;
    const made = violationOf(root, error, nullable.has(error.instancePath));
    violations.set(made.path, made);
  }
  return [...violations.values()];
}

function violationOf(root: unknown, error: ErrorObject, nullable: boolean): Violation {
  const path = pathOfPointer(root, error.instancePath);
  if (error.keyword === 'required') {
    const name = String(error.params['missingProperty']);
    const absent = violation(memberPath(path, name), memberExpectation(error.parentSchema, name), absence(error.data));
    return { ...absent, present: Object.keys(error.data as object).slice(0, MOST_NAMES) };
  }
  const expected = expectation(error.parentSchema);
  const made = violation(path, nullable ? `${expected} or null` : expected, describeValue(error.data), error.data);
  const allowed = allowedBy(error.parentSchema);
  return allowed === undefined ? made : { ...made, allowed };
}

/** The values that a part of a schema allows, if it lists them. */
function allowedBy(schema: unknown): readonly unknown[] | undefined {
  const { const: only, enum: some } = schema as { const?: unknown; enum?: readonly unknown[] };
  return only === undefined ? some : [only];
}

function violation(path: string, expected: string, found: string, value?: unknown): Violation {
  return { path, expected, found, message: `${path} must be ${expected}, but is ${found}`, value };
}

/** States that a member is absent, and lists the present ones, which reveals a misspelled name. */
function absence(owner: unknown): string {
  const names = Object.keys(owner as object);
  return names.length === 0 ? 'absent (the object is empty)' : `absent (present: ${truncate(names.join(', '))})`;
}
