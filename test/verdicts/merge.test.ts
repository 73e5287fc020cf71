import { merge, MergeError, type Source } from '../../verdicts/merge';
import type { BehaviorResult, Result } from '../../verdicts/result';
import type { Verdict } from '../../verdicts/judged-behavior';
import { findingOf, resultWith } from '../reporters/results';

const ID = 'response.location';

type Told = Partial<BehaviorResult> & { verdict: Verdict };

/** Results with the given verdicts on one behaviour, and passed for all others. */
function sources(...told: Told[]): Source[] {
  return told.map((one, i) => ({
    name: `${'abc'[i]}.json`,
    result: resultWith({ [ID]: { findings: [findingOf(`seen in ${i}`)], ...one } }, { exitCode: codeOf(one) }),
  }));
}

function codeOf({ verdict, counted = true }: Told): Result['exitCode'] {
  if (!counted) return 0;
  return verdict === 'failed' ? 1 : verdict === 'untested' ? 3 : 0;
}

function merged(...told: Told[]): { code: number; one: BehaviorResult } {
  const result = merge(sources(...told), false);
  const one = result.behaviors.find(({ id }) => id === ID);
  if (!one) throw new Error('the behaviour is gone');
  return { code: result.exitCode, one };
}

const passed: Told = { verdict: 'passed', findings: [] };
const failed: Told = { verdict: 'failed' };
const waiver = { behavior: ID, reason: 'r', owner: 'o', expires: '2999-12-31' };
const waived: Told = { verdict: 'waived', waiver };
const untested: Told = { verdict: 'untested' };
const leftOut: Told = { verdict: 'notSelected', counted: false, findings: [] };
const notApplicable: Told = { verdict: 'notApplicable' };

const TABLE: [told: Told[], verdict: Verdict, code: number][] = [
  [[passed, passed], 'passed', 0],
  [[passed, failed], 'failed', 1],
  [[failed, passed], 'failed', 1],
  [[waived, failed], 'failed', 1],
  [[waived, passed], 'waived', 0],
  [[untested, failed], 'failed', 1],
  [[untested, passed], 'passed', 0],
  [[leftOut, passed], 'passed', 0],
  [[leftOut, failed], 'failed', 1],
  [[leftOut, untested], 'untested', 3],
  [[leftOut, leftOut], 'untested', 3],
  [[notApplicable, passed], 'passed', 0],
  [[notApplicable, untested], 'untested', 3],
  [[notApplicable, leftOut], 'notApplicable', 0],
];

test.each(TABLE)('%j is %s', (told, verdict, code) => {
  for (const order of [told, told.toReversed()]) {
    const { code: found, one } = merged(...order);
    expect([one.verdict, found]).toEqual([verdict, code]);
    expect(one.counted).toBe(true);
  }
});

test('a finding names its result, and of many findings the first are kept', () => {
  const { one } = merged(passed, failed);
  expect(one.findings).toMatchObject([{ of: 'b.json', observed: { value: 'seen in 1' } }]);
  const many = { ...failed, findings: Array.from({ length: 4 }, (_, i) => findingOf(String(i))) };
  expect(merged(many, many).one.findings).toHaveLength(5);
});

test('a waiver that is stale in one run is valid if the behaviour fails in another', () => {
  const [a, b] = sources(waived, passed);
  if (!a || !b) throw new Error('no sources');
  b.result.deadWaivers = [{ behavior: ID, why: 'stale' }];
  expect(merge([a, b], false).exitCode).toBe(0);
  b.result.deadWaivers = [{ behavior: ID, why: 'expired' }];
  expect(merge([a, b], false)).toMatchObject({ exitCode: 1, deadWaivers: [{ behavior: ID, why: 'expired' }] });
});

test('environment errors and interruptions are kept', () => {
  const [a, b] = sources(leftOut, untested);
  if (!a || !b) throw new Error('no sources');
  b.result.exitCode = 4;
  expect(merge([a, b], false).exitCode).toBe(4);
  expect(merge([a, b], true).exitCode).toBe(4);
  b.result.exitCode = 130;
  expect(merge([a, b], false).exitCode).toBe(130);
});

test('untested behaviours can be allowed', () => {
  expect(merge(sources(untested, leftOut), true).exitCode).toBe(0);
});

test('a contract that failed in one result failed', () => {
  const contract = { interaction: 'i', behaviors: [ID], mismatches: [] };
  const joined = (...results: ('failed' | 'passed' | 'untested')[]): Result =>
    merge(
      results.map((result, i) => ({
        name: String(i),
        result: resultWith({}, { contracts: [{ ...contract, result }] }),
      })),
      false,
    );
  expect(joined('passed', 'failed')).toMatchObject({ exitCode: 1, contracts: [{ result: 'failed' }] });
  expect(joined('untested', 'passed')).toMatchObject({ exitCode: 0, contracts: [{ result: 'passed' }] });
  expect(joined('untested', 'untested')).toMatchObject({ exitCode: 3, contracts: [{ result: 'untested' }] });
});

test('times, targets and the figures of load runs are combined', () => {
  const latency = {
    count: 2,
    p50Ms: 1,
    p95Ms: 10,
    p99Ms: 10,
    maxMs: 10,
    buckets: [
      [1, 1],
      [10, 1],
    ] as [number, number][],
  };
  const answers = { accepted: 2, refused: 0, throttled: 0, otherAnswer: 0, noAnswer: 0 };
  const load = { count: 2, sent: 2, answers, rate: { offered: 10, achieved: 9 }, response: latency };
  const attempts = { passed: 2, failed: 0, untested: 0 };
  const of = (startedAt: string, target: string, durationMs: number): Result =>
    resultWith({ [ID]: { attempts }, 'response.json': leftOut }, { startedAt, target, durationMs, load });
  const result = merge(
    [
      { name: 'a', result: of('2030-01-01T00:00:05.000Z', 'http://a', 2000) },
      { name: 'b', result: of('2030-01-01T00:00:00.000Z', 'http://b', 1000) },
    ],
    false,
  );
  expect(result).toMatchObject({
    target: 'http://a, http://b',
    startedAt: '2030-01-01T00:00:00.000Z',
    durationMs: 7000,
    load: { count: 4, sent: 4, answers: { accepted: 4 }, rate: { offered: 20, achieved: 18 }, response: { count: 4 } },
  });
  expect(result.behaviors.find(({ id }) => id === ID)?.attempts).toEqual({ passed: 4, failed: 0, untested: 0 });
  // Behaviours that no load run tries do not count.
  expect(result.behaviors.find(({ id }) => id === 'response.json')?.counted).toBe(false);
  expect(result.exitCode).toBe(0);
});

test('results of different catalogues or gates, and an empty list, are refused', () => {
  const [a, b] = sources(passed, passed);
  if (!a || !b) throw new Error('no sources');
  expect(() => merge([], false)).toThrow(MergeError);
  const other = { ...b, result: { ...b.result, gate: 'linked' as const } };
  expect(() => merge([a, other], false)).toThrow('a.json and b.json were judged at different gates (shown, linked)');
  const suite = { ...b.result.suite, catalogDigest: 'f00' };
  expect(() => merge([a, { ...b, result: { ...b.result, suite } }], false)).toThrow(
    'different versions of the behaviours (0, f00)',
  );
});
