import { merge, type Source } from '../../verdicts/merge';
import type { BehaviorResult, ContractResult, Result } from '../../verdicts/result';
import { findingOf, resultWith } from '../reporters/results';

/** The content of a merged result. */

const ID = 'response.location';

function mergedOf(...results: Result[]): Result {
  const sources = results.map((result, i): Source => ({ name: `${i}.json`, result }));
  return merge(sources, false, true);
}

function behaviorOf(...told: Partial<BehaviorResult>[]): BehaviorResult | undefined {
  return mergedOf(...told.map((one) => resultWith({ [ID]: one }))).behaviors.find(({ id }) => id === ID);
}

const attempt = (scenario: string) => ({ scenario, name: 'one' });
const reasonOf = (scenario: string) => ({
  reason: { why: 'interrupted' as const },
  attempt: attempt(scenario),
  events: [1],
});

describe('a behaviour', () => {
  test('that is untested has the reasons of all results, and the behaviours that it waits for', () => {
    const untested = (scenario: string, waitsFor: string[]): Partial<BehaviorResult> => ({
      verdict: 'untested',
      scenarios: [scenario],
      reasons: [reasonOf(scenario)],
      waitsFor,
      attempts: { passed: 0, failed: 0, untested: 1 },
    });
    const one = behaviorOf(untested('a', ['request.route']), untested('b', ['request.route', 'response.json']));
    expect(one).toMatchObject({
      verdict: 'untested',
      scenarios: ['a', 'b'],
      reasons: [reasonOf('a'), reasonOf('b')],
      waitsFor: ['request.route', 'response.json'],
      attempts: { passed: 0, failed: 0, untested: 2 },
      findings: [],
    });
    expect(Object.keys(one ?? {})).not.toContain('waiver');
    expect(Object.keys(one ?? {})).not.toContain('waivedBy');
  });

  test('keeps five reasons, and none if it passed in another result', () => {
    const many = { verdict: 'untested' as const, reasons: Array.from({ length: 4 }, () => reasonOf('a')) };
    expect(behaviorOf(many, many)?.reasons).toHaveLength(5);
    const passed = behaviorOf(many, { verdict: 'passed' });
    expect(Object.keys(passed ?? {})).not.toContain('reasons');
    expect(Object.keys(passed ?? {})).not.toContain('waitsFor');
  });

  test('that no run selected is untested, because a shard is missing', () => {
    const leftOut: Partial<BehaviorResult> = { verdict: 'notSelected', counted: false };
    expect(behaviorOf(leftOut, leftOut)).toMatchObject({
      verdict: 'untested',
      counted: true,
      reasons: [{ reason: { why: 'notMerged' }, attempt: { scenario: '', name: '' }, events: [] }],
    });
  });

  test('that is waived has its waiver, and the behaviours whose waivers cover it only if it has none of its own', () => {
    const waiver = { behavior: ID, reason: 'r', owner: 'o', expires: '2999-12-31' };
    const own: Partial<BehaviorResult> = { verdict: 'waived', waiver, findings: [findingOf('x')] };
    const covered = (by: string): Partial<BehaviorResult> => ({ verdict: 'waived', waiver, waivedBy: [by] });
    expect(behaviorOf({ verdict: 'passed' }, own)?.waiver).toEqual(waiver);
    expect(behaviorOf(covered('request.route'), covered('response.json'))?.waivedBy).toEqual([
      'request.route',
      'response.json',
    ]);
    expect(Object.keys(behaviorOf(own, covered('request.route')) ?? {})).not.toContain('waivedBy');
  });
});

describe('contracts', () => {
  const contract = (more: Partial<ContractResult>): ContractResult => ({
    interaction: 'i',
    result: 'passed',
    behaviors: [ID],
    mismatches: [],
    ...more,
  });
  const contractsOf = (...told: Partial<ContractResult>[]): ContractResult[] =>
    mergedOf(...told.map((one) => resultWith({}, { contracts: [contract(one)] }))).contracts;

  test('of one interaction are one, with each mismatch once and without its place', () => {
    const mismatch = { at: 'request' as never, message: 'wrong' } as unknown as ContractResult['mismatches'][number];
    const failed = { result: 'failed' as const, mismatches: [mismatch], behaviors: [ID, 'response.json'] };
    expect(contractsOf({ consumer: 'bot' }, failed, failed)).toStrictEqual([
      {
        interaction: 'i',
        consumer: 'bot',
        result: 'failed',
        behaviors: [ID, 'response.json'],
        mismatches: [{ message: 'wrong' }],
        counted: true,
      },
    ]);
  });

  test('are pending if all are, and untested because of the environment if one is', () => {
    expect(contractsOf({ pending: true }, { pending: true })[0]?.pending).toBe(true);
    expect(Object.keys(contractsOf({ pending: true }, {})[0] ?? {})).not.toContain('pending');
    const untested = { result: 'untested' as const };
    expect(contractsOf(untested, { ...untested, environment: true })[0]?.environment).toBe(true);
    expect(Object.keys(contractsOf(untested, untested)[0] ?? {})).not.toContain('environment');
    expect(Object.keys(contractsOf({}, { ...untested, environment: true })[0] ?? {})).not.toContain('environment');
  });

  test('have the reason of the decisive result', () => {
    const reason = { why: 'notProvided' } as unknown as NonNullable<ContractResult['reason']>;
    expect(contractsOf({ result: 'untested' }, { result: 'untested', reason })[0]?.reason).toEqual(reason);
    expect(Object.keys(contractsOf({}, { result: 'untested', reason })[0] ?? {})).not.toContain('reason');
    expect(contractsOf({ result: 'notApplicable' }, { result: 'notApplicable' })[0]?.result).toBe('notApplicable');
    expect(contractsOf({ result: 'untested' }, { result: 'notApplicable' })[0]?.result).toBe('untested');
  });
});

