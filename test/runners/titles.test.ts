import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BEHAVIORS } from '../../behaviors/catalog';
import { behaviorText, gateText } from '../../reporters/test-messages';
import { conformance } from '../../runners/conformance';
import { runTimeLimit } from '../../runners/timed-run';
import type { Runner } from '../../runners/runner';
import { skippedFor, type KnownOptions } from '../../runners/skipped-tests';
import { DEFAULTS } from '../../schemas/options';
import { SCENARIOS } from '../../suites/scenarios';
import type { BehaviorResult } from '../../verdicts/result';
import { findingOf, reasonsOf, resultWith } from '../reporters/results';

const plain: KnownOptions = { gate: 'shown', capabilities: DEFAULTS.capabilities, waivers: [] };

function skipped(id: string, scenarios: readonly string[], known: Partial<KnownOptions>): string | undefined {
  const behavior = BEHAVIORS.find((one) => one.id === id);
  if (!behavior) throw new Error(`no ${id}`);
  const run = SCENARIOS.filter(({ name }) => scenarios.includes(name));
  return skippedFor(behavior, run, { ...plain, ...known });
}

const ALL = SCENARIOS.map(({ name }) => name);

describe('a test is skipped with the reason if the options exclude its behaviour', () => {
  const waiver = { behavior: 'response.location', reason: 'r', owner: 'Ada', expires: '2999-12-31' };
  test.each([
    ['response.location', ALL, {}, undefined],
    ['pstn.accepted', ['single'], {}, 'not selected'],
    ['pstn.accepted', ALL, { behaviors: ['response.location'] }, 'not selected'],
    ['response.location', ALL, { behaviors: ['response.location'] }, undefined],
    [
      'pstn.accepted',
      ALL,
      { capabilities: { ...DEFAULTS.capabilities, pstn: false } },
      'not applicable: pstn declared absent',
    ],
    ['response.location', ALL, { capabilities: { ...DEFAULTS.capabilities, pstn: false, replace: false } }, undefined],
    ['refusal.error-body', ALL, {}, 'linked: not counted at gate shown'],
    ['refusal.error-body', ALL, { gate: 'linked' }, undefined],
    ['response.location', ALL, { waivers: [waiver] }, 'waived by Ada until 2999-12-31'],
    ['response.location', ALL, { waivers: [{ ...waiver, expires: '2000-01-01' }] }, undefined],
  ] as const)('%s in %s with %j: %s', (id, scenarios, known, why) => {
    expect(skipped(id, scenarios, known)).toBe(why);
  });
});

const WAIVERS = `- behavior: response.location
  reason: r
  owner: Ada
  expires: 2999-12-31
`;

test.each([
  ['a waivers file', WAIVERS, ['waived by Ada until 2999-12-31']],
  ['an invalid waivers file, which the run reports,', '- behavior: nothing.such\n', []],
])('behaviours that %s excludes are skipped', (_what, text, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'titles-'));
  const waivers = join(folder, 'waivers.yaml');
  writeFileSync(waivers, text);
  const skips: string[] = [];
  const runner: Runner = {
    describe: (_title, body) => body(),
    test: () => undefined,
    skip: (title, why) => void (title.startsWith('response.location:') && skips.push(why)),
    before: () => undefined,
    after: () => undefined,
  };
  conformance(runner, { target: 'http://127.0.0.1:9/v1.0', waivers });
  rmSync(folder, { recursive: true });
  expect(skips).toEqual(expected);
});

