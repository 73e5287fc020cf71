import * as fc from 'fast-check';
import type { History, HistoryEvent, PlannedAttempt } from '../../history/events';
import { order } from '../../history/order';
import { findingOn, verdictOn } from '../support/cases';
import { aRun, type RunStory } from '../support/histories';
import { SLACK, timed as timedHistory, UNREAD } from '../support/timed';

const RESPONSE_FIRST = 'ordering.response-first';
const ROSTER = 'ordering.completion-before-roster';

/** The history of a run that records arrival times. @param plan further attempts of its plan, of both behaviours */
const timed = (run: RunStory, plan: readonly Partial<PlannedAttempt>[] = []): History =>
  timedHistory(
    run,
    plan.map((one) => ({ tries: [RESPONSE_FIRST, ROSTER], ...one })),
  );

/** An invitation whose roster is read `gapMs` milliseconds before the completion, and acknowledged after it arrived. */
const rosterFirst = (gapMs: number): RunStory =>
  aRun([ROSTER])
    .invite()
    .answer(undefined, { from: 15, until: 16 })
    .roster(undefined, { from: 100, until: 400 })
    .completion(undefined, { from: 101 + gapMs, until: 500 });

describe('a notification that was read before the other one can have arrived', () => {
  test.each([15, 30, 60, 150])(
    'a roster %i ms before the completion fails, even if it was not acknowledged',
    (gapMs) => {
      expect(findingOn(timed(rosterFirst(gapMs)), ROSTER).observed).toMatchObject({
        is: 'order',
        first: { what: 'roster' },
        then: { what: 'completion' },
        ms: gapMs,
      });
    },
  );

  test.each([1, 3, 8, 10])('%i ms pass, because they are within the slack and the unread time', (gapMs) => {
    expect(verdictOn(timed(rosterFirst(gapMs)), ROSTER)).toBe('passed');
  });

  test('without arrival times, only the acknowledgement proves an order', () => {
    expect(verdictOn(rosterFirst(150).history(), ROSTER)).toBe('passed');
  });

  test('a completion before the response fails beyond slack, unread time and round trip', () => {
    const early = (gapMs: number): RunStory =>
      aRun([RESPONSE_FIRST], { roundTripMs: 3 })
        .invite()
        .completion(undefined, { from: 20, until: 300 })
        .answer(undefined, { from: 21 + gapMs, until: 250 });
    expect(verdictOn(timed(early(SLACK + 2 * UNREAD + 3)), RESPONSE_FIRST)).toBe('passed');
    expect(verdictOn(timed(early(SLACK + 2 * UNREAD + 4)), RESPONSE_FIRST)).toBe('failed');
  });

  test('a delivery whose sender leaves without an acknowledgement ends when its body was read, plus the slack', () => {
    const left = (gapMs: number): History => {
      const { header, events } = timed(rosterFirst(gapMs));
      const leaves = (event: HistoryEvent): HistoryEvent => {
        if (event.kind !== 'delivery') return event;
        const { acknowledgedAt: _none, ...rest } = event;
        return { ...rest, leftAt: event.bodyAt };
      };
      return { header, events: events.map(leaves) };
    };
    expect(verdictOn(left(5), ROSTER)).toBe('passed');
    expect(verdictOn(left(15), ROSTER)).toBe('failed');
  });

  test('a delivery that may have arrived before it was read is not proved to come later', () => {
    const interval = fc.record({
      from: fc.nat({ max: 60 }),
      read: fc.nat({ max: 20 }),
      withheld: fc.nat({ max: 40 }),
      unread: fc.nat({ max: 60 }),
    });
    const made = ({
      from,
      read,
      withheld,
      unread,
    }: {
      from: number;
      read: number;
      withheld: number;
      unread: number;
    }) => {
      const readAt = from + read;
      const until = readAt + SLACK + withheld;
      return { from, until, readAt, slackMs: SLACK, arrivedAfter: from - unread };
    };
    fc.assert(
      fc.property(interval, interval, (one, other) => {
        const [a, b] = [made(one), made(other)];
        const found = order(a, b);
        // A proved order implies that one was read before the other one.
        expect(found !== 'before' || a.readAt + SLACK < b.from).toBe(true);
        expect(found !== 'after' || b.readAt + SLACK < a.from).toBe(true);
        // A sender may have been as late with one of the two as this process was with either.
        const late = Math.max(one.unread, other.unread);
        const proved = a.readAt + SLACK + late < b.arrivedAfter || a.until < b.from;
        expect(found === 'before').toBe(proved);
      }),
    );
  });
});

