import { parse } from 'yaml';
import { checkConfig } from '../../config/check';
import { runOptions } from '../../config/settings';
import { configTemplate, type Answers } from '../../config/template';
import { SCENARIOS } from '../../suites/scenarios';

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
  const { access, settings } = await runOptions(config, {}, { MY_TOKEN: 'secret' }, SCENARIOS);
  expect(access?.tokens).toEqual({ valid: 'secret' });
  expect(access?.provisioning).toEqual(answers.states === undefined ? { calls: {} } : { states: answers.states });
  expect(settings.capabilities.pstn).toBe(answers.phone !== undefined);
});
