import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { schemaNames, schemas } from '../../schemas';
import configSchema from '../../schemas/config.schema.json';
import { errorsIn, faultIn, type OwnFile } from '../../schemas/own-files';
import { validatorOf } from '../../schemas/validator';
import { samples } from './samples';

const ANNOTATIONS = ['x-expected', 'tsType', 'x-env', 'x-flag', 'x-flag-description'];

function compiled(allErrors: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    allErrors,
    allowUnionTypes: true,
    verbose: true,
    ownProperties: true,
    inlineRefs: false,
  });
  addFormats(ajv);
  ajv.addVocabulary(ANNOTATIONS);
  for (const schema of Object.values(schemas)) ajv.addSchema(schema);
  return ajv;
}

const ODD: unknown[] = [null, undefined, 7, 'text', [], {}, [[]], { participants: [7] }, { value: [{}] }, { state: 1 }];

test.each(schemaNames)('%s: the generated validator finds the same as one compiled now', (name) => {
  for (const thoroughness of ['all', 'first'] as const) {
    const now = compiled(thoroughness === 'all').getSchema(schemas[name].$id);
    const generated = validatorOf(name, thoroughness);
    for (const value of [...ODD, ...Object.values(samples)]) {
      expect(generated(value)).toBe(now?.(value));
      expect(generated.errors ?? []).toEqual(now?.errors ?? []);
    }
  }
});

test('the same holds for a config', () => {
  const ajv = compiled(true);
  const now = ajv.compile(configSchema);
  for (const value of [
    ...ODD,
    { tarjet: 1, timeoutMs: 'x' },
    { provisioning: {} },
    { tokens: { valid: { file: 7 } } },
  ]) {
    expect([now(value), errorsIn('config', value)]).toEqual([errorsIn('config', value).length === 0, now.errors ?? []]);
  }
});

test('a command loads no compiler, and compiles nothing when it runs', () => {
  jest.isolateModules(() => {
    const compilers = ['ajv', 'ajv/dist/2020', 'ajv/dist/core', 'ajv-formats'];
    for (const name of compilers) {
      jest.doMock(name, () => {
        throw new Error(`${name} was loaded`);
      });
    }
    const { check } = require('../../schemas') as typeof import('../../schemas');
    expect(check('identity', 7)).toHaveLength(1);
    const files = require('../../schemas/own-files') as typeof import('../../schemas/own-files');
    for (const file of ['config', 'waivers', 'history', 'result'] satisfies OwnFile[]) {
      expect([file, files.errorsIn(file, 7).length]).toEqual([file, 1]);
    }
    for (const name of compilers) jest.dontMock(name);
  });
});

/** The result of a contract's interaction in a history. */
const CONTRACT = {
  kind: 'contract',
  n: 1,
  scenario: 'contracts',
  attempt: 'a',
  at: 1,
  result: 'failed',
  behaviors: [],
  mismatches: [],
};

test.each<[OwnFile, unknown, string, (string | number)[]]>([
  ['history', { kind: 'exchnge', n: 1 }, '$.kind is unknown; did you mean exchange? (header, ', ['kind']],
  ['history', { kind: 'surprise', n: 1 }, '$.kind is unknown (header, ', ['kind']],
  ['result', { formatVersion: 3 }, '$.suite is missing', []],
  ['history', { ...CONTRACT, result: 'passd' }, 'did you mean passed?', ['result']],
  ['history', { ...CONTRACT, mismatches: [{ part: 'bdy' }] }, 'did you mean body?', ['mismatches', 0, 'part']],
])('an error in a file is reported with what is allowed and the nearest: %s %j', (file, value, text, steps) => {
  const fault = faultIn(file, value);
  expect(fault?.text).toContain(text);
  expect(fault?.steps).toEqual(steps);
});