describe('a wrong order without waiting for acknowledgements', () => {
  /** One wrong order among many concurrent invitations. */
  const amongMany = (count: number, rounds = false): RunStory => {
    const run = aRun([ROSTER]).invite({ name: 'wrong' }).answer(undefined, { from: 15, until: 16 });
    const repeats = rounds ? { repeats: 'story/attempt-2/other-0' } : {};
    for (let i = 0; i < count; i += 1)
      run.invite({ name: `other-${i}`, tries: [], ...repeats }).answer(undefined, { from: 105, until: 106 });
    return run
      .of('wrong')
      .roster(undefined, { from: 100, until: 400 })
      .completion(undefined, { from: 150, until: 500 });
  };
  const ALONE = [{ alone: true }];

  test('is judged only in attempts that run alone, if there are any', () => {
    expect(verdictOn(timed(amongMany(9), ALONE), ROSTER)).toBe('passed');
  });

  test('is judged if at most eight other invitations have events in between', () => {
    expect(verdictOn(timed(amongMany(8), ALONE), ROSTER)).toBe('failed');
  });

  test('counts the rounds of one attempt as one invitation', () => {
    expect(verdictOn(timed(amongMany(9, true), ALONE), ROSTER)).toBe('failed');
  });

  test.each([[[]], [[{ alone: true, notSelected: true }]], [[{ alone: true, tries: ['response.json'] }]]])(
    'is judged among many invitations if no attempt that tries it runs alone: %j',
    (plan: Partial<PlannedAttempt>[]) => {
      expect(verdictOn(timed(amongMany(9), plan), ROSTER)).toBe('failed');
    },
  );

  test('is judged among any number of invitations if the service waits', () => {
    const run = aRun([ROSTER]).invite({ name: 'wrong' }).answer(undefined, { from: 15, until: 16 });
    for (let i = 0; i < 30; i += 1)
      run.invite({ name: `other-${i}`, tries: [] }).answer(undefined, { from: 105, until: 106 });
    run.of('wrong').roster(undefined, { from: 100, until: 110 }).completion(undefined, { from: 120, until: 130 });
    const history = timed(run, ALONE);
    expect(verdictOn(history, ROSTER)).toBe('failed');
  });
});

describe('a response that may have been delayed between the service and the suite', () => {
  /** A completion that was acknowledged before its response arrived, while others are answered. */
  const among = (count: number): RunStory => {
    const run = aRun([RESPONSE_FIRST]).invite({ name: 'wrong' }).completion(undefined, { from: 100, until: 110 });
    for (let i = 0; i < count; i += 1)
      run.invite({ name: `other-${i}`, tries: [] }).answer(undefined, { from: 105, until: 106 });
    return run.of('wrong').answer(undefined, { from: 150, until: 151 });
  };
  const ALONE = [{ alone: true }];

  test.each([
    [0, ALONE, 'failed'],
    [3, ALONE, 'failed'],
    [4, ALONE, 'passed'],
    [4, [], 'failed'],
  ] as const)('%i others, %j: %s', (count, plan, verdict) => {
    expect(verdictOn(timed(among(count), [...plan]), RESPONSE_FIRST)).toBe(verdict);
  });

  type Others = 'answered' | 'cut off' | 'unanswered';

  /** The same while the requests of others wait for their responses. */
  const amongWaiting = (count: number, others: Others): RunStory => {
    const run = aRun([RESPONSE_FIRST]).invite({ name: 'wrong' });
    for (let i = 0; i < count; i += 1) run.invite({ name: `other-${i}`, tries: [] });
    run.of('wrong').completion(undefined, { from: 200, until: 210 }).answer(undefined, { from: 250, until: 251 });
    for (let i = 0; i < count; i += 1) {
      run.of(`other-${i}`);
      if (others !== 'unanswered') run.answer(undefined, { from: 400, until: 401 });
      if (others !== 'answered') run.cutOff();
    }
    return run;
  };

  test.each<[number, Others, object[], string]>([
    [8, 'answered', ALONE, 'failed'],
    [9, 'answered', ALONE, 'passed'],
    [9, 'answered', [], 'failed'],
    [8, 'cut off', ALONE, 'failed'],
    [9, 'cut off', ALONE, 'passed'],
    [8, 'unanswered', ALONE, 'failed'],
    [9, 'unanswered', ALONE, 'passed'],
  ])('%i others that wait for their responses (%s), %j: %s', (count, others, plan, verdict) => {
    expect(verdictOn(timed(amongWaiting(count, others), plan), RESPONSE_FIRST)).toBe(verdict);
  });

  test.each([
    [3, 'failed'],
    [4, 'passed'],
  ])(
    '%i others that are answered meanwhile, in attempts that were cut off because the target stopped: %s',
    (count, verdict) => {
      const run = among(count);
      for (let i = 0; i < count; i += 1) run.of(`other-${i}`).cutOff();
      expect(verdictOn(timed(run, ALONE), RESPONSE_FIRST)).toBe(verdict);
    },
  );
});
