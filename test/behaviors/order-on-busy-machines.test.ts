import type { PlannedAttempt } from '../../history/events';
import { verdictOn } from '../support/cases';
import { aRun, type RunStory } from '../support/histories';
import { SLACK, timed } from '../support/timed';

/** Orders on a machine that is busy: it measures longer times, and reads late what arrived. */

const RESPONSE_FIRST = 'ordering.response-first';
const ROSTER = 'ordering.completion-before-roster';

describe('a round trip that the preflight of a busy machine measured too long', () => {
  /** A roster before the completion, each acknowledged before the next one, and a response after a given time. */
  const measured = (answeredAfter: number, gap: number): string => {
    const run = aRun([ROSTER], { roundTripMs: 60 }).invite();
    run.answer(undefined, { from: 11 + answeredAfter, until: 12 + answeredAfter });
    run.roster(undefined, { from: 200, until: 222 }).completion(undefined, { from: 222 + gap, until: 300 });
    const { header, events } = timed(run, [{ tries: [ROSTER], alone: true }]);
    const slower = events.map((one) => (one.kind === 'delivery' ? { ...one, slackMs: 68, unreadMs: 20 } : one));
    return verdictOn({ header, events: slower }, ROSTER);
  };

  test('is at most the time of the fastest response: what follows an acknowledgement is later', () => {
    expect(measured(2, 1)).toBe('failed');
    expect(measured(2, 0)).toBe('passed');
  });

  test('if every response took as long, the target is distant, and the next notification may have been under way', () => {
    expect(measured(60, 1)).toBe('passed');
  });
});

describe('a wrong order that a busy machine does not prove', () => {
  const LATE = 20;
  /** Invitations of an attempt, each with a roster so long before the completion, or after it, ms. */
  const rounds = (gaps: readonly number[], plan: Partial<PlannedAttempt> = { alone: true }): string => {
    const run = aRun([ROSTER]);
    for (const [i, gap] of gaps.entries()) {
      const from = 1000 * (i + 1);
      run.invite({ attempt: 'attempt-1' }).answer(undefined, { from: from - 50, until: from - 49 });
      const roster = (): RunStory => run.roster(undefined, { from, until: from + 500 });
      const completion = (): RunStory => run.completion(undefined, { from: from + 1 + gap, until: from + 501 });
      if (gap > 0) roster();
      completion();
      if (gap <= 0) roster();
    }
    const planned = [{ tries: [RESPONSE_FIRST, ROSTER], ...plan }];
    return verdictOn(timed(run, planned, { delivery: LATE }), ROSTER);
  };
  const [seen, proved] = [SLACK + LATE + 1, SLACK + 2 * LATE + 1];

  test('is untested if it is seen in most invitations that nothing disturbs', () => {
    expect(rounds([seen, seen, -5])).toBe('untested');
    expect(rounds([seen, -5])).toBe('passed');
    expect(rounds([seen - 1, seen - 1, seen - 1])).toBe('passed');
  });

  test('fails if it is proved once', () => {
    expect(rounds([seen, seen, proved])).toBe('failed');
    expect(rounds([-5, -5, proved])).toBe('failed');
    expect(rounds([-5, -5, proved - 1])).toBe('passed');
  });

  test('counts only in attempts that run alone, and have one invitation at a time', () => {
    expect(rounds([seen, seen], {})).toBe('passed');
    expect(rounds([seen, seen], { alone: true, tries: [ROSTER, 'ordering.concurrent-invitations'] })).toBe('passed');
  });
});
