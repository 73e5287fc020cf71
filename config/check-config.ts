import type { ErrorObject } from 'ajv/dist/2020';
import { UsageError } from '../common/errors';
import { stepsOfPointer, type Step } from '../common/json-path';
import { placesIn, placeText, type Places, type Position } from '../common/text-positions';
import { isUnmistakable } from '../history/secrets';
import { didYouMean, nearestName } from '../common/nearest-name';
import schema from '../schemas/config.schema.json';
import type { ConfigFile } from '../schemas/options';
import { errorsIn } from '../schemas/own-files';

/** Formats a key for messages: `provisioning.static.peerToPeerCall.0.callId`. */
function keyOf(steps: readonly Step[]): string {
  return steps.join('.');
}

/** The keys that are allowed in place of an unknown one. */
function knownAt(error: ErrorObject): string[] {
  const parent: unknown = error.parentSchema;
  const properties = typeof parent === 'object' && parent !== null && 'properties' in parent ? parent.properties : {};
  return Object.keys(properties as object).filter((key) => key !== '$schema');
}

/** The path of a key at a deeper level of the config, such as provisioning.states for states. */
function deeper(key: string, at: unknown = schema, path: readonly string[] = []): string | undefined {
  const { properties = {} } = at as { properties?: Record<string, unknown> };
  for (const [name, inner] of Object.entries(properties)) {
    if (path.length > 0 && name.toLowerCase() === key.toLowerCase()) return [...path, name].join('.');
    const found = deeper(key, inner, [...path, name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Formats a value for messages; where it may be a secret, only its type. */
function seen(value: unknown, key: string): string {
  if (key !== '' && key !== 'tokens' && key !== 'tls') return JSON.stringify(value)?.slice(0, 80) ?? 'nothing';
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
}

/** Formats an unknown key for messages; a token or a private key may be in the place of a key. */
function shownKey(unknown: string, parent: string, known: readonly string[]): string {
  const mayBeToken = /^(tokens|tls)\b/.test(parent) || (/\d/.test(unknown) && isUnmistakable(unknown));
  if (mayBeToken && nearestName(unknown, known) === undefined) return '(not shown because it may be a secret)';
  return unknown.slice(0, 80);
}

function message(error: ErrorObject, steps: readonly Step[]): string {
  const key = keyOf(steps);
  const of = key === '' ? '' : `${key}.`;
  if (error.keyword === 'additionalProperties') {
    const unknown = (error.params as { additionalProperty: string }).additionalProperty;
    const known = knownAt(error);
    // A known key with wrong indentation is more likely than a misspelt one.
    const elsewhere = nearestName(unknown, known) === undefined ? deeper(unknown) : undefined;
    const hint =
      elsewhere === undefined
        ? didYouMean(unknown, known, (found) => `${of}${found}`)
        : `; did you mean ${elsewhere}? Check its indentation.`;
    return `unknown key ${of}${shownKey(unknown, key, known)}${hint} Known: ${known.join(', ')}`;
  }
  const found = seen(error.data, key);
  if (error.keyword === 'enum') {
    return `${key} must be one of ${(error.params as { allowedValues: unknown[] }).allowedValues.join(', ')}; it is ${found}`;
  }
  if (error.keyword === 'minProperties' || error.keyword === 'maxProperties') {
    const { minProperties, maxProperties } = error.parentSchema as { minProperties?: number; maxProperties?: number };
    const count =
      minProperties === maxProperties ? 'exactly' : error.keyword === 'minProperties' ? 'at least' : 'at most';
    return `${key} must have ${count} one of ${knownAt(error).join(', ')}; it is ${found}`;
  }
  if (key === 'invitees.phone' && typeof error.data === 'number') {
    return `${key} must be a string: write it in quotes: "+${Math.abs(error.data)}"`;
  }
  const [example] = (error.parentSchema as { examples?: unknown[] } | undefined)?.examples ?? [];
  if (error.keyword === 'pattern' && typeof example === 'string')
    return `${key} must be such as ${example}; it is ${found}`;
  if (/^tls\.(cert|key|ca)$/.test(key))
    return `${key} must be {file: PATH of a PEM file} or {env: NAME of a variable with the PEM text}`;
  if (/^tokens\.\w+$/.test(key)) return `${key} must be a string, or one of {env}, {file}, {command: [argv…]}`;
  if (key === '' && error.keyword === 'type')
    return `a config is an object with keys such as target; this one is ${found}`;
  return `${key === '' ? 'it' : key} ${error.message ?? 'is not allowed'}; it is ${found}`;
}

/** The number of errors of a file that are reported. */
const MAX_PROBLEMS = 20;

/** The position of the value that an error is about; for an unknown key, that of the key. */
function positionOf(error: ErrorObject, steps: readonly Step[], places: Places | undefined): Position | undefined {
  const unknown = (error.params as { additionalProperty?: string }).additionalProperty;
  return unknown === undefined ? places?.(steps) : places?.([...steps, unknown], 'name');
}

/**
 * Checks the content of a config file against the schema.
 * @param file its name, for messages
 * @param text its text, for positions in messages; optional
 * @throws UsageError that names the file, each key with its position, and the nearest known key for an unknown one
 */
export function checkConfig(content: unknown, file: string, text?: string): ConfigFile {
  const errors = errorsIn('config', content);
  if (errors.length === 0) return content as ConfigFile;
  // If no branch of a choice fits, the choice itself is reported, not each branch.
  const chosen = errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath);
  const reported = errors.filter(
    ({ keyword, instancePath }) => keyword === 'anyOf' || !chosen.some((path) => instancePath.startsWith(path)),
  );
  const places = text === undefined ? undefined : placesIn(text);
  const lines = reported.slice(0, MAX_PROBLEMS).map((error) => {
    const steps = stepsOfPointer(content, error.instancePath);
    return `${placeText(file, positionOf(error, steps, places))}: ${message(error, steps)}`;
  });
  const more = reported.length > MAX_PROBLEMS ? [`and ${reported.length - MAX_PROBLEMS} more`] : [];
  throw new UsageError([...new Set(lines), ...more].join('\n'));
}
