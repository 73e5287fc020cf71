import type { Behavior, Outcome } from '../../behaviors/behavior';
import type { History, StoppedRecord } from '../../history/events';
import { runView } from '../../history/run-view';
import { hasCountedFailure } from '../../verdicts/bail';
import { loadResultOf } from '../../verdicts/load-result';
import { resultOf, type Judging } from '../../verdicts/result';
import { cutOff, internalError, notProvided, untestedOf } from '../../verdicts/untested-reason';
import { judge, outcomesOf, verdictOfOutcomes } from '../../verdicts/verdict';
import { put } from '../support/edits';
import { aRun } from '../support/histories';

const JUDGING: Judging = { gate: 'linked', allowUntested: true, waivers: [], now: 0 };
const ID = 'response.location';

/** The history of a run during which the target stopped responding. */
function stopped({ header, events }: History, more: Partial<StoppedRecord> = {}): History {
  const n = events.length + 1;
  const stop: StoppedRecord = {
    kind: 'stopped',
    n,
    cause: 'unreachable',
    at: 9000,
    since: 100,
    inFlight: ['story/attempt-2/2'],
    seen: 'ECONNREFUSED',
    ...more,
  };
  return { header, events: [...events, stop] };
}

describe('a run whose target stopped responding', () => {
  const history = stopped(aRun([ID]).invite().joins().invite().joins().invite().joins().history(), { exchange: 7 });

  test('has exit code 4 and the reason', () => {
    const found = resultOf(history, JUDGING);
    expect(found.exitCode).toBe(4);
    expect(found.stopped).toStrictEqual({
      cause: 'unreachable',
      exchange: 7,
      inFlight: ['story/attempt-2/2'],
      seen: 'ECONNREFUSED',
    });
    const { exchange: _exchange, ...rest } = found.stopped ?? {};
    const without = stopped(aRun([ID]).invite().joins().history());
    expect(resultOf(without, JUDGING).stopped).toStrictEqual(rest);
    expect(Object.keys(resultOf(aRun([ID]).invite().joins().history(), JUDGING))).not.toContain('stopped');
  });

  test('leaves behaviours of interrupted attempts untested because of the environment, with one reason', () => {
    const cut = stopped(aRun([ID]).invite().joins().invite().joins().history(), { since: 0 });
    const [one] = judge(cut).filter(({ id }) => id === ID);
    expect(one).toMatchObject({ verdict: 'untested', environment: true, attempts: { untested: 2 } });
    expect(one?.untested).toEqual([
      {
        reason: { why: 'stopped' },
        attempt: { scenario: 'story', name: 'attempt-1' },
        events: [cut.events.length],
        restsOn: [],
      },
    ]);
    expect(one).not.toHaveProperty('inconclusive');
  });

  test('judges the invitations of a load run that had ended before', () => {
    const load = { load: { count: 2, rate: 10 } };
    const { events, header } = aRun(['request.route'], load).invite().joins().invite().joins().history();
    const at = events.findIndex(({ kind }) => kind === 'attemptEnd');
    const [stop] = stopped({ header, events: [] }).events;
    const told = stop ? [...events.slice(0, at + 1), stop, ...events.slice(at + 1)] : [];
    const { result } = loadResultOf({ header, events: told }, JUDGING);
    expect(result.load?.sent).toBe(1);
    expect(result.stopped?.cause).toBe('unreachable');
    expect(result.exitCode).toBe(4);
  });
});

describe('with --bail, a run', () => {
  const wrong = aRun([ID]).invite().answer(undefined, { headers: [] }).history();
  const withWaiver = { ...JUDGING, waivers: [{ behavior: ID, reason: 'r', owner: 'o', expires: '2999-12-31' }] };

  test('ends at the failure of a counted behaviour without a waiver', () => {
    expect(hasCountedFailure(wrong, JUDGING)).toBe(true);
    expect(hasCountedFailure(wrong, withWaiver)).toBe(false);
    expect(hasCountedFailure(aRun([ID]).invite().joins().history(), JUDGING)).toBe(false);
    const linked = aRun(['response.operation-id-unique'])
      .invite({ operationId: 'o' })
      .joins()
      .invite({ operationId: 'o' });
    expect(hasCountedFailure(linked.joins().history(), { ...JUDGING, gate: 'stated' })).toBe(false);
    expect(hasCountedFailure(linked.history(), JUDGING)).toBe(true);
  });
});

