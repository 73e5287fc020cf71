import { misspeltVariables, VARIABLES } from '../../config/environment-variables';
import { listOptions } from '../../config/list-options';
import { resolver, type SourcedValue, type OptionSources } from '../../config/resolve-option';
import { runOptions, type Flags } from '../../config/run-options';
import { DEFAULTS, OPTIONS, type ConfigFile, type OptionDescription, type OptionKey } from '../../schemas/options';

const ALL = Object.entries<OptionDescription>(OPTIONS) as [OptionKey, OptionDescription][];

/** A text that a flag or a variable may set for an option, and its parsed value. */
function sample({ type, values = [], minimum = 0, example }: OptionDescription): { text: string; read: unknown } {
  if (type === 'integer') return { text: String(minimum + 1), read: minimum + 1 };
  if (type === 'enum') return { text: values[0] ?? '', read: values[0] };
  const text = typeof example === 'string' ? example : 'some text';
  return { text, read: text };
}

/** A config that sets only one option. */
function fileWith(key: string, value: unknown): ConfigFile {
  return key.split('.').reduceRight<unknown>((inner, step) => ({ [step]: inner }), value) as ConfigFile;
}

function given(key: OptionKey, sources: Partial<OptionSources>): SourcedValue<unknown> | undefined {
  return resolver({ flags: {}, env: {}, file: {}, ...sources })(key);
}

test.each(ALL)('%s: flag over environment over file over default, each with the name of its source', (key, option) => {
  const { flag, flagName, env, type } = option;
  const { text, read } = sample(option);
  const file = fileWith(key, 'of the file');
  const environment = env === undefined ? {} : { [env]: text };
  const flagged = type === 'boolean' ? true : type === 'array' ? [text] : text;
  const flags = (flagName === undefined ? {} : { [flagName]: flagged }) as Flags;
  const ofFile = { value: 'of the file', origin: { from: 'file', name: key } };
  const secret = type === 'token' || type === 'pem';
  const ofEnvironment =
    env === undefined ? ofFile : { value: secret ? { env } : read, origin: { from: 'environment', name: env } };
  const value = type === 'token' ? { file: text } : typeof flagged === 'string' ? read : flagged;
  const ofFlag = flag === undefined ? ofEnvironment : { value, origin: { from: 'flag', name: flag.split(' ')[0] } };
  expect(given(key, { flags, env: environment, file })).toEqual(ofFlag);
  expect(given(key, { env: environment, file })).toEqual(ofEnvironment);
  // A variable with an empty value counts as unset.
  expect(given(key, { env: env === undefined ? {} : { [env]: '' }, file })).toEqual(ofFile);
  const otherwise =
    'default' in option ? { value: option.default, origin: { from: 'default', name: 'default' } } : undefined;
  expect(given(key, {})).toEqual(otherwise);
});

test('the defaults are those of the options', () => {
  const said = ALL.filter(([, option]) => 'default' in option);
  expect(said.length).toBeGreaterThan(10);
  for (const [key, option] of said) {
    let at: unknown = DEFAULTS;
    for (const step of key.split('.')) at = (at as Record<string, unknown>)[step];
    expect([key, at]).toEqual([key, option.default]);
  }
});

test('a phone from the environment is checked like one from the config', async () => {
  const env = { INVITE_TARGET: 'http://h', INVITE_STATES: 'http://h/s', INVITE_PHONE: '0049 123' };
  await expect(runOptions({}, {}, env)).rejects.toThrow('INVITE_PHONE must be such as +12345678901; it is "0049 123"');
});

const CANARY = 'canary-0123456789abcdef';

test('options are listed with their sources, and without secrets', async () => {
  const flags: Flags = { target: 'http://h/v1.0', timeoutMs: '5000' };
  const env = { INVITE_TOKEN: CANARY, INVITE_STATES: `http://h/states?code=${CANARY}`, MINE: `${CANARY}-mine` };
  const file: ConfigFile = {
    tokens: { withoutPermission: { env: 'MINE' }, delegated: `${CANARY}-delegated` },
    provisioning: { calls: { groupCall: { secret: CANARY } } },
    quietMs: 7,
  };
  const options = await runOptions(file, flags, env);
  const listed = listOptions(resolver({ flags, env, file }), options, 'my.yaml');
  const lines = listed.map(({ key, value, origin }) => `${key} ${value} (${origin})`);
  expect(lines).toEqual(
    expect.arrayContaining([
      'target http://h/v1.0 (--target)',
      'tokens.valid set (INVITE_TOKEN)',
      'tokens.withoutPermission from the environment variable MINE (my.yaml)',
      'tokens.delegated set (my.yaml)',
      'provisioning.states http://h/states (INVITE_STATES)',
      'timeoutMs 5000 (--timeout-ms)',
      'quietMs 7 (my.yaml)',
      'concurrency 32 (default)',
    ]),
  );
  // Only one way of provisioning is used.
  expect(lines.filter((line) => line.startsWith('provisioning.'))).toHaveLength(1);
  expect(lines.join('\n')).not.toContain(CANARY);
});

test('a load run lists the concurrency that its rate requires', async () => {
  const flags: Flags = { load: 100, rate: 4000 };
  const options = await runOptions({}, flags, {});
  const listed = listOptions(resolver({ flags, env: {}, file: {} }), options, undefined);
  expect(listed).toContainEqual({ key: 'concurrency', value: '1000', origin: 'default' });
  expect(listed).toContainEqual({ key: 'target', value: 'started for this run', origin: 'the embedded mock' });
});

describe('an unused variable', () => {
  test.each([
    ['INVITE_TARGT', 'the suite does not read the environment variable INVITE_TARGT; did you mean INVITE_TARGET?'],
    ['invite_token', 'the suite does not read the environment variable invite_token; did you mean INVITE_TOKEN?'],
    [
      'INVITE_TLS_CERTS',
      'the suite does not read the environment variable INVITE_TLS_CERTS; did you mean INVITE_TLS_CERT?',
    ],
    [
      'INVITE_TIMEOUT_MS',
      'the suite does not read the environment variable INVITE_TIMEOUT_MS: use --timeout-ms, or timeoutMs in the config',
    ],
    [
      'INVITE_CALLBACK_PORT',
      'the suite does not read the environment variable INVITE_CALLBACK_PORT: use --callback-port, or callback.port in the config',
    ],
    [
      'INVITE_MAX_DIALS',
      'the suite does not read the environment variable INVITE_MAX_DIALS: use maxDials in the config',
    ],
  ])('%s is reported', (name, hint) => {
    expect(misspeltVariables({ [name]: CANARY }, {})).toEqual([hint]);
  });

  test('is not reported if it is used, named by the config, or similar to none', () => {
    const read = Object.fromEntries(VARIABLES.map((name) => [name, 'x']));
    expect(
      misspeltVariables({ ...read, PATH: '/bin', INVITE_SOMETHING_ELSE_ALTOGETHER: 'x', TARGET: 'x' }, {}),
    ).toEqual([]);
    expect(misspeltVariables({ INVITE_TOKEN2: 'x' }, { tokens: { valid: { env: 'INVITE_TOKEN2' } } })).toEqual([]);
    // The correct variable is set too.
    expect(misspeltVariables({ INVITE_TOKENS: 'x', INVITE_TOKEN: 'x' }, {})).toEqual([]);
  });
});
