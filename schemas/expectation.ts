import { schemas } from './resource-schemas';

/** The parts of a schema from which an expectation is worded. */
interface Described {
  readonly 'x-expected'?: string;
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Described[];
  readonly $ref?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Described>>;
}

/**
 * Describes in words what a schema allows, such as `a non-empty string` or `an identitySet object, or null`.
 *
 * @param schema a schema of this folder, or a part of one; its `x-expected` takes precedence
 * @returns a text that can follow "must be"
 */
export function expectation(schema: unknown): string {
  const described = schema as Described;
  if (described['x-expected'] !== undefined) return described['x-expected'];
  if (described.$ref !== undefined) return expectation(target(described.$ref));
  if (described.anyOf !== undefined) return oneOf(described.anyOf.map((branch) => expectation(branch)));
  if (described.const !== undefined) return JSON.stringify(described.const);
  if (described.enum !== undefined) return oneOf(described.enum.map((member) => JSON.stringify(member)));
  return oneOf([described.type ?? []].flat().map((type) => ofType(type, described)));
}

/**
 * Describes in words what a schema allows for one member of an object.
 *
 * @param schema the object's schema
 * @param name the member's name, one of its `properties`
 * @returns a text that can follow "must be"
 */
export function memberExpectation(schema: unknown, name: string): string {
  return expectation((schema as Described).properties?.[name] ?? {});
}

/** The schema that a `$ref` names by its file. */
function target(ref: string): unknown {
  return Object.values(schemas).find((schema) => schema.$id.endsWith(`/${ref}`));
}

function ofType(type: string, described: Described): string {
  if (type === 'string') return ofString(described);
  if (type === 'array') {
    return described.minItems === undefined ? 'an array' : `an array of ${described.minItems} or more`;
  }
  if (type === 'object') return ofObject(described);
  if (type === 'null') return 'null';
  return withArticle(type);
}

function ofString({ minLength, maxLength }: Described): string {
  if (maxLength !== undefined) return `a string of at most ${maxLength} characters`;
  return minLength === undefined ? 'a string' : 'a non-empty string';
}

function ofObject({ title }: Described): string {
  return title === undefined
    ? 'an object'
    : `${withArticle(title.replace(/^[A-Z]+/, (capitals) => capitals.toLowerCase()))} object`;
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** `a`, `a or b`, `a, b or c`. */
function oneOf(choices: readonly string[]): string {
  const last = choices.at(-1) ?? 'something else';
  return choices.length < 2 ? last : `${choices.slice(0, -1).join(', ')} or ${last}`;
}