describe('an outcome that proves nothing but keeps a behaviour from passing', () => {
  const attempt = { scenario: 's', name: 'a' };
  const unjudged = { lacks: 'order' as const, restsOn: [], attempt, events: [4] };
  const passed: Outcome = { verdict: 'passed', attempt };
  const against: Outcome = { verdict: 'untested', unjudged: { ...unjudged, against: true } };
  const open: Outcome = { verdict: 'untested', unjudged };
  const behavior = (outcomes: Outcome[]): Behavior => ({
    id: 'area.made-up',
    level: 'stated',
    statement: 'it is made up',
    source: { lines: [1] },
    facts: [],
    restsOn: [],
    judge: () => outcomes,
  });

  test('leaves it untested', () => {
    expect(verdictOfOutcomes([passed, against], [])).toBe('untested');
    expect(verdictOfOutcomes([passed, open], [])).toBe('passed');
    const [doubted] = judge(aRun().history(), [behavior([passed, against])]);
    expect(doubted).toMatchObject({ verdict: 'untested', doubted: true, inconclusive: true });
    for (const outcomes of [[against], [open], [passed, open]]) {
      expect(judge(aRun().history(), [behavior(outcomes)])[0]).not.toHaveProperty('doubted');
    }
  });

  test('is reported as not recorded', () => {
    expect(untestedOf(unjudged)).toEqual({
      reason: { why: 'notRecorded', what: 'order' },
      attempt,
      events: [4],
      restsOn: [],
    });
    expect(untestedOf({ ...unjudged, lacks: 'ended', restsOn: ['completion.arrives'] })).toEqual({
      reason: { why: 'notShown', lacks: 'ended' },
      attempt,
      events: [4],
      restsOn: ['completion.arrives'],
    });
  });
});

describe('reasons of untested behaviours', () => {
  test('an attempt that was not made or was interrupted, with its events', () => {
    const missing = {
      kind: 'missing' as const,
      n: 7,
      scenario: 's',
      attempt: 'a',
      tries: [],
      cause: 'environment' as const,
    };
    expect(notProvided({ ...missing, missing: 'a phone', hint: 'Name one.' })).toEqual({
      reason: { why: 'notProvided', cause: 'environment', missing: 'a phone', advice: 'Name one.' },
      attempt: { scenario: 's', name: 'a' },
      events: [7],
      restsOn: [],
    });
    expect(cutOff({ scenario: 's', attempt: 'a', tries: [] }, undefined)).toEqual({
      reason: { why: 'interrupted' },
      attempt: { scenario: 's', name: 'a' },
      events: [],
      restsOn: [],
    });
  });

  test('an internal error, with the beginning of its message', () => {
    expect(internalError(new RangeError('x'.repeat(400)))).toEqual({
      reason: { why: 'internal', error: `RangeError: ${'x'.repeat(288)}` },
      attempt: { scenario: '', name: '' },
      events: [],
      restsOn: [],
    });
    expect(internalError('oh').reason).toEqual({ why: 'internal', error: 'oh' });
  });

  test('a lack of open files is not an internal error: it is thrown', () => {
    const run = runView(aRun().history());
    const throws = (error: Error) => () =>
      outcomesOf(() => {
        throw error;
      }, run);
    expect(throws(Object.assign(new Error('too many'), { code: 'EMFILE' }))).toThrow('too many');
    expect(throws(new Error('oh'))()).toMatchObject({ outcomes: [], internal: { reason: { why: 'internal' } } });
  });

  test('what was missing for other behaviours is not a reason', () => {
    const history = aRun([ID])
      .invite()
      .joins()
      .missing({ tries: ['roster.joined'], cause: 'environment' })
      .history();
    const [one] = judge(history).filter(({ id }) => id === ID);
    expect(one).toMatchObject({ verdict: 'passed', untested: [], environment: false, attempts: { untested: 0 } });
  });
});

test('a result contains stale and expired waivers, only if there are any', () => {
  const history = aRun([ID]).invite().joins().history();
  const waiver = { behavior: ID, reason: 'r', owner: 'o', expires: '2999-12-31' };
  const dead = (expires: string): unknown =>
    resultOf(history, { ...JUDGING, waivers: [{ ...waiver, expires }], now: Date.parse('2030-01-01') }).deadWaivers;
  expect(dead('2999-12-31')).toEqual([{ behavior: ID, why: 'stale' }]);
  expect(dead('2029-12-31')).toEqual([{ behavior: ID, why: 'expired' }]);
  expect(Object.keys(resultOf(history, JUDGING))).not.toContain('deadWaivers');
  expect(resultOf(history, { ...JUDGING, pageFingerprint: 'abc' }).suite).toMatchObject({ pageFingerprint: 'abc' });
  const { contradictions } = resultOf(history, JUDGING);
  expect(contradictions.some(({ behaviors }) => behaviors.length > 0)).toBe(true);
});

test('a result keeps five reasons of an untested behaviour, each once', () => {
  const run = aRun();
  for (let i = 0; i < 7; i += 1) run.missing({ tries: ['pstn.accepted'], missing: `phone ${i % 6}` });
  const { behaviors } = resultOf(run.history(), JUDGING);
  const reasons = behaviors.find(({ id }) => id === 'pstn.accepted')?.reasons ?? [];
  expect(reasons.map(({ reason }) => reason)).toEqual(
    [0, 1, 2, 3, 4].map((i) => expect.objectContaining({ missing: `phone ${i}` }) as unknown),
  );
  const failed = resultOf(aRun([ID]).invite().answer(put('/id', 1), { headers: [] }).history(), JUDGING);
  expect(failed.behaviors.find(({ id }) => id === ID)).not.toHaveProperty('reasons');
});
