import * as fc from 'fast-check';
import { order } from '../../history/order';
import { judge } from '../../verdicts/verdict';
import { ACCEPTED_BEHAVIORS } from '../../suites/behavior-lists';
import { verdictOn } from '../support/cases';
import { aRun, type RunStory } from '../support/histories';
import { interleaved, type Interval } from '../support/schedules';
import type { DeliveryOptions } from '../support/story-options';
import { propertyRuns } from '../support/property-runs';

const ROUND_TRIP = 3;
const interval: fc.Arbitrary<Interval> = fc
  .tuple(fc.nat({ max: 60 }), fc.nat({ max: 30 }))
  .map(([from, length]) => ({ from: 20 + from, until: 20 + from + length }));

type Step = (run: RunStory, how: DeliveryOptions) => RunStory;

/** An invitation that replaces a call: the steps of each chain are ordered, the chains are independent. */
const REPLACING: Step[][] = [
  [
    (run, how) => run.of('a').answer(undefined, how),
    (run, how) => run.of('a').running(undefined, how),
    (run, how) => run.of('a').completion(undefined, how),
    (run, how) => run.of('a').roster(undefined, how),
    (run, how) => run.of('a').peer('terminated', 'updated', undefined, how),
    (run, how) => run.of('a').peer('terminated', 'deleted', undefined, how),
  ],
  [
    (run, how) => run.of('b').answer(undefined, how),
    (run, how) => run.of('b').completion(undefined, how),
    (run, how) => run.of('b').roster(undefined, how),
  ],
  [(run, how) => run.of('a').callUpdate('establishing', how)],
  [(run, how) => run.of('a').callUpdate('established', how)],
  [(run, how) => run.of('b').callUpdate('established', how)],
];

const REPLACE = [
  ...ACCEPTED_BEHAVIORS,
  'replace.accepted',
  'replace.peer-call-terminated',
  'replace.peer-call-deleted',
  'ordering.replaced-call-ends-after-completion',
  'ordering.terminated-before-deleted',
  'response.replaces-call-id',
];

test('a conforming history passes in any order and overlap of independent steps', () => {
  fc.assert(
    fc.property(interleaved(REPLACING, 100), (schedule) => {
      const run = aRun(REPLACE).invite({ name: 'a', replacing: true }).invite({ name: 'b', tries: ACCEPTED_BEHAVIORS });
      for (const { step, from, until } of schedule) step(run, { from, until });
      const verdicts = judge(run.history()).map(({ id, verdict }) => ({ id, verdict }));
      expect(verdicts.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
      const tried = verdicts.filter(({ id }) => REPLACE.includes(id));
      expect(tried.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);
    }),
    { numRuns: propertyRuns(40) },
  );
});

describe('order has three values', () => {
  test('completion and roster: only a proved wrong order fails', () => {
    const id = 'ordering.completion-before-roster';
    fc.assert(
      fc.property(interval, interval, (completion, roster) => {
        const run = aRun([id]).invite().answer(undefined, { from: 15, until: 16 });
        if (completion.from <= roster.from) run.completion(undefined, completion).roster(undefined, roster);
        else run.roster(undefined, roster).completion(undefined, completion);
        expect(verdictOn(run.history(), id)).toBe(roster.until < completion.from ? 'failed' : 'passed');
      }),
    );
  });

  test('response and completion: the round trip is allowed for', () => {
    const id = 'ordering.response-first';
    fc.assert(
      fc.property(interval, interval, (completion, response) => {
        const run = aRun([id], { roundTripMs: ROUND_TRIP }).invite();
        run.completion(undefined, completion).answer(undefined, response);
        const early = completion.until + ROUND_TRIP < response.from;
        expect(verdictOn(run.history(), id)).toBe(early ? 'failed' : 'passed');
      }),
    );
  });

  test('the replaced call: only an end that is proved to come before the completion fails', () => {
    const id = 'ordering.replaced-call-ends-after-completion';
    fc.assert(
      fc.property(interval, interval, (completion, ending) => {
        const run = aRun([id]).invite({ replacing: true }).answer(undefined, { from: 15, until: 16 });
        run.completion(undefined, completion).peer('terminated', 'deleted', undefined, ending);
        const early = ending.until < completion.from;
        expect(verdictOn(run.history(), id)).toBe(early ? 'failed' : 'passed');
      }),
    );
  });

  test('exactly one of before, after and concurrent holds for two intervals, and it is mirrored', () => {
    const mirrored = { before: 'after', after: 'before', concurrent: 'concurrent' } as const;
    fc.assert(
      fc.property(interval, interval, fc.nat({ max: 5 }), (a, b, slack) => {
        const found = order(a, b, slack);
        expect(order(b, a, slack)).toBe(mirrored[found]);
        expect(found === 'before').toBe(a.until + slack < b.from);
        expect(order(a, a, slack)).toBe('concurrent');
      }),
    );
  });

  test('an interval without an end is before nothing', () => {
    expect(order({ from: 1, until: Infinity }, { from: 9, until: 10 })).toBe('concurrent');
    expect(order({ from: 9, until: 10 }, { from: 11, until: Infinity })).toBe('before');
  });
});
