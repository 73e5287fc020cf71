import { type SchemaName, type Violation, check, schemaNames, schemas } from '../../schemas';
import { memberPath } from '../../common/json-path';
import { samples } from './samples';

interface ObjectSchema {
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, object>>;
}

const objectSchema = (name: SchemaName): ObjectSchema => schemas[name];

const properties = schemaNames.flatMap((name) => {
  const { required = [], properties: described } = objectSchema(name);
  return Object.keys(described).map((property) => ({ name, property, required: required.includes(property) }));
});

function without(sample: object, property: string): object {
  return Object.fromEntries(Object.entries(sample).filter(([key]) => key !== property));
}

const whereAndWhat = ({ path, expected }: Violation) => ({ path, expected });

test.each(schemaNames)('the sample of %s satisfies it and has every property', (name) => {
  expect(check(name, samples[name])).toEqual([]);
  expect(Object.keys(samples[name]).toSorted()).toEqual(Object.keys(objectSchema(name).properties).toSorted());
});

test.each(properties.filter(({ required }) => !required))('$name: $property may be null or absent', (row) => {
  const sample = samples[row.name];
  expect(check(row.name, { ...sample, [row.property]: null })).toEqual([]);
  expect(check(row.name, without(sample, row.property))).toEqual([]);
});

test.each(properties.filter(({ required }) => required))('$name: $property may be neither null nor absent', (row) => {
  const sample = samples[row.name];
  const asNull = check(row.name, { ...sample, [row.property]: null });
  const absent = check(row.name, without(sample, row.property));
  expect(asNull.map(whereAndWhat)).toEqual(absent.map(whereAndWhat));
  expect(asNull).toMatchObject([{ path: memberPath('$', row.property), found: 'null' }]);
  expect(absent).toMatchObject([{ found: expect.stringMatching(/^absent \(/) as string }]);
});

test.each(schemaNames)('%s allows properties that it does not describe', (name) => {
  expect(check(name, { ...samples[name], rosterSequenceNumber: 1, '@odata.context': [{}], '': null })).toEqual([]);
});

test.each(schemaNames)('%s refuses a value that is not an object', (name) => {
  for (const value of [null, undefined, [], 'text', 0, true]) {
    expect(check(name, value)).toMatchObject([{ path: '$', expected: expect.stringMatching(/ object$/) as string }]);
  }
});
