import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigFile } from '../../schemas/options';
import { runOptions, type Flags, type ResolvedOptions } from '../../config/run-options';
import { UsageError } from '../../target/errors';
import { targeted } from '../support/options';
import { rejection } from '../support/rejection';

const FLAG = 'http://flag.example';
const VARIABLE = 'http://variable.example';
const FILE = 'http://file.example';
const STATES = 'http://states.example/states';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'invite-conformance-'));
  writeFileSync(join(folder, 'token'), 'token-of-flag\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function options(file: ConfigFile, flags: Flags = {}, env: NodeJS.ProcessEnv = {}): Promise<ResolvedOptions> {
  return runOptions(file, flags, env);
}

async function refusal(file: ConfigFile, flags: Flags = {}, env: NodeJS.ProcessEnv = {}): Promise<string> {
  return (await rejection(UsageError, () => options(file, flags, env))).message;
}

test('without options, the embedded mock is judged with the defaults', async () => {
  expect(await options({})).toEqual({
    callback: { host: '127.0.0.1', port: 0 },
    capabilities: { pstn: true, replace: true, multiple: true, failure: true, move: true },
    edition: '2021-02-16',
    deltaParticipants: false,
    timeoutMs: 10_000,
    quietMs: 500,
    concurrency: 32,
    maxDials: 4,
    contracts: true,
    pacts: [],
    bail: false,
    gate: 'shown',
    allowUntested: false,
    waivers: [],
    reports: ['console'],
    out: '.invite-conformance',
  });
});

const file: ConfigFile = { target: FILE, provisioning: { states: `${FILE}/s` }, callback: { url: `${FILE}/c` } };
const flags: Flags = { target: FLAG, states: `${FLAG}/s`, callbackUrl: `${FLAG}/c` };
const env = { INVITE_TARGET: VARIABLE, INVITE_STATES: `${VARIABLE}/s`, INVITE_CALLBACK_URL: `${VARIABLE}/c` };

test.each([
  ['flag over environment over file', flags, env, FLAG],
  ['environment over file', {}, env, VARIABLE],
  ['file', {}, {}, FILE],
  ['a variable set to nothing is not set', {}, { INVITE_TARGET: '', INVITE_STATES: '', INVITE_CALLBACK_URL: '' }, FILE],
])('precedence of URLs: %s', async (_name, given, environment, origin) => {
  expect(await options(file, given, environment)).toMatchObject({
    target: origin,
    provisioning: { states: `${origin}/s` },
    callback: { url: `${origin}/c` },
  });
});

test('precedence of the gate, and of options without a variable', async () => {
  const said: ConfigFile = {
    gate: 'linked',
    scenarios: ['single'],
    allowUntested: true,
    reports: ['json'],
    out: 'a',
    timeoutMs: 1,
    quietMs: 2,
    concurrency: 3,
    callback: { host: '127.0.0.2', port: 4 },
    capabilities: { pstn: false },
  };
  expect(await options(said)).toMatchObject({
    gate: 'linked',
    allowUntested: true,
    reports: ['json'],
    out: 'a',
    scenarios: ['single'],
    contracts: false,
    timeoutMs: 1,
    quietMs: 2,
    concurrency: 3,
    callback: { host: '127.0.0.2', port: 4 },
    capabilities: { pstn: false, replace: true, multiple: true, failure: true, move: true },
  });
  expect((await options(said, {}, { INVITE_GATE: 'stated' })).gate).toBe('stated');
  expect((await options(said, {}, { INVITE_GATE: '' })).gate).toBe('linked');
  const over: Flags = {
    gate: 'shown',
    scenario: ['pstn', 'replace'],
    report: ['console'],
    out: 'b',
    timeoutMs: '10',
    quietMs: '0',
    concurrency: '30',
    callbackHost: '::1',
    callbackPort: '40',
  };
  expect(await options(said, over, { INVITE_GATE: 'stated' })).toMatchObject({
    gate: 'shown',
    reports: ['console'],
    out: 'b',
    scenarios: ['pstn', 'replace'],
    timeoutMs: 10,
    quietMs: 0,
    concurrency: 30,
    callback: { host: '::1', port: 40 },
  });
});

