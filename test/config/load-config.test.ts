import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findConfig, readConfig, unreadConfigs } from '../../config/load-config';
import { parseYaml } from '../../config/yaml';
import { loadWaivers } from '../../config/waivers-file';
import { UsageError } from '../../target/errors';
import { rejection } from '../support/rejection';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invite-conformance-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const refusal = async (asked: Promise<unknown>): Promise<string> => (await rejection(UsageError, asked)).message;

test.each([
  ['json', '{ "target": "http://x", "timeoutMs": 5 }'],
  ['yaml', '# a comment\ntarget: http://x\ntimeoutMs: 5\n'],
  ['yml', 'target: "http://x"\ntimeoutMs: 5\n'],
])('a config with a known name is found: %s', async (ending, content) => {
  const known = file(`invite-conformance.config.${ending}`, content);
  expect(findConfig(undefined, folder)).toBe(known);
  expect(await readConfig(known)).toEqual({ target: 'http://x', timeoutMs: 5 });
});

test('a folder without a config has none', () => {
  expect(findConfig(undefined, folder)).toBeUndefined();
});

test('a named config is used, whatever the folder contains', () => {
  file('invite-conformance.config.json', '{ "timeoutMs": 5 }');
  const named = file('other.yaml', 'timeoutMs: 6');
  expect(findConfig(named, folder)).toBe(named);
});

test('files that look like a config, and are not read, are told', () => {
  for (const name of ['.invite-conformance', 'invite-conformance.test.ts', 'package.json']) file(name, '');
  expect(unreadConfigs(undefined, folder)).toEqual([]);
  for (const name of ['invite-conformance.config.ts', '.invite-conformancerc', 'invite-conformance.yaml'])
    file(name, '');
  const names = 'invite-conformance.config.json or invite-conformance.config.yaml or invite-conformance.config.yml or';
  expect(unreadConfigs(undefined, folder).toSorted()).toEqual(
    ['.invite-conformancerc', 'invite-conformance.config.ts', 'invite-conformance.yaml'].map(
      (name) =>
        `the suite does not read ${name}: a config is named ${names} invite-conformance.config.mjs, or given by --config`,
    ),
  );
  const used = file('invite-conformance.config.json', '{}');
  expect(unreadConfigs(used, folder)).toContain(
    'the suite does not read invite-conformance.yaml, because it reads invite-conformance.config.json; --config names another',
  );
  expect(unreadConfigs(used, folder)).toHaveLength(3);
  expect(unreadConfigs(undefined, join(folder, 'none'))).toEqual([]);
});

test('an empty config sets no option', async () => {
  expect(await readConfig(file('empty.yaml', '# nothing\n'))).toEqual({});
  expect(await readConfig(file('empty.json', ''))).toEqual({});
});

test('a named config that is missing is an error with its name', async () => {
  const missing = join(folder, 'missing.json');
  expect(await refusal(readConfig(missing))).toBe(`can't read config ${missing}: the file does not exist (ENOENT)`);
  const module = join(folder, 'missing.mjs');
  expect(await refusal(readConfig(module))).toBe(`can't read config ${module}: the file does not exist (ENOENT)`);
});

