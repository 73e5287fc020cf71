import type { SchemaName } from './resource-schemas';
import { thoroughnessFor, validatorOf } from './validator';
import { type Violation, violationsOf } from './violation';

export { type SchemaName, schemaNames, schemas } from './resource-schemas';
export { beginningOf, describeValue, jsonType } from './value-preview';
export type { Violation } from './violation';
export type * from './generated';

/**
 * Holds a value against the schema of a resource.
 *
 * The schemas follow the documentation of `participant: invite` and what it links to; each property's `$comment` names its
 * source. Null and absent are the same, and unknown properties are allowed everywhere. What one schema leaves open because
 * another judges it, such as a roster entry's streams, is told in the `$comment` there.
 *
 * Any value is safe to give: neither depth, size nor odd names make it throw. Of a value with more than 10,000 members and
 * items only the first violation is told.
 *
 * @param name the schema's name
 * @param value the value, as a rule out of parsed JSON
 * @returns the violations, one for each place that breaks the schema; none when the value satisfies it
 */
export function check(name: SchemaName, value: unknown): Violation[] {
  const validate = validatorOf(name, thoroughnessFor(value));
  return validate(value) ? [] : violationsOf(value, validate.errors ?? []);
}