test('precedence of tokens', async () => {
  const with3: ConfigFile = {
    ...file,
    tokens: { valid: 'token-of-file', withoutPermission: { env: 'MINE' }, delegated: 'delegated-of-file' },
  };
  const environment = {
    INVITE_TOKEN: 'token-of-variable',
    INVITE_TOKEN_WITHOUT_PERMISSION: 'without-of-variable',
    INVITE_TOKEN_DELEGATED: '',
    MINE: 'without-of-file',
  };
  const tokenFile = join(folder, 'token');
  const tokens = async (given: Flags, variables: NodeJS.ProcessEnv): Promise<unknown> =>
    targeted(await options(with3, given, variables)).tokens;
  expect(await tokens({ tokenFile }, environment)).toEqual({
    valid: 'token-of-flag',
    withoutPermission: 'without-of-variable',
    delegated: 'delegated-of-file',
  });
  expect(await tokens({}, environment)).toMatchObject({ valid: 'token-of-variable' });
  expect(await tokens({}, { MINE: 'm' })).toMatchObject({ valid: 'token-of-file', withoutPermission: 'm' });
  expect(targeted(await options(file)).tokens).toEqual({});
});

test('an invalid token is reported with the name of its source, without the token', async () => {
  expect(await refusal(file, {}, { INVITE_TOKEN: 'canary token' })).toBe(
    "INVITE_TOKEN: the token contains characters that a header can't contain",
  );
  expect(await refusal(file, { tokenFile: join(folder, 'none') })).toContain(`--token-file: can't read the token file`);
  expect(await refusal({ ...file, tokens: { delegated: { env: 'NOT_SET' } } })).toBe(
    'tokens.delegated: the environment variable NOT_SET is not set',
  );
});

test('two tokens that are the same are refused, and not shown', async () => {
  const tokens = { valid: 'token-of-file', delegated: 'token-of-file' };
  expect(await refusal({ ...file, tokens })).toBe(
    'tokens.delegated is the same token as tokens.valid: a service that is right would fail; give another token, or leave it out',
  );
  const environment = { INVITE_TOKEN: 'canary-token', INVITE_TOKEN_WITHOUT_PERMISSION: 'canary-token' };
  const said = await refusal(file, {}, environment);
  expect(said).toMatch(/^INVITE_TOKEN_WITHOUT_PERMISSION is the same token as tokens\.valid: /);
  expect(said).not.toContain('canary');
});

test('an empty name of the output folder is refused', async () => {
  expect(await refusal(file, { out: '' })).toBe('--out must be the name of a folder; it is empty');
});

test('every way of provisioning is accepted; flags and environment set states', async () => {
  const target = FILE;
  const taken = async (provisioning: ConfigFile['provisioning'] & object, given: Flags = {}): Promise<unknown> =>
    targeted(await options({ target, provisioning }, given)).provisioning;
  expect(await taken({ calls: {} })).toEqual({ calls: {} });
  const fixed = { static: { groupCall: 'g' } };
  expect(await taken(fixed)).toEqual(fixed);
  expect(await taken(fixed, { states: STATES })).toEqual({ states: STATES });
  expect(await refusal({ target })).toMatch(/^the suite needs a way to get calls of the target: give --states URL/);
});

test.each<[string, ConfigFile, Flags, NodeJS.ProcessEnv, string]>([
  ['a states flag', {}, { states: STATES }, {}, '--states'],
  ['a states variable', {}, {}, { INVITE_STATES: STATES }, 'INVITE_STATES'],
  ['states in the config', { provisioning: { states: STATES } }, {}, {}, 'provisioning.states'],
  ['calls in the config', { provisioning: { calls: {} } }, {}, {}, 'provisioning'],
  ['a token file', {}, { tokenFile: 'x' }, {}, '--token-file'],
])(
  '%s without a target is refused, and the mock is not judged instead',
  async (_name, said, given, environment, name) => {
    expect(await refusal(said, given, environment)).toBe(
      `${name} without a target: give --target URL or INVITE_TARGET`,
    );
  },
);

