import type { SchemaName } from './resource-schemas';
import { thoroughnessFor, validatorOf } from './validator';
import { type Violation, violationsOf } from './violation';

export { type SchemaName, schemaNames, schemas } from './resource-schemas';
export { beginningOf, describeValue, jsonType } from './value-preview';
export type { Violation } from './violation';
export type * from './generated';

/**
 * Checks a value against the schema of a resource.
 *
 * The schemas follow the documentation of `participant: invite` and the pages that it links to; each property's
 * `$comment` names its source. Null and absent mean the same, and unknown properties are allowed everywhere. If a
 * schema leaves something open because another one judges it, such as a roster entry's streams, its `$comment` says so.
 *
 * It never throws, whatever the depth, size or member names of the value. For a value with more than 10,000 members and
 * items it returns only the first violation.
 *
 * @param name the schema's name
 * @param value usually parsed JSON
 * @returns the violations, one for each place that does not satisfy the schema
 */
export function check(name: SchemaName, value: unknown): Violation[] {
  const validate = validatorOf(name, thoroughnessFor(value));
  return validate(value) ? [] : violationsOf(value, validate.errors ?? []);
}
