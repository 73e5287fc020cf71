import { overtakes } from '../../behaviors/facts/proved-order';
import type { History, PlannedAttempt } from '../../history/events';
import { runView } from '../../history/run-view';
import { callItem, user } from '../support/bodies';
import { verdictOn } from '../support/cases';
import { drop, instead } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';
import { timed as timedHistory } from '../support/timed';
import type { DeliveryOptions, InvitationOptions } from '../support/story-options';

const RESPONSE_FIRST = 'ordering.response-first';
const ROSTER = 'ordering.completion-before-roster';
const ALONE: Partial<PlannedAttempt>[] = [{ alone: true }];

/** The history of a run that records arrival times. @param plan further attempts of its plan, of both behaviours */
const timed = (run: RunStory, plan: readonly Partial<PlannedAttempt>[] = ALONE): History =>
  timedHistory(
    run,
    plan.map((one) => ({ tries: [RESPONSE_FIRST, ROSTER], ...one })),
  );

/** An invitation, and `count` others that are answered at a given time. */
function among(count: number, at: [from: number, until: number], tries: readonly string[] = [ROSTER]): RunStory {
  const run = aRun(tries).invite({ name: 'wrong' }).answer(undefined, { from: 15, until: 16 });
  for (let i = 0; i < count; i += 1)
    run.invite({ name: `other-${i}`, tries: [] }).answer(undefined, { from: at[0], until: at[1] });
  return run;
}

const wrong = (run: RunStory): RunStory =>
  run.of('wrong').roster(undefined, { from: 1000, until: 1010 }).completion(undefined, { from: 1050, until: 1060 });

/** Two notifications of an invitation that are delivered while the other is not acknowledged: the target does not wait. */
const overlapping = (run: RunStory): RunStory =>
  run
    .invite({ tries: [] })
    .answer()
    .running(undefined, { from: 2000, until: 2100 })
    .completion(undefined, { from: 2050, until: 2060 });

/** A notification that a call ended, without the call's name. */
const unnamed = (run: RunStory, how: DeliveryOptions): RunStory =>
  run.post([drop('/resourceUrl')(callItem('call', 'terminated'))], how);

describe('events of other invitations', () => {
  test.each([
    [949, 'failed'],
    [950, 'passed'],
    [1050, 'passed'],
    [1051, 'failed'],
  ])('count from 50 ms before the first notification to the second: at %i ms, %s', (at, verdict) => {
    expect(verdictOn(timed(overlapping(wrong(among(9, [at, at])))), ROSTER)).toBe(verdict);
  });

  test('do not count if acknowledgements alone prove the order', () => {
    const run = overlapping(wrong(among(9, [1005, 1006])));
    expect(verdictOn(timed(run), ROSTER)).toBe('passed');
    const { header } = timed(run);
    expect(verdictOn({ ...run.history(), header }, ROSTER)).toBe('failed');
    const early = aRun([RESPONSE_FIRST]).invite({ name: 'wrong' }).completion(undefined, { from: 100, until: 110 });
    for (let i = 0; i < 9; i += 1) early.invite({ tries: [] }).answer(undefined, { from: 120, until: 121 });
    early.of('wrong').answer(undefined, { from: 150, until: 151 });
    expect(verdictOn(timed(early), RESPONSE_FIRST)).toBe('passed');
    expect(verdictOn({ ...early.history(), header: timed(early).header }, RESPONSE_FIRST)).toBe('failed');
  });

  test.each<[string, Partial<PlannedAttempt>[], readonly string[], string]>([
    ['tries one of the same orders', [{ alone: true, tries: [ROSTER] }], [RESPONSE_FIRST, ROSTER], 'passed'],
    [
      'tries only another of its behaviours',
      [{ alone: true, tries: ['response.json'] }],
      [ROSTER, 'response.json'],
      'failed',
    ],
    ['lacks a capability', [{ alone: true, withoutCapability: 'pstn' }], [ROSTER], 'failed'],
  ])('are judged only in an attempt that runs alone if that %s', (_what, plan, tries, verdict) => {
    expect(verdictOn(timed(overlapping(wrong(among(9, [1005, 1006], tries))), plan), ROSTER)).toBe(verdict);
  });
});