test.each(['localhost:8080', 'x', '', '/v1.0', 'ftp://host/', 'file:///etc', 'http://', 'javascript:alert(1)'])(
  'a target that is not an http or https URL is refused: %s',
  async (target) => {
    expect(await refusal({}, { target, states: STATES })).toMatch(
      /^--target must be (a URL such as|an http or https URL)/,
    );
    expect(await refusal({ target, provisioning: { states: STATES } })).toMatch(/^target must be/);
  },
);

test.each([
  'http://canary:canary@host/v1.0',
  'http://canary@host',
  'ftp://u:canary@host',
  'u:canary@host',
  'http://u:canary@ho st',
])('a URL with a user name or a password is refused, and not shown: %s', async (url) => {
  const said = await Promise.all([
    refusal({}, { target: url, states: STATES }),
    refusal({}, { target: FLAG, states: url }),
    refusal({}, {}, { INVITE_TARGET: url, INVITE_STATES: STATES }),
    refusal({ target: FLAG, provisioning: { states: url } }),
    refusal({ callback: { url } }),
  ]);
  expect(said.map((text) => text.split(' ')[0])).toEqual([
    '--target',
    '--states',
    'INVITE_TARGET',
    'provisioning.states',
    'callback.url',
  ]);
  expect(said.join()).not.toContain('canary');
});

test('slashes at the end of a URL are removed', async () => {
  expect(await options({}, { target: `${FLAG}/v1.0//`, states: `${STATES}/` })).toMatchObject({
    target: `${FLAG}/v1.0`,
    provisioning: { states: STATES },
  });
});

test.each<[Flags, string]>([
  [{ timeoutMs: '0' }, '--timeout-ms must be a whole number from 1 to 600000; it is "0"'],
  [{ timeoutMs: '1e3' }, '--timeout-ms must be a whole number'],
  [{ timeoutMs: '-5' }, '--timeout-ms must be a whole number'],
  [{ timeoutMs: '' }, '--timeout-ms must be a whole number'],
  [{ quietMs: '60001' }, '--quiet-ms must be a whole number from 0 to 60000'],
  [{ concurrency: '0' }, '--concurrency must be a whole number from 1 to 1000'],
  [{ callbackPort: '65536' }, '--callback-port must be a whole number from 0 to 65535'],
  [{ gate: 'staded' }, '--gate: no "staded"; did you mean stated? Known: stated, shown, linked'],
  [{ scenario: ['single', 'pstm'] }, '--scenario: no "pstm"; did you mean pstn?'],
])('an invalid flag is refused with its name: %j', async (given, said) => {
  expect(await refusal({}, given)).toContain(said);
});

test('an invalid value of a variable, or of the file, is refused with its name', async () => {
  expect(await refusal({}, {}, { INVITE_GATE: 'al' })).toMatch(/^INVITE_GATE: no "al"/);
  expect(await refusal({ scenarios: ['sinlge'] })).toMatch(/^scenarios: no "sinlge"; did you mean single\?/);
});

test('a phone comes from the environment or the config, and is dialled only with permission', async () => {
  const phoned: ConfigFile = { ...file, invitees: { phone: '+10000000001', users: ['a'] } };
  expect(await options(phoned)).toMatchObject({
    invitees: { phone: '+10000000001', users: ['a'] },
    allowPstn: false,
  });
  expect(await options(phoned, { allowPstn: true }, { INVITE_PHONE: '+10000000002' })).toMatchObject({
    invitees: { phone: '+10000000002', users: ['a'] },
    allowPstn: true,
  });
  expect(await options({ ...phoned, allowPstn: true })).toMatchObject({ allowPstn: true });
});

test.each<[string, ConfigFile, Flags, boolean]>([
  ['nothing', {}, {}, true],
  ['--no-contracts', {}, { contracts: false }, false],
  ['scenarios', { scenarios: ['single'] }, {}, false],
  ['behaviours', {}, { behavior: ['request.route'] }, false],
  ['scenarios and a pact', {}, { scenario: ['single'], pact: ['pact.json'] }, true],
  ['scenarios and contracts', {}, { scenario: ['single'], contracts: true }, true],
  ['a load run', {}, { load: 8 }, false],
  ['a load run and a pact', {}, { load: 8, pact: ['pact.json'] }, false],
])('whether contracts are verified with %s', async (_name, said, given, contracts) => {
  expect((await options(said, given)).contracts).toBe(contracts);
});
