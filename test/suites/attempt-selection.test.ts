import { catalogOf } from '../../behaviors/catalog';
import { EDITIONS, type Edition } from '../../behaviors/edition';
import { DEFAULTS } from '../../schemas/options';
import { SCENARIOS, scenariosOf } from '../../suites/scenarios';
import { attemptsFor, scheduledAttempts } from '../../suites/attempt-selection';

const NAMES = new Map(
  SCENARIOS.flatMap(({ name, attempts }) => attempts.map((attempt) => [attempt, `${name}/${attempt.name}`])),
);

const namesFor = (...behaviors: string[]): string[] =>
  [...attemptsFor(SCENARIOS, behaviors)].map((attempt) => NAMES.get(attempt) ?? '');

const EVERY = EDITIONS.flatMap((edition) =>
  catalogOf(edition).behaviors.map(({ id }): [string, Edition] => [id, edition]),
);

test.each(EVERY)('%s (%s) needs all attempts that try it, and a plain invitation as a control', (id, edition) => {
  const scenarios = scenariosOf(edition);
  const needed = attemptsFor(scenarios, [id]);
  const trying = scenarios.flatMap(({ attempts }) => attempts).filter(({ tries }) => tries.includes(id));
  expect(trying.length).toBeGreaterThan(0);
  for (const attempt of trying) expect(needed.has(attempt)).toBe(true);
  expect([...needed].some(({ tries }) => tries.includes('request.route'))).toBe(true);
  // Few attempts are only controls.
  expect(needed.size - trying.length).toBeLessThan(5);
});

test('a refusal needs accepted invitations of the same scenario as controls', () => {
  expect(namesFor('request.client-context-over-limit')).toEqual(['request/context-257', 'single/one']);
  expect(namesFor('pstn.number-required')).toEqual(['pstn/no-number', 'single/one', 'pstn/phone']);
  expect(namesFor('multiple.six-refused')).toEqual(expect.arrayContaining(['single/one', 'multiple/two']));
});

test('no behaviour needs no attempt', () => {
  expect(namesFor()).toEqual([]);
});

test('the plan names the attempts that are left out, and the behaviours that the others try', () => {
  const options = { ...DEFAULTS, provisioning: { states: '' }, behaviors: ['pstn.number-required'] };
  const plan = scheduledAttempts(options).map((one) => one.plan);
  const made = plan.filter(({ notSelected }) => notSelected !== true);
  expect(made.map(({ scenario, attempt, asked }) => [`${scenario}/${attempt}`, asked])).toEqual([
    ['single/one', []],
    ['pstn/phone', []],
    ['pstn/no-number', ['pstn.number-required']],
  ]);
  expect(plan).toHaveLength(NAMES.size);
});