describe('whether a target waits for acknowledgements', () => {
  const REPLACING: InvitationOptions = { name: 'replacing', replacing: true, tries: [] };
  /** During the completion, a call ends. */
  const during =
    (options: InvitationOptions, end: (run: RunStory, how: DeliveryOptions) => RunStory) => (run: RunStory) =>
      end(run.invite(options).answer().completion(undefined, { from: 2000, until: 2100 }), { from: 2050, until: 2060 });
  const ends = (state: string) => (run: RunStory, how: DeliveryOptions) => run.peer(state, 'updated', undefined, how);
  const answeredAt = (at: number) => (run: RunStory) =>
    run
      .invite({ tries: [] })
      .completion(undefined, { from: 2000, until: 2100 })
      .answer(undefined, { from: at, until: 2200 });

  test.each<[string, (run: RunStory) => RunStory, string]>([
    ['nothing overlaps', (run) => run, 'failed'],
    ['two notifications overlap', overlapping, 'passed'],
    ['the end of the replaced call overlaps', during(REPLACING, ends('terminated')), 'passed'],
    ['another state of the replaced call overlaps', during(REPLACING, ends('established')), 'failed'],
    ['the end of another call overlaps', during(REPLACING, (run, how) => run.callUpdate('terminated', how)), 'failed'],
    ['the end of a call that is not named overlaps', during(REPLACING, unnamed), 'failed'],
    ['no call is replaced, and the end of one that is not named overlaps', during({ tries: [] }, unnamed), 'failed'],
    ['the response begins during a delivery', answeredAt(2050), 'passed'],
    ['the response begins with a delivery', answeredAt(2000), 'failed'],
    ['the response may have begun before a delivery', answeredAt(2002), 'failed'],
    ['the response provably begins after a delivery', answeredAt(2003), 'passed'],
    ['the response begins at the end of a delivery', answeredAt(2100), 'failed'],
    [
      'the next delivery begins at the end of one',
      (run) =>
        run
          .invite({ tries: [] })
          .answer()
          .running(undefined, { from: 2000, until: 2010 })
          .completion(undefined, { from: 2010, until: 2020 }),
      'failed',
    ],
  ])('if %s, a wrong order among many others is %s', (_when, tell, verdict) => {
    expect(verdictOn(timed(tell(wrong(among(9, [1005, 1006])))), ROSTER)).toBe(verdict);
  });
});

describe('other requests that wait for their responses', () => {
  /** A completion before its response, and nine others. @param when their requests end */
  const waiting = (when: 'before' | 'after' | 'sent later' | 'sent after it'): string => {
    const run = aRun([RESPONSE_FIRST]).invite({ name: 'wrong' });
    const nine = (tell: (name: string) => void): void => {
      for (let i = 0; i < 9; i += 1) tell(`other-${i}`);
    };
    if (when === 'before' || when === 'after') nine((name) => run.invite({ name, tries: [] }));
    if (when === 'before') nine((name) => run.of(name).noAnswer());
    run.of('wrong').completion(undefined, { from: 300, until: 310 });
    if (when === 'sent later') nine((name) => run.invite({ name, tries: [] }));
    run.of('wrong').answer(undefined, { from: 500, until: 501 });
    if (when === 'sent after it') nine((name) => run.invite({ name, tries: [] }).answer());
    if (when === 'after') nine((name) => run.of(name).noAnswer());
    return verdictOn(timed(run), RESPONSE_FIRST);
  };

  test('excuse a late response, unless they have failed before', () => {
    expect(waiting('after')).toBe('passed');
    expect(waiting('before')).toBe('failed');
  });

  test('excuse no late response if they were sent after the notification, or after that response', () => {
    expect(waiting('sent later')).toBe('failed');
    expect(waiting('sent after it')).toBe('failed');
  });
});

describe('a roster long before a completion', () => {
  /** A roster of another invitation shows the invitee; between it and the completion come two updates of a call. */
  const ahead = (call: string, from: number): string => {
    const run = aRun([ROSTER]).invite({ name: 'a', call: 'c', invitees: [user('u1')], tries: [] });
    run.answer(undefined, { from: 20, until: 21 }).completion(undefined, { from: 100, until: 102 });
    run.invite({ name: 'd', call: 'd', tries: [] }).answer(undefined, { from: 103, until: 104 });
    run.invite({ name: 'b', call: 'c', invitees: [user('u2')] }).answer(undefined, { from: 130, until: 131 });
    const both = run.rosterItem([user('u1'), user('u2')]);
    run.of('a').roster(instead(both), { from: 140, until: 142 }).of(call);
    run.callUpdate('established', { from: 150, until: 152 }).callUpdate('established', { from: 160, until: 162 });
    unnamed(run, { from: 170, until: 172 });
    return verdictOn(
      run
        .of('b')
        .completion(undefined, { from, until: from + 2 })
        .history(),
      ROSTER,
    );
  };

  test('fails if notifications of the call came in between, and more than 40 ms passed', () => {
    expect(ahead('a', 300)).toBe('failed');
    expect(ahead('a', 183)).toBe('failed');
    expect(ahead('a', 182)).toBe('passed');
  });

  /** A roster of another invitation that may show the invitee as well, shortly before the completion. */
  const shortly = (tell: (run: RunStory, both: unknown) => RunStory): string => {
    const run = aRun([ROSTER]).invite({ name: 'a', call: 'c', invitees: [user('u1')], tries: [] });
    run.answer(undefined, { from: 20, until: 21 });
    run
      .invite({ name: 'b', call: 'c', invitees: [user('u2')] })
      .answer(undefined, { from: 30, until: 31 })
      .of('a');
    tell(run, run.rosterItem([user('u1'), user('u2')]));
    return verdictOn(run.of('b').completion(undefined, { from: 182, until: 183 }).history(), ROSTER);
  };
  const done = (run: RunStory): RunStory => run.completion(undefined, { from: 100, until: 102 });

  test('passes as the roster of another invitation whose completion had arrived', () => {
    expect(shortly((run, both) => done(run).roster(instead(both), { from: 140, until: 142 }))).toBe('passed');
    const twice = (run: RunStory): RunStory => done(run.roster(undefined, { from: 60, until: 61 }));
    expect(shortly((run, both) => twice(run).roster(instead(both), { from: 140, until: 142 }))).toBe('passed');
  });

  test.each<[string, (run: RunStory, both: unknown) => RunStory]>([
    [
      'lacks the invitee of the other invitation',
      (run) => done(run).roster(instead(run.rosterItem([user('u2')])), { from: 140, until: 142 }),
    ],
    [
      "comes before the other invitation's completion",
      (run, both) =>
        run.roster(instead(both), { from: 140, until: 142 }).completion(undefined, { from: 170, until: 171 }),
    ],
    [
      "is the other invitation's second roster",
      (run, both) =>
        done(run).roster(undefined, { from: 110, until: 112 }).roster(instead(both), { from: 140, until: 142 }),
    ],
  ])('fails if it %s', (_what, tell) => {
    expect(shortly(tell)).toBe('failed');
  });

  test('passes if only notifications of another call, or of none, came in between', () => {
    expect(ahead('d', 300)).toBe('passed');
  });
});

