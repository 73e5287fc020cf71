import type Ajv2020 from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv/dist/2020';
import { type SchemaName, schemaNames, schemas } from './catalogue';

/**
 * How much of a value to find: each of its errors, or no more than the first. To collect every error of a huge value takes
 * time that grows with the square of their number, which a hostile service could use to stall a run.
 */
export type Thoroughness = 'all' | 'first';

/** Members and items up to which every error is looked for. */
const THOROUGH_LIMIT = 10_000;

/** Annotations: what a place must hold, in words, and its TypeScript type where validation is left to another schema. */
const ANNOTATIONS = ['x-expected', 'tsType'];

const compilers = new Map<Thoroughness, Ajv2020>();

/**
 * The compiled validator of a resource. Compiled when it is first asked for, and kept.
 *
 * @param name the schema's name
 * @param thoroughness whether the validator goes on after the first error
 * @returns the validator, whose errors are `verbose`
 * @throws if a schema of this folder is not valid in Ajv's strict mode
 */
export function validatorOf(name: SchemaName, thoroughness: Thoroughness): ValidateFunction {
  const compiler = compilerOf(thoroughness);
  const validate = compiler.getSchema(schemas[name].$id);
  if (validate === undefined) throw new Error(`No schema has the id ${schemas[name].$id}`);
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

/**
 * Compiles validators ahead of their use, one at a time, so that nothing else waits long meanwhile.
 *
 * @param withinMs the time in which it may begin with another one, ms; the rest are compiled when they are asked for
 */
export async function readyValidators(withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  for (const name of schemaNames) {
    await new Promise((resolve) => setImmediate(resolve));
    if (performance.now() > until) return;
    validatorOf(name, 'all');
  }
}

/** Loaded when the first validator is asked for: most commands never do. */
function loadAjv() {
  const ajv = require('ajv/dist/2020') as typeof import('ajv/dist/2020');
  const formats = require('ajv-formats') as typeof import('ajv-formats');
  return { Ajv: ajv.default, addFormats: formats.default };
}

function compilerOf(thoroughness: Thoroughness): Ajv2020 {
  const known = compilers.get(thoroughness);
  if (known !== undefined) return known;
  const { Ajv, addFormats } = loadAjv();
  const compiler = new Ajv({
    strict: true,
    allErrors: thoroughness === 'all',
    allowUnionTypes: true,
    verbose: true,
    ownProperties: true,
  });
  addFormats(compiler);
  compiler.addVocabulary(ANNOTATIONS);
  for (const schema of Object.values(schemas)) compiler.addSchema(schema);
  compilers.set(thoroughness, compiler);
  return compiler;
}