test('a folder, and a damaged file, are errors with their name', async () => {
  const inner = join(folder, 'inner.json');
  mkdirSync(inner);
  expect(await refusal(readConfig(inner))).toContain(`can't read config ${inner}: it is a folder, not a regular file`);
  const damaged = file('damaged.json', '{ "target": ');
  expect(await refusal(readConfig(damaged))).toMatch(/damaged\.json can't be read: .* at line 1/);
  const tabs = file('tabs.yaml', 'tokens:\n\tvalid: x\n');
  expect(await refusal(readConfig(tabs))).toMatch(/tabs\.yaml can't be read: .* line 2/);
});

test('the content of a damaged file is not shown', async () => {
  const damaged = file('damaged.yaml', 'tokens: { valid: canary-secret, : : }\n  x: [');
  expect(await refusal(readConfig(damaged))).not.toContain('canary');
});

test.each(['c.ts', 'c.toml'])('a file that is neither YAML nor a module is refused by its ending: %s', async (name) => {
  expect(await refusal(readConfig(file(name, 'target = "http://x"')))).toContain(
    `${name}: a config is a .json, .yaml, .yml or .mjs file, not ${name.slice(1)}`,
  );
});

test('a duplicate key is refused', async () => {
  const twice = file('twice.yaml', 'timeoutMs: 5\ntimeoutMs: 6\n');
  expect(await refusal(readConfig(twice))).toMatch(/twice\.yaml can't be read: Map keys must be unique/);
});

test.each<[string, string, string[]]>([
  ['c.json', '{\n  "target": "http://x",\n  "timeoutMs": "5"\n}', ['3:16: timeoutMs must be integer; it is "5"']],
  [
    'c.yaml',
    'target: http://x\ntokens:\n  vaild: x\ngate: all\n',
    [
      '3:3: unknown key tokens.vaild; did you mean tokens.valid? Known: valid, withoutPermission, delegated',
      '4:7: gate must be one of stated, shown, linked; it is "all"',
    ],
  ],
  ['c.yml', '- a\n', ['1:1: a config is an object with keys such as target; this one is a list']],
])('forbidden content of a config is reported with its place: %s', async (name, content, said) => {
  const path = file(name, content);
  expect((await refusal(readConfig(path))).split('\n')).toEqual(said.map((one) => `${path}:${one}`));
});

test('of very many errors the first are reported, with the number of the others', async () => {
  const path = file('c.yaml', Array.from({ length: 5000 }, (_, i) => `k${i}: x`).join('\n'));
  const told = (await refusal(readConfig(path))).split('\n');
  expect([told.length, told.at(-1)]).toEqual([21, 'and 4980 more']);
});

test.each([
  ['a: 1\nb: !env NAME\n', 'Unresolved tag: !env at line 2, column 4; write the value without a tag (!…)'],
  ['a: !!js/function "() => 1"\n', 'Unresolved tag: tag:yaml.org,2002:js/function at line 1, column 4; write'],
  ['%canary\n---\na: 1\n', 'Unknown directive %canary at line 1, column 1'],
  ['a: !!timestamp 2021-02-16\n', 'it contains a Date; a value is text, a number, true, false, a list or a map'],
  ['a: !!set { b }\n', 'it contains a Set; a value'],
])('YAML can only make plain data: %j', (text, said) => {
  const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  expect(() => parseYaml(text, 'file')).toThrow(`file can't be read: ${said}`);
  expect(parseYaml('a: &x 1\nb: *x\n? [c]\n: 2\n', 'file')).toEqual({ a: 1, b: 1, '[ c ]': 2 });
  // A warning would show lines of the file, and so perhaps a secret.
  expect(warnings).not.toHaveBeenCalled();
});

test('waivers: each error is reported with its place', async () => {
  const path = file(
    'waivers.yaml',
    '- behavior: response.locatoin\n  reason: why\n  owner: me\n  expires: 2030-13-01\n',
  );
  expect(await refusal(loadWaivers(path))).toBe(
    `${path}:1:13: [0].behavior: no behaviour response.locatoin; did you mean response.location?\n` +
      `${path}:4:12: [0].expires: 2030-13-01 is not a date (YYYY-MM-DD)`,
  );
  const right = file('right.yaml', '- {behavior: response.location, reason: r, owner: o, expires: 2030-12-31}\n');
  expect(await loadWaivers(right)).toEqual([
    { behavior: 'response.location', reason: 'r', owner: 'o', expires: '2030-12-31' },
  ]);
  expect(await refusal(loadWaivers(join(folder, 'none.yaml')))).toContain("can't read waivers file");
  expect(await loadWaivers(undefined)).toEqual([]);
});
