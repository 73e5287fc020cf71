import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020';
import { pathOf, stepsOfPointer, valueAt, type Step } from '../common/json-path';
import { didYouMean, nearestName } from '../common/nearest-name';

/** The suite's own kinds of files that have a schema. */
export type OwnFile = 'config' | 'waivers' | 'history' | 'result';

/** The compiled validators, each loaded on first use. */
const LOADED: Readonly<Record<OwnFile, () => unknown>> = {
  config: () => require('./generated/config-file.cjs'),
  waivers: () => require('./generated/waivers-file.cjs'),
  history: () => require('./generated/history-file.cjs'),
  result: () => require('./generated/result-file.cjs'),
};

function validatorOf(file: OwnFile): ValidateFunction {
  const validate = (LOADED[file]() as Record<string, ValidateFunction | undefined>)[file];
  if (validate === undefined) throw new Error(`no validator of ${file} was generated: npm run generate`);
  return validate;
}

/**
 * The schema errors in a file's content: all in a config or in waivers, only the first in a file that the suite wrote.
 * @param root the content
 */
export function errorsIn(file: OwnFile, root: unknown): readonly ErrorObject[] {
  const validate = validatorOf(file);
  return validate(root) ? [] : (validate.errors ?? []);
}

/** A mistake in a file's content: its place, and a sentence that begins with its JSON path. */
export interface Fault {
  steps: readonly Step[];
  text: string;
}

/** A suggestion for a misspelled value. */
function hint(found: unknown, allowed: readonly unknown[]): string {
  const known = allowed.filter((one) => typeof one === 'string');
  const near = typeof found === 'string' && nearestName(found, known) !== undefined;
  return near ? didYouMean(found, known) : '';
}

/** The values of the member that distinguishes kinds of records. */
function tagsOf(tag: string): string[] {
  const { oneOf, $defs } = require('./history.schema.json') as {
    oneOf: { $ref: string }[];
    $defs: Record<string, { properties?: Record<string, { const?: string }> }>;
  };
  return oneOf.flatMap(({ $ref }) => $defs[$ref.split('/').at(-1) ?? '']?.properties?.[tag]?.const ?? []);
}

function faultOf(root: unknown, { instancePath, keyword, params, message }: ErrorObject): Fault {
  const at = stepsOfPointer(root, instancePath).map((step) => (typeof step === 'string' ? step.slice(0, 60) : step));
  const told = params as { allowedValue?: unknown; allowedValues?: unknown[]; missingProperty?: string; tag?: string };
  const { allowedValue, allowedValues = [], missingProperty, tag } = told;
  const found = valueAt(root, stepsOfPointer(root, instancePath));
  const place = pathOf(at);
  if (keyword === 'required' && missingProperty !== undefined)
    return { steps: at, text: `${pathOf([...at, missingProperty])} is missing` };
  if (keyword === 'enum')
    return { steps: at, text: `${place} must be one of ${allowedValues.join(', ')}${hint(found, allowedValues)}` };
  if (keyword === 'const')
    return { steps: at, text: `${place} must be ${JSON.stringify(allowedValue)}${hint(found, [allowedValue])}` };
  if (keyword === 'discriminator' && tag !== undefined) {
    const known = tagsOf(tag);
    const steps = [...at, tag];
    return {
      steps,
      text: `${pathOf(steps)} is unknown${hint(valueAt(found, [tag]), known)} (${known.join(', ')})`,
    };
  }
  return { steps: at, text: `${place} ${message ?? 'is not allowed'}` };
}

/** The first error in a file that the suite wrote; undefined if there is none. */
export function faultIn(file: OwnFile, root: unknown): Fault | undefined {
  const [error] = errorsIn(file, root);
  return error === undefined ? undefined : faultOf(root, error);
}
