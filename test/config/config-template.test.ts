import { parse } from 'yaml';
import { checkConfig } from '../../config/check-config';
import { runOptions } from '../../config/run-options';
import { checkAnswers, configTemplate, type Answers } from '../../config/config-template';
import { DEFAULTS, OPTIONS, type OptionDescription } from '../../schemas/options';
import { targeted } from '../support/options';

const LEAST: Answers = { target: 'http://localhost:8080/v1.0', tokenVariable: 'MY_TOKEN' };

test.each<[string, Answers]>([
  ['as little as may be', LEAST],
  ['everything', { ...LEAST, states: 'http://localhost:8080/_states', phone: '+12345678901' }],
  [
    'text that YAML would take for something else',
    { ...LEAST, target: "http://localhost/a: 'b", states: 'http://h/"?a: b' },
  ],
])('the config that init writes can be read and used: %s', async (_name, answers) => {
  const config = checkConfig(parse(configTemplate(answers)), 'x.yaml');
  expect(config.target).toBe(answers.target);
  expect(() => checkAnswers(answers)).not.toThrow();
  const options = targeted(await runOptions(config, {}, { MY_TOKEN: 'secret' }));
  expect(options.tokens).toEqual({ valid: 'secret' });
  expect(options.provisioning).toEqual(answers.states === undefined ? { calls: {} } : { states: answers.states });
  expect(options.capabilities.pstn).toBe(answers.phone !== undefined);
});

test('capabilities that the service lacks are declared absent', () => {
  const capabilities = (answers: Answers): unknown =>
    checkConfig(parse(configTemplate(answers)), 'x.yaml').capabilities;
  const served = { ...LEAST, states: 'http://localhost:8080/_states' };
  const all = { pstn: true, replace: true, multiple: true, failure: true, move: true };
  expect(capabilities({ ...served, phone: '+12345678901' })).toEqual(all);
  expect(capabilities(served)).toEqual({ ...all, pstn: false });
  expect(capabilities(LEAST)).toEqual({ ...all, pstn: false, failure: false });
  const without = ['replace', 'multiple', 'pstn'];
  expect(capabilities({ ...served, without })).toEqual({ ...all, pstn: false, replace: false, multiple: false });
});

test.each<[Partial<Answers>, string]>([
  [
    { without: ['replce'] },
    '--without: unknown capability "replce"; did you mean replace? Known: pstn, replace, multiple, failure',
  ],
  [{ without: ['pstn'], phone: '+12345678901' }, '--phone and --without pstn'],
])('%j is refused before anything is written', (given, message) => {
  expect(() => checkAnswers({ ...LEAST, ...given })).toThrow(message);
});

test('the tokens in the config are those of the default environment variables', async () => {
  const env = { INVITE_TOKEN: 'one', INVITE_TOKEN_WITHOUT_PERMISSION: 'two', INVITE_TOKEN_DELEGATED: 'three' };
  const text = configTemplate({ ...LEAST, tokenVariable: 'INVITE_TOKEN' });
  for (const name of Object.keys(env)) expect(text).toMatch(new RegExp(`\\b${name}\\b`));
  const { tokens } = targeted(await runOptions(checkConfig(parse(text), 'x.yaml'), {}, env));
  expect(tokens).toEqual({ valid: 'one', withoutPermission: 'two', delegated: 'three' });
});

test('it contains every option; without the comment marks the examples are a valid config', () => {
  const text = configTemplate({ ...LEAST, target: 'https://h/v1.0', states: 'https://h/s', phone: '+12345678901' });
  const named = Object.entries<OptionDescription>(OPTIONS).flatMap(([key, { env }]) => [
    `${key.split('.').at(-1)}:`,
    ...(env === undefined ? [] : [`(${env})`]),
  ]);
  expect(named.filter((name) => !text.includes(name))).toEqual([]);
  const whole = text
    .split('\n')
    // Only one way of provisioning is allowed.
    .filter((line) => !/^ {2}# (calls|static): /.test(line))
    .map((line) => line.replace(/^( *)# (?=(  )?[a-z]\w*:( |$))/, '$1'))
    .join('\n');
  const config = checkConfig(parse(whole), 'x.yaml', whole);
  expect(Object.keys(config)).toEqual([...new Set(Object.keys(OPTIONS).map((key) => key.split('.')[0]))]);
  expect(config).toMatchObject(DEFAULTS);
});
