import type { ValidateFunction } from 'ajv/dist/2020';
import type { SchemaName } from './resource-schemas';

/**
 * How many errors to find in a value: all, or only the first. Collecting all errors of a huge value takes time that
 * grows with the square of their number, so a hostile service could stall a run.
 */
export type Thoroughness = 'all' | 'first';

/** All errors are collected up to this number of members and items. */
const THOROUGH_LIMIT = 10_000;

type Validators = Readonly<Record<string, ValidateFunction>>;

/** The compiled validators, loaded on first use: most commands need none. */
function validatorsOf(thoroughness: Thoroughness): Validators {
  return thoroughness === 'all'
    ? (require('./generated/resources-all.cjs') as Validators)
    : (require('./generated/resources-first.cjs') as Validators);
}

/**
 * The validator of a resource.
 *
 * @param name the schema's name
 * @param thoroughness whether the validator continues after the first error
 * @returns a validator with `verbose` errors
 */
export function validatorOf(name: SchemaName, thoroughness: Thoroughness): ValidateFunction {
  const validate = validatorsOf(thoroughness)[name.replaceAll('-', '_')];
  if (validate === undefined) throw new Error(`no validator of ${name} was generated: npm run generate`);
  return validate;
}

/**
 * Decides how thoroughly a value is validated.
 *
 * @param value any value
 * @returns `all`, or `first` when the value has more than 10,000 members and items
 */
export function thoroughnessFor(value: unknown): Thoroughness {
  const pending: unknown[] = [value];
  let seen = 0;
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== 'object' || next === null) continue;
    const members: unknown[] = Array.isArray(next) ? next : Object.values(next);
    seen += members.length;
    if (seen > THOROUGH_LIMIT) return 'first';
    pending.push(...members);
  }
  return 'all';
}
