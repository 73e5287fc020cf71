import Ajv2020 from 'ajv/dist/2020';
import { type SchemaName, schemaNames, schemas } from '../../schemas';

const SOURCE = /^(page: lines? \d+([-,] ?\d+)*|linked: \w+|metadata)/;
const AVOIDED = [
  'prefixItems',
  '$anchor',
  '$dynamicRef',
  'unevaluatedProperties',
  'unevaluatedItems',
  'additionalProperties',
];

/** Every object within a schema, with its JSON pointer. */
function* parts(node: unknown, pointer = ''): Generator<[pointer: string, part: Record<string, unknown>]> {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) yield [pointer, node as Record<string, unknown>];
  for (const [key, child] of Object.entries(node)) yield* parts(child, `${pointer}/${key}`);
}

describe.each(schemaNames)('%s.schema.json', (name: SchemaName) => {
  const schema = schemas[name];
  const all = [...parts(schema)];

  test('is valid draft 2020-12 and says so', () => {
    const ajv = new Ajv2020();
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(ajv.validateSchema(schema)).toBe(true);
  });

  test('has the id of its file, and its resource as its title', () => {
    expect(schema.$id).toBe(`https://invite-conformance.dev/schemas/${name}.schema.json`);
    expect(schema.title.toLowerCase()).toBe(name.replaceAll('-', ''));
  });

  test('describes each property and names its source', () => {
    const properties = all.filter(([pointer]) => /\/properties\/[^/]+$/.test(pointer));
    expect(properties.length).toBeGreaterThan(0);
    for (const [pointer, property] of properties) {
      if (pointer.includes('/items/')) continue;
      expect([pointer, property['description']]).toEqual([pointer, expect.stringMatching(/\.$/)]);
      expect([pointer, property['$comment']]).toEqual([pointer, expect.stringMatching(SOURCE)]);
    }
  });

  test('uses only keywords that every tool supports, and allows unknown properties', () => {
    const keys = new Set(all.flatMap(([, part]) => Object.keys(part)));
    expect(AVOIDED.filter((keyword) => keys.has(keyword))).toEqual([]);
  });

  test('refers only to files of the folder', () => {
    const files = schemaNames.map((other) => `${other}.schema.json`);
    const refs = all.flatMap(([, part]) => ('$ref' in part ? [part['$ref']] : []));
    expect(files).toEqual(expect.arrayContaining(refs));
  });

  // The validator's messages rely on it.
  test('uses alternatives only for "this or null"', () => {
    const alternatives = all.flatMap(([, part]) => ('anyOf' in part ? [part['anyOf']] : []));
    const orNull = [{ $ref: expect.stringMatching(/\.schema\.json$/) as string }, { type: 'null' }];
    expect(alternatives).toEqual(alternatives.map(() => orNull));
    const keys = new Set(all.flatMap(([, part]) => Object.keys(part)));
    expect(['oneOf', 'allOf', 'not', 'if'].filter((keyword) => keys.has(keyword))).toEqual([]);
  });

  // Otherwise a misspelt name in the list of required properties would have no effect.
  test('describes what it requires', () => {
    for (const [, part] of all) {
      const required = (part['required'] ?? []) as string[];
      expect(Object.keys(part['properties'] ?? {})).toEqual(expect.arrayContaining(required));
    }
  });
});
