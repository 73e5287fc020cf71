import type { History, PlannedAttempt } from '../../history/events';
import { openOn, verdictOn } from '../support/cases';
import { drop } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';
import type { DeliveryOptions, InvitationOptions } from '../support/story-options';
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
  const ROUND_TRIP = 1;
  const [seen, proved] = [SLACK + LATE + 1, SLACK + 2 * LATE + 1];

  /** Tells two events in an order: the second begins some time after the first was read, ms; negative: in the right order. */
  type Tell = (run: RunStory, from: number, gap: number) => RunStory;
  const until = (from: number): DeliveryOptions => ({ from, until: from + 500 });
  const rosterFirst: Tell = (run, from, gap) =>
    gap > 0
      ? run.roster(undefined, until(from)).completion(undefined, until(from + 1 + gap))
      : run.completion(undefined, until(from)).roster(undefined, until(from + 1 - gap));

  /** Invitations of an attempt. */
  const told = (
    gaps: readonly number[],
    { plan = { alone: true }, id = ROSTER, tell = rosterFirst, options = {} }: Story = {},
  ): History => {
    const run = aRun([id], { roundTripMs: ROUND_TRIP });
    for (const [i, gap] of gaps.entries()) {
      const from = 1000 * (i + 1);
      run.invite({ attempt: 'attempt-1', call: `call-${i}`, ...options });
      if (id !== RESPONSE_FIRST) run.answer(undefined, { from: from - 50, until: from - 49 });
      tell(run, from, gap);
    }
    return timed(run, [{ tries: [RESPONSE_FIRST, ROSTER, id], ...plan }], { delivery: LATE, response: LATE });
  };
  const verdict = (gaps: readonly number[], story: Story = {}): string =>
    verdictOn(told(gaps, story), story.id ?? ROSTER);
  interface Story {
    plan?: Partial<PlannedAttempt>;
    id?: string;
    tell?: Tell;
    options?: InvitationOptions;
  }

  test('is untested if it is seen in most invitations that nothing disturbs', () => {
    expect(verdict([seen, seen, -5])).toBe('untested');
    expect(verdict([seen, -5])).toBe('passed');
    expect(verdict([seen - 1, seen - 1, seen - 1])).toBe('passed');
    const { reason, restsOn } = openOn(told([seen, seen]), ROSTER);
    expect({ reason, restsOn }).toEqual({ reason: { why: 'notShown', lacks: 'orderProof' }, restsOn: [] });
  });

  test('fails if it is proved once', () => {
    expect(verdict([seen, seen, proved])).toBe('failed');
    expect(verdict([-5, -5, proved])).toBe('failed');
    expect(verdict([-5, -5, proved - 1])).toBe('passed');
  });

  test('counts only in attempts that run alone, and have one invitation at a time', () => {
    expect(verdict([seen, seen], { plan: {} })).toBe('passed');
    expect(verdict([seen, seen], { plan: { alone: true, scenario: 'another' } })).toBe('passed');
    const several = { alone: true, tries: [ROSTER, 'ordering.concurrent-invitations'] };
    expect(verdict([seen, seen], { plan: several })).toBe('passed');
  });

  test('is seen if one of several notifications is too early; invitations without them do not count', () => {
    const twoRosters: Tell = (run, from, gap) => rosterFirst(run, from, gap).roster(undefined, until(from + 200));
    expect(verdict([seen], { tell: twoRosters })).toBe('untested');
    const withoutRoster: Tell = (run, from, gap) =>
      gap === 0 ? run.completion(undefined, until(from)) : rosterFirst(run, from, gap);
    expect(verdict([seen, 0], { tell: withoutRoster })).toBe('untested');
  });

  test.each<[string, Tell]>([
    [
      'ordering.terminated-before-deleted',
      (run, from, gap) =>
        run
          .completion(undefined, { from: from - 40, until: from - 30 })
          .peer('terminated', 'deleted', drop('/resourceData'), until(from))
          .peer('terminated', 'updated', undefined, until(from + 1 + gap)),
    ],
    [
      'ordering.replaced-call-ends-after-completion',
      (run, from, gap) =>
        run.peer('terminated', 'updated', undefined, until(from)).completion(undefined, until(from + 1 + gap)),
    ],
  ])('also of %s', (id, tell) => {
    const story = { id, tell, options: { replacing: true } };
    expect(verdict([seen, seen], story)).toBe('untested');
    expect(verdict([seen - 1, seen - 1], story)).toBe('passed');
    expect(verdict([seen, proved], story)).toBe('failed');
  });

  test('a response must be later by the round trip as well', () => {
    const late: Tell = (run, from, gap) =>
      run.completion(undefined, until(from)).answer(undefined, { from: from + 1 + gap, until: from + 2 + gap });
    const story = { id: RESPONSE_FIRST, tell: late };
    expect(verdict([seen + ROUND_TRIP, seen + ROUND_TRIP], story)).toBe('untested');
    expect(verdict([seen, seen], story)).toBe('passed');
    expect(verdict([proved + ROUND_TRIP, proved + ROUND_TRIP], story)).toBe('failed');
  });

  test('is not seen without a response, or without knowing for how long the response waited unread', () => {
    const never: Tell = (run, from, gap) =>
      gap === 0
        ? run.completion(undefined, until(from)).noAnswer()
        : run.completion(undefined, until(from)).answer(undefined, { from: from + 1 + gap, until: from + 2 + gap });
    const late = seen + ROUND_TRIP;
    expect(verdict([late, late, 0], { id: RESPONSE_FIRST, tell: never })).toBe('untested');
    expect(verdict([late, 0], { id: RESPONSE_FIRST, tell: never })).toBe('passed');
    const run = aRun([RESPONSE_FIRST]).invite().completion(undefined, until(1000));
    const { header, events } = timed(run.answer(undefined, { from: 1400, until: 1401 }), [
      { tries: [RESPONSE_FIRST], alone: true },
    ]);
    const unknown = events.map((event) => {
      if (event.kind !== 'exchange' || !event.response) return event;
      const { unreadMs: _, ...response } = event.response;
      return { ...event, response };
    });
    expect(verdictOn({ header, events: unknown }, RESPONSE_FIRST)).toBe('passed');
  });

  test('a completion that comes again is judged as such', () => {
    const twice: Tell = (run, from, gap) =>
      run.completion(undefined, until(from)).running(undefined, until(from + 1 + gap));
    expect(verdict([seen, seen], { id: 'completion.once', tell: twice })).toBe('passed');
  });
});
