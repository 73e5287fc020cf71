import type { AnySchemaObject, ErrorObject, ValidateFunction } from 'ajv/dist/2020';

/** Checks values of one kind against a schema of the suite's own files: a history, a result. */
export type Checker = (value: unknown) => string | undefined;

/** A place in a value as it is told: `$.request.headers[0]`. */
function placeOf({ instancePath, keyword, params }: ErrorObject): string {
  const parts = instancePath.split('/').slice(1);
  const missing = keyword === 'required' ? [String((params as { missingProperty?: unknown }).missingProperty)] : [];
  const path = [...parts, ...missing].map((part) => {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~').slice(0, 60);
    return /^\d+$/.test(name) ? `[${name}]` : `.${name}`;
  });
  return `$${path.join('')}`;
}

function faultOf(validate: ValidateFunction): string {
  const [error] = validate.errors ?? [];
  if (error === undefined) return '$ is not what it should be';
  const { keyword, params } = error;
  const { allowedValue, allowedValues } = params as { allowedValue?: unknown; allowedValues?: unknown[] };
  const place = placeOf(error);
  if (keyword === 'required') return `${place} is missing`;
  if (keyword === 'enum') return `${place} must be one of ${(allowedValues ?? []).join(', ')}`;
  if (keyword === 'const') return `${place} must be ${JSON.stringify(allowedValue)}`;
  if (keyword === 'discriminator') return `${place}.kind is none that is known`;
  return `${place} ${error.message ?? 'is not allowed'}`;
}

/**
 * Makes a check of a schema. What checks is loaded and compiled when the first value is.
 * @param more other schemas that it refers to
 * @returns a function that says where a value is wrong and how, and undefined where it is not
 */
export function checkerOf(schema: AnySchemaObject, more: readonly AnySchemaObject[] = []): Checker {
  let validate: ValidateFunction | undefined;
  return (value) => {
    if (validate === undefined) {
      const { default: Ajv } = require('ajv/dist/2020') as typeof import('ajv/dist/2020');
      const { default: addFormats } = require('ajv-formats') as typeof import('ajv-formats');
      const ajv = new Ajv({ strict: true, allowUnionTypes: true, discriminator: true, ownProperties: true });
      addFormats(ajv);
      for (const one of more) ajv.addSchema(one);
      validate = ajv.compile(schema);
    }
    return validate(value) ? undefined : faultOf(validate);
  };
}
