import type { ValidateFunction } from 'ajv/dist/2020';
import type { SchemaName } from './resource-schemas';

/**
 * How much of a value to find: each of its errors, or no more than the first. To collect every error of a huge value takes
 * time that grows with the square of their number, which a hostile service could use to stall a run.
 */
export type Thoroughness = 'all' | 'first';

/** Members and items up to which every error is looked for. */
const THOROUGH_LIMIT = 10_000;

type Validators = Readonly<Record<string, ValidateFunction>>;

/** Their code is compiled beforehand, and loaded when the first one is asked for: most commands never do. */
function validatorsOf(thoroughness: Thoroughness): Validators {
  return thoroughness === 'all'
    ? (require('./generated/resources-all.cjs') as Validators)
    : (require('./generated/resources-first.cjs') as Validators);
}

/**
 * The validator of a resource.
 *
 * @param name the schema's name
 * @param thoroughness whether the validator goes on after the first error
 * @returns the validator, whose errors are `verbose`
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