test('a closed gate shows each cause once with its consequences, the untested behaviours, and the waived ones', () => {
  const findings = [findingOf('seen')];
  const text = gateText(
    resultWith(
      {
        'completion.client-context': { verdict: 'failed', findings },
        'ordering.concurrent-invitations': { verdict: 'untested', waitsFor: ['completion.client-context'] },
        'pstn.accepted': { verdict: 'untested', reasons: reasonsOf('no phone') },
        'response.json': { verdict: 'waived', findings },
      },
      {
        exitCode: 1,
        remarks: [
          { code: 'waiverStale', behavior: 'roster.joined', owner: 'Ada', expires: '2030-12-31' },
          { code: 'recorded', text: 'of no weight' },
        ],
      },
    ),
  );
  const lines = text.split('\n');
  expect(lines[0]).toMatch(
    /^the gate failed: exit code 1: FAIL {2}1 cause: 1 behaviour failed, 1 not checked because of it;/,
  );
  expect(lines[1]).toBe(`1  The completion's clientContext is "seen".`);
  expect(lines.slice(2)).toEqual([
    '  expected    "sent"',
    '  got         "seen"',
    '  at          event 3, $.seen',
    '  in          1 of 2 invitations: single/one/1',
    expect.stringMatching(/^ {2}source {6}participant-invite, lines? \d/),
    '  fix         Send the clientContext of this invitation, exactly as it was sent.',
    '  failed      completion.client-context',
    '  not checked ordering.concurrent-invitations',
    '  pstn.accepted: untested: no phone',
    '  the waiver for roster.joined (owner: Ada) is stale: the behaviour passes; remove it',
    '  waived: response.json',
  ]);
  const open = gateText(
    resultWith({ 'response.json': { verdict: 'untested', reasons: reasonsOf('a call') } }, { exitCode: 3 }),
  );
  expect(open).toContain('exit code 3: INCOMPLETE  1 behaviour untested; ');
  expect(open).toContain('\n  response.json: untested: a call');
  expect(gateText(resultWith({}, { exitCode: 130 }))).toContain('raise runTimeoutMs');
});

test('a closed gate shows once why a run stopped, and the failures before that', () => {
  const stopped = { cause: 'unreachable' as const, exchange: 7, inFlight: ['single/one/1'], seen: 'ECONNREFUSED' };
  const text = gateText(
    resultWith(
      {
        'response.json': { verdict: 'untested', reasons: reasonsOf('the target stopped answering') },
        'completion.client-context': { verdict: 'failed', findings: [findingOf('seen')] },
      },
      { exitCode: 4, stopped },
    ),
  );
  expect(text).toContain('exit code 4: STOPPED');
  expect(text.match(/the target stopped answering/g)).toHaveLength(1);
  expect(text).toContain("The completion's clientContext is");
});

test('the test of a behaviour fails with the difference, or with the reason why it is untested', () => {
  const id = 'completion.client-context';
  const only = (more: Partial<BehaviorResult>): BehaviorResult => {
    const [one] = resultWith({ [id]: more }).behaviors.filter((behavior) => behavior.id === id);
    if (!one) throw new Error(`no ${id}`);
    return one;
  };
  const findings = [findingOf('seen'), findingOf('other')];
  const attempts = { passed: 0, failed: 2, untested: 0 };
  expect(behaviorText(only({ verdict: 'failed', findings, attempts })).split('\n')).toEqual([
    `completion.client-context failed [shown]: The completion's clientContext is "seen".`,
    '  expected    "sent"',
    '  got         "seen"',
    '  at          event 3, $.seen',
    '  fix         Send the clientContext of this invitation, exactly as it was sent.',
    '  and in 1 more attempt',
  ]);
  const [reason] = reasonsOf('a token');
  if (!reason) throw new Error('no reason');
  expect(behaviorText(only({ verdict: 'untested', reasons: [reason, reason] })).split('\n')).toEqual([
    'completion.client-context untested [shown]',
    '  a token',
    '  fix         Provide a token.',
  ]);
});

test('the time limit of a run follows from its options, and runTimeoutMs sets it', () => {
  const options = { target: 'http://127.0.0.1:1', provisioning: { states: '/states' } };
  expect(runTimeLimit({ ...options, timeoutMs: 70_000 })).toBeGreaterThan(5 * 70_000);
  expect(runTimeLimit({ ...options, timeoutMs: 70_000 })).toBeGreaterThan(runTimeLimit(options));
  expect(runTimeLimit({ ...options, timeoutMs: 70_000, runTimeoutMs: 5_000 })).toBe(5_000);
  for (const runTimeoutMs of [0, -1, 1.5, Number.NaN, 2 ** 31]) {
    expect(() => runTimeLimit({ ...options, runTimeoutMs })).toThrow(
      'runTimeoutMs must be a whole number of milliseconds',
    );
  }
});
