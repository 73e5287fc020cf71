import type { ErrorObject } from 'ajv/dist/2020';
import { UsageError } from '../common/errors';
import { stepsOfPointer, type Step } from '../common/json-path';
import { placesIn, placeText, type Places, type Position } from '../common/text-positions';
import { isUnmistakable } from '../history/secrets';
import { didYouMean, nearestName } from '../common/nearest-name';
import schema from '../schemas/config.schema.json';
import type { ConfigFile } from '../schemas/options';
import { errorsIn } from '../schemas/own-files';

/** A key as it is written in messages: `provisioning.static.peerToPeerCall.0.callId`. */
function keyOf(steps: readonly Step[]): string {
  return steps.join('.');
}

/** What may stand where an unknown key was found. */
function knownAt(error: ErrorObject): string[] {
  const parent: unknown = error.parentSchema;
  const properties = typeof parent === 'object' && parent !== null && 'properties' in parent ? parent.properties : {};
  return Object.keys(properties as object).filter((key) => key !== '$schema');
}

/** The path of a key that stands deeper in a config, such as provisioning.states for states. */
function deeper(key: string, at: unknown = schema, path: readonly string[] = []): string | undefined {
  const { properties = {} } = at as { properties?: Record<string, unknown> };
  for (const [name, inner] of Object.entries(properties)) {
    if (path.length > 0 && name.toLowerCase() === key.toLowerCase()) return [...path, name].join('.');
    const found = deeper(key, inner, [...path, name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A value as it may be shown: where a token or anything else may stand, its type alone. */
function seen(value: unknown, key: string): string {
  if (key !== '' && key !== 'tokens' && key !== 'tls') return JSON.stringify(value)?.slice(0, 80) ?? 'nothing';
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
}

/** An unknown key as it may be shown: a token or a private key may have been written where its name belongs. */
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
    // A key in its right place but for the indentation is likelier than a misspelt one.
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
  if (key === 'invitees.phone' && typeof error.data === 'number') {
    return `${key} must be a string: write it in quotes: "+${Math.abs(error.data)}"`;
  }
  if (/^tls\.(cert|key|ca)$/.test(key))
    return `${key} must be {file: PATH of a PEM file} or {env: NAME of a variable with the PEM text}`;
  if (/^tokens\.\w+$/.test(key)) return `${key} must be a string, or one of {env}, {file}, {command: [argv…]}`;
  return `${key === '' ? 'it' : key} ${error.message ?? 'is not allowed'}; it is ${found}`;
}

/** How many errors of a file are reported. */
const MOST_TOLD = 20;

/** Where the value stands that an error is about; of an unknown key, the key. */
function positionOf(error: ErrorObject, steps: readonly Step[], places: Places | undefined): Position | undefined {
  const unknown = (error.params as { additionalProperty?: string }).additionalProperty;
  return unknown === undefined ? places?.(steps) : places?.([...steps, unknown], 'name');
}

/**
 * Checks a config file's content against its schema.
 * @param file its name, for messages
 * @param text its text, for the places of what is wrong; absent: they are not told
 * @throws UsageError that names the file, each key with its place, and for an unknown one the nearest known
 */
export function checkConfig(content: unknown, file: string, text?: string): ConfigFile {
  const errors = errorsIn('config', content);
  if (errors.length === 0) return content as ConfigFile;
  // If no branch of a choice fits, the choice itself is reported, not each branch.
  const chosen = errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath);
  const told = errors.filter(
    ({ keyword, instancePath }) => keyword === 'anyOf' || !chosen.some((path) => instancePath.startsWith(path)),
  );
  const places = text === undefined ? undefined : placesIn(text);
  const lines = told.slice(0, MOST_TOLD).map((error) => {
    const steps = stepsOfPointer(content, error.instancePath);
    return `${placeText(file, positionOf(error, steps, places))}: ${message(error, steps)}`;
  });
  const more = told.length > MOST_TOLD ? [`and ${told.length - MOST_TOLD} more`] : [];
  throw new UsageError([...new Set(lines), ...more].join('\n'));
}