describe('the figures of load runs', () => {
  const latency = (ms: number) => ({ count: 1, p50Ms: ms, p95Ms: ms, p99Ms: ms, maxMs: ms, buckets: [[ms, 1]] });
  const load = (more: object): Result =>
    resultWith(
      {},
      {
        load: {
          count: 10,
          sent: 9,
          answers: { accepted: 1, refused: 2, throttled: 3, otherAnswer: 4, noAnswer: 5 },
          rate: { offered: 10, achieved: 9 },
          ...more,
        },
      },
    );

  test('are added by kind', () => {
    const result = mergedOf(load({ queued: latency(1) }), load({ completion: latency(100) }));
    expect(result.load).toStrictEqual({
      count: 20,
      sent: 18,
      answers: { accepted: 2, refused: 4, throttled: 6, otherAnswer: 8, noAnswer: 10 },
      rate: { offered: 20, achieved: 18 },
      queued: expect.objectContaining({ count: 1, maxMs: 1 }),
      completion: expect.objectContaining({ count: 1, maxMs: 100 }),
    });
  });

  test('are absent if no run has any', () => {
    expect(Object.keys(mergedOf(resultWith({})))).not.toContain('load');
    expect(mergedOf(load({}), resultWith({})).load?.count).toBe(10);
  });
});

describe('a merged result', () => {
  test('has the capabilities that a run declared absent, each contradiction once, and remarks with the name of their result', () => {
    const contradiction = { id: 'c', contradiction: 'x', reading: 'y', behaviors: [ID] };
    const one = (absent: string[]): Result =>
      resultWith({}, {
        selection: { absent, scenarios: ['single'] },
        contradictions: [contradiction],
        remarks: [{ code: 'recorded', text: absent.join() }],
      } as unknown as Partial<Result>);
    const result = mergedOf(one(['pstn']), one(['pstn', 'replace']));
    expect(result.selection).toEqual({ absent: ['pstn', 'replace'] });
    expect(result.contradictions).toEqual([contradiction]);
    expect(result.remarks.map(({ of }) => of)).toEqual(['0.json', '1.json']);
    expect(Object.keys(mergedOf(resultWith({})))).not.toContain('selection');
    expect(Object.keys(mergedOf(resultWith({})))).not.toContain('deadWaivers');
  });

  test('of several editions names them, if that is allowed', () => {
    const [a, b] = [resultWith({}), resultWith({}, { edition: '2025-07-23' })];
    expect(mergedOf(a, b).edition).toBe(`${a.edition}, 2025-07-23`);
    const sources = [a, b].map((result, i) => ({ name: String(i), result }));
    expect(() => merge(sources, false)).toThrow(`0 is of the edition ${a.edition}, 1 of 2025-07-23`);
  });

  test('has exit code 4 only if a behaviour that such a run left untested is untested in all', () => {
    const stopped = (one: Partial<BehaviorResult>): number =>
      mergedOf(resultWith({ [ID]: one }, { exitCode: 4 }), resultWith({ [ID]: one }, { exitCode: 3 })).exitCode;
    expect(stopped({ verdict: 'untested' })).toBe(4);
    const passedThere = mergedOf(
      resultWith({ [ID]: { verdict: 'passed' }, 'response.json': { verdict: 'untested' } }, { exitCode: 4 }),
      resultWith({ [ID]: { verdict: 'untested' }, 'response.json': { verdict: 'passed' } }, { exitCode: 3 }),
    );
    expect(passedThere.exitCode).toBe(0);
  });

  test('has exit code 5 if one result has it', () => {
    expect(mergedOf(resultWith({}), resultWith({}, { exitCode: 5 })).exitCode).toBe(5);
  });
});
