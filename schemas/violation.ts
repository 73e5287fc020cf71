import type { ErrorObject } from 'ajv/dist/2020';
import { expectation, memberExpectation } from './expectation';
import { memberPath, pathOfPointer } from '../common/json-path';
import { describeValue, truncate } from './value-preview';

/** Of the members that are there where one is absent, so many are named. */
const MOST_NAMES = 12;

/** One place of a value that breaks its schema. */
export interface Violation {
  /** The JSON path of the place, such as `$.participants[0].identity`. An absent member's path is where it should be. */
  readonly path: string;
  /** What is allowed there. */
  readonly expected: string;
  /** What is there: its JSON type and the beginning of it, `null`, or `absent`. */
  readonly found: string;
  /** The three in one sentence. */
  readonly message: string;
  /** What is there; undefined where it is absent. */
  readonly value: unknown;
  /** Where only some values are allowed: those. */
  readonly allowed?: readonly unknown[];
  /** For an absent member: the names of the members that are present. */
  readonly present?: readonly string[];
}

/**
 * Turns a validator's errors into violations, one a place, in the order of the errors.
 *
 * Alternatives in our schemas only ever mean "this or null", so the errors about the alternative itself, and about null
 * not being there, say nothing that the other alternative's errors don't.
 *
 * @param root the value that was validated
 * @param errors the errors, made with the `verbose` option
 * @returns the violations
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

/** The values that a part of a schema allows, where it names them. */
function allowedBy(schema: unknown): readonly unknown[] | undefined {
  const { const: only, enum: some } = schema as { const?: unknown; enum?: readonly unknown[] };
  return only === undefined ? some : [only];
}

function violation(path: string, expected: string, found: string, value?: unknown): Violation {
  return { path, expected, found, message: `${path} must be ${expected}, but is ${found}`, value };
}

/** Says that a member is absent, and which ones are there instead: a misspelt one shows at once. */
function absence(owner: unknown): string {
  const names = Object.keys(owner as object);
  return names.length === 0 ? 'absent (the object is empty)' : `absent (present: ${truncate(names.join(', '))})`;
}
