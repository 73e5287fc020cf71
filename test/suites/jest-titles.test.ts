import { BEHAVIORS } from '../../behaviors/catalog';
import { gateText, skippedFor, type Known } from '../../suites/jest-titles';
import { runTime } from '../../suites/jest';
import { SCENARIOS } from '../../suites/scenarios';
import { findingOf, resultWith } from '../reporters/results';

const plain: Known = { gate: 'shown', absent: [], waivers: [] };

function skipped(id: string, scenario: string, known: Partial<Known>): string | undefined {
  const behavior = BEHAVIORS.find((one) => one.id === id);
  const found = SCENARIOS.find(({ name }) => name === scenario);
  if (!behavior || !found) throw new Error(`no ${id} in ${scenario}`);
  return skippedFor(behavior, found, { ...plain, ...known });
}

describe('a test is skipped, with the reason, where the options rule out that it says something', () => {
  const waiver = { behavior: 'response.location', reason: 'r', owner: 'Ada', expires: '2999-12-31' };
  test.each([
    ['response.location', 'single', {}, undefined],
    ['response.location', 'single', { selected: ['pstn'] }, 'not selected'],
    ['pstn.accepted', 'pstn', { absent: ['pstn'] }, 'not applicable: pstn declared absent'],
    ['response.location', 'single', { absent: ['pstn', 'replace'] }, undefined],
    ['refusal.error-body', 'request', {}, 'linked: not counted at gate shown'],
    ['refusal.error-body', 'request', { gate: 'linked' }, undefined],
    ['response.location', 'single', { waivers: [waiver] }, 'waived by Ada until 2999-12-31'],
    ['response.location', 'single', { waivers: [{ ...waiver, expires: '2000-01-01' }] }, undefined],
  ] as const)('%s in %s with %j: %s', (id, scenario, known, why) => {
    expect(skipped(id, scenario, known)).toBe(why);
  });
});

test('a closed gate says which behaviours close it and why, and what is waived', () => {
  const findings = [findingOf('seen')];
  const text = gateText(
    resultWith(
      {
        'response.location': { verdict: 'failed', findings },
        'response.location-operation': { verdict: 'untested', findings, waitsFor: ['response.location'] },
        'response.json': { verdict: 'waived', findings },
      },
      { exitCode: 1, remarks: ['the waiver of roster.joined is stale: the behaviour passes', 'other'] },
    ),
  );
  expect(text.split('\n')).toEqual([
    expect.stringMatching(
      /^the gate is closed: exit code 1: FAIL {2}1 behaviour failed, 1 not checked because of that;/,
    ),
    '  response.location failed: seen',
    '  untested: response.location-operation',
    '  the waiver of roster.joined is stale: the behaviour passes',
    '  waived: response.json',
  ]);
  const open = gateText(resultWith({ 'response.json': { verdict: 'untested', findings } }, { exitCode: 3 }));
  expect(open).toContain('exit code 3: INCOMPLETE  1 behaviour untested; ');
  expect(open).toContain('\n  response.json untested: seen');
  expect(gateText(resultWith({}, { exitCode: 130 }))).toContain('runTimeoutMs gives it more');
});

test('why a run stopped is told once by a closed gate, beside what failed before that', () => {
  const findings = [findingOf('the target stopped answering')];
  const stopped = { cause: 'unreachable' as const, exchange: 7, inFlight: ['single/one/1'], seen: 'ECONNREFUSED' };
  const text = gateText(
    resultWith(
      { 'response.json': { verdict: 'untested', findings }, 'response.location': { verdict: 'failed', findings } },
      { exitCode: 4, stopped },
    ),
  );
  expect(text.split('\n')).toEqual([
    expect.stringMatching(
      /^the gate is closed: exit code 4: STOPPED {2}the target stopped answering at exchange 7: ECONNREFUSED; in flight: single\/one\/1;/,
    ),
    '  response.location failed: the target stopped answering',
  ]);
});

test('the time of a run follows from its options, and runTimeoutMs sets it', () => {
  const options = { target: 'http://127.0.0.1:1', provisioning: { states: '/states' } };
  expect(runTime({ ...options, timeoutMs: 70_000 })).toBeGreaterThan(5 * 70_000);
  expect(runTime({ ...options, timeoutMs: 70_000 })).toBeGreaterThan(runTime(options));
  expect(runTime({ ...options, timeoutMs: 70_000, runTimeoutMs: 5_000 })).toBe(5_000);
  for (const runTimeoutMs of [0, -1, 1.5, Number.NaN, 2 ** 31]) {
    expect(() => runTime({ ...options, runTimeoutMs })).toThrow('runTimeoutMs must be a whole number of milliseconds');
  }
});