describe('an order in recorded traffic', () => {
  const RECORDED = {
    recording: { sources: [], calls: 0, invitations: 0, notifications: 0, callbacks: [], leftOut: [] },
  };

  /** Whether the last invitation's first notification is proved to precede its second one. @param gap how much later that is, ms */
  const isTold = (run: RunStory, gap: number): boolean => {
    run.invite({ name: 'last' }).answer().running(undefined, { from: 50_000, until: 50_001 });
    const view = runView(run.completion(undefined, { from: 50_000 + gap, until: 51_000 }).history());
    const last = view.invitations.at(-1);
    const [early, late] = last?.operations ?? [];
    if (!last || !early || !late) throw new Error('the story has no such invitation');
    return overtakes(early, late, last, view);
  };

  /** `count` invitations whose first notification is acknowledged after `ms` milliseconds, and followed by the next. */
  const slow = (count: number, ms: number): RunStory => {
    const run = aRun([], RECORDED);
    for (let i = 0; i < count; i += 1) {
      const from = 1000 * (i + 1);
      run
        .invite()
        .answer(undefined, { from: from - 5, until: from - 4 })
        .running(undefined, { from, until: from + ms });
      run
        .roster(undefined, { from: from + ms, until: from + ms + 1 })
        .completion(undefined, { from: from + 100, until: from + 101 });
    }
    return run;
  };

  test('is proved by more than 250 ms after the acknowledgement', () => {
    expect(isTold(slow(0, 0), 252)).toBe(true);
    expect(isTold(slow(0, 0), 251)).toBe(false);
  });

  test('is proved if the target waited for ten acknowledgements of at least 8 ms', () => {
    expect(isTold(slow(10, 8), 10)).toBe(true);
    expect(isTold(slow(9, 8), 10)).toBe(false);
    expect(isTold(slow(10, 7), 10)).toBe(false);
  });

  test('is not proved if the target once sent any notification without waiting', () => {
    const once = (tell: (run: RunStory) => RunStory): boolean => isTold(tell(slow(10, 8).invite().answer()), 10);
    const first = (run: RunStory): RunStory => run.running(undefined, { from: 40_000, until: 40_020 });
    expect(once((run) => first(run).completion(undefined, { from: 40_019, until: 40_021 }))).toBe(false);
    expect(once((run) => first(run).roster(undefined, { from: 40_019, until: 40_021 }))).toBe(false);
    expect(once((run) => first(run).completion(undefined, { from: 40_020, until: 40_021 }))).toBe(true);
    const rosterBetween = (run: RunStory): RunStory => first(run).roster(undefined, { from: 40_010, until: 40_011 });
    expect(once((run) => rosterBetween(run).completion(undefined, { from: 40_100, until: 40_101 }))).toBe(false);
  });

  test('a notification without an acknowledgement, or with an immediate one, does not show whether the target waits', () => {
    const never = slow(10, 8).invite().answer().running(undefined, { from: 40_000, unacknowledged: true });
    expect(isTold(never.completion(undefined, { from: 40_010, until: 40_011 }), 10)).toBe(true);
    const atOnce = slow(10, 8).invite().answer().running(undefined, { from: 40_000, until: 40_007 });
    expect(isTold(atOnce.completion(undefined, { from: 40_005, until: 40_006 }), 10)).toBe(true);
  });
});
