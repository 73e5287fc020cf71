import Ajv2020, { type ErrorObject } from 'ajv/dist/2020';
import { UsageError } from '../target/errors';
import { nearest } from '../verdicts/nearest';
import schema from './config.schema.json';
import type { ConfigFile } from './config';

function keyOf(error: ErrorObject): string {
  return error.instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}

/** What may stand where an unknown key was found. */
function knownAt(error: ErrorObject): string[] {
  const parent: unknown = error.parentSchema;
  const properties = typeof parent === 'object' && parent !== null && 'properties' in parent ? parent.properties : {};
  return Object.keys(properties as object).filter((key) => key !== '$schema');
}

/** A value as it may be shown: where a token or anything else may stand, its type alone. */
function seen(value: unknown, key: string): string {
  if (key !== '' && key !== 'tokens') return JSON.stringify(value)?.slice(0, 80) ?? 'nothing';
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
}

function message(error: ErrorObject): string {
  const key = keyOf(error);
  const of = key === '' ? '' : `${key}.`;
  if (error.keyword === 'additionalProperties') {
    const unknown = (error.params as { additionalProperty: string }).additionalProperty;
    const known = knownAt(error);
    return `unknown key ${of}${unknown}; did you mean ${of}${nearest(unknown, known)}? Known: ${known.join(', ')}`;
  }
  const found = seen(error.data, key);
  if (error.keyword === 'enum') {
    return `${key} must be one of ${(error.params as { allowedValues: unknown[] }).allowedValues.join(', ')}; it is ${found}`;
  }
  if (/^tokens\.\w+$/.test(key)) return `${key} must be a string, or one of {env}, {file}, {command: [argv…]}`;
  return `${key === '' ? 'it' : key} ${error.message ?? 'is not allowed'}; it is ${found}`;
}

/**
 * Holds a config file's content against its schema.
 * @param file its name, for messages
 * @throws UsageError that names the file, each key, and for an unknown one the nearest known
 */
export function checkConfig(content: unknown, file: string): ConfigFile {
  const validate = new Ajv2020({ allErrors: true, strict: true, verbose: true, allowUnionTypes: true }).compile(schema);
  if (validate(content)) return content as ConfigFile;
  const errors = validate.errors ?? [];
  // Of a choice that fits nowhere, the choice itself is told, not each of its branches.
  const chosen = errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath);
  const told = errors.filter(
    ({ keyword, instancePath }) => keyword === 'anyOf' || !chosen.some((path) => instancePath.startsWith(path)),
  );
  throw new UsageError([...new Set(told.map((error) => `${file}: ${message(error)}`))].join('\n'));
}
