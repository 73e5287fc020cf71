import type { Delivery, Exchange } from '../../history/events';
import { rosterItem } from '../support/bodies';
import { instead, put } from '../support/edits';
import type { RunStory } from '../support/histories';
import { alone, MISSING, RESPONSE, ROSTER, same, twice, waitUntil } from './missing-story';
import { shown, type RecordedStory } from './recorded-story';

/** When a recording proves that something did not arrive. The limits of time are 1000 ms, and 50 ms of quiet. */

test.each([
  [150, 'failed'],
  [149, 'untested gap'],
])('two missing completions, the second of an invitation at %i ms: %s', (secondAt, verdict) => {
  expect(shown(alone({ tell: twice(secondAt) }))).toBe(verdict);
});

test('what is missing once may be a gap', () => {
  const tell = (run: RunStory): RunStory => twice(150)(run).completion();
  expect(shown(alone({ tell }))).toBe('untested gap against');
});

test('another one that nothing follows changes nothing', () => {
  expect(shown(alone({ tell: (run) => twice(150)(run).invite().answer() }))).toBe('failed');
});

describe('the recording must continue', () => {
  // The second invitation is sent at 150 and answered until 161.
  test.each<[string, RecordedStory['sources'], string]>([
    ['from the first invitation until the deadline of the last', [[10, 1161]], 'failed'],
    ['one millisecond less at the end', [[10, 1160]], 'untested gap window'],
    ['one millisecond less at the beginning', [[11, 1161]], 'untested window gap'],
    ['without known times', [null], 'untested window'],
    ['in another source only', [null, [0, 5000]], 'untested window'],
  ])('%s', (_, sources, verdict) => {
    expect(shown(alone({ sources: sources ?? [] }))).toBe(verdict);
  });

  test('after the end of an operation too', () => {
    // Ends by a completion at 300; a failure may follow it until 1300.
    const tell = (run: RunStory): RunStory =>
      run.invite().answer(same, RESPONSE).completion(same, { from: 300, until: 302 }).roster();
    const id = 'completion.once';
    expect(shown({ id, tell, sources: [[10, 1300]] })).toBe('passed');
    expect(shown({ id, tell, sources: [[10, 1299]] })).toBe('untested window');
  });

  test('in one of the sources with notifications of the call', () => {
    const isRoster = ({ kind, body }: Delivery): boolean =>
      kind === 'delivery' && body.content.includes('/participants"');
    const recorded = (event: Exchange | Delivery) => ({ source: event.kind === 'delivery' && isRoster(event) ? 1 : 0 });
    const tell = (run: RunStory): RunStory =>
      waitUntil(run.invite().answer(same, RESPONSE).roster(same, ROSTER), 5150).invite().answer().roster().callUpdate();
    const [whole, cut] = [
      [0, 1e5],
      [0, 1],
    ] as const;
    expect(shown(alone({ tell, recorded, sources: [whole, cut] }))).toBe('failed');
    expect(shown(alone({ tell, recorded, sources: [cut, whole] }))).toBe('failed');
    expect(shown(alone({ tell, recorded, sources: [cut, cut] }))).toBe('untested window');
  });

  test('in the source of the notifications', () => {
    const recorded = (event: Exchange | Delivery) => ({ source: event.kind === 'delivery' ? 1 : 0 });
    const tell = twice(5150);
    const late = { from: 5150, until: 5155 };
    const story = alone({ recorded, tell });
    expect(
      shown({
        ...story,
        sources: [
          [0, 1],
          [0, 1e5],
        ],
      }),
    ).toBe('failed');
    expect(
      shown({
        ...story,
        sources: [
          [0, 1e5],
          [0, late.until],
        ],
      }),
    ).toContain('window');
  });
});

test.each([
  [5150, 'failed'],
  [5149, 'untested gap'],
])('with two clocks, five seconds are added: the second at %i ms: %s', (secondAt, verdict) => {
  const recorded = (event: Exchange | Delivery) => ({ source: event.kind === 'delivery' ? 1 : 0 });
  const sources = [
    [0, 1e6],
    [0, 1e6],
  ] as const;
  expect(shown(alone({ tell: twice(secondAt), recorded, sources }))).toBe(verdict);
});

test('five seconds are added if one of the notifications is by another clock', () => {
  const recorded = (event: Exchange | Delivery) => ({ source: event.kind === 'delivery' && event.n % 2 === 0 ? 1 : 0 });
  const tell = (run: RunStory): RunStory =>
    waitUntil(
      run
        .invite()
        .answer(same, RESPONSE)
        .running(same, { from: 96, until: 97 })
        .running(same, { from: 98, until: 99 })
        .roster(same, ROSTER),
      5149,
    )
      .invite()
      .answer()
      .roster();
  const sources = [
    [0, 1e6],
    [0, 1e6],
  ] as const;
  expect(shown(alone({ tell, recorded, sources }))).toBe('untested gap');
  expect(shown(alone({ tell, sources }))).toBe('failed');
});

test('an invitation that must be refused proves no gap', () => {
  expect(shown(alone({ tell: twice(150, { expect: 'refusedOrFails' }) }))).toBe('untested gap');
});

describe('rosters', () => {
  const completed = (run: RunStory): RunStory =>
    waitUntil(run.invite().answer().completion(same, ROSTER), 150).invite().answer().completion();
  const unlisted = rosterItem('call', []);

  test('that are missing after two completions fail', () => {
    expect(shown({ id: 'roster.announced', tell: completed })).toBe('failed');
  });

  test.each(['roster.media-streams', 'roster.joined'])('whose entries twice lack something fail %s', (id) => {
    const edit =
      id === 'roster.joined' ? put('/resourceData/0/isMuted', true) : put('/resourceData/0/mediaStreams', []);
    const tell = (secondAt: number) => (run: RunStory) =>
      waitUntil(run.invite().answer().completion().roster(edit, ROSTER), secondAt)
        .invite()
        .answer()
        .completion()
        .roster(edit);
    expect(shown({ id, tell: tell(150) })).toBe('failed');
    expect(shown({ id, tell: tell(149) })).toBe('untested gap');
    const once = (run: RunStory): RunStory =>
      waitUntil(run.invite().answer().completion().roster(edit, ROSTER), 150).invite().joins();
    expect(shown({ id, tell: once })).toBe('untested gap against');
  });

  test.each([
    ['coarse', 67, 'untested times against'],
    ['coarse', 66, 'untested times against'],
    ['full', 67, 'untested gap against'],
    ['coarse', 68, 'passed'],
  ] as const)('with %s times, one at %i ms to an invitation at 67 ms: %s', (times, from, verdict) => {
    const roster = { to: 'story/attempt-2#1', from, until: 69 };
    const tell = (run: RunStory): RunStory =>
      run
        .invite()
        .answer(same, { until: 57 })
        .completion(same, { from: 22, until: 23 })
        .roster(same, { from: 50, until: 57 })
        .invite()
        .post([unlisted], roster)
        .answer()
        .completion();
    expect(shown({ id: 'roster.announced', tell, recorded: () => ({ times }) })).toBe(verdict);
  });
});

describe('with roughly known times', () => {
  const recorded = () => ({ times: 'coarse' as const });
  const before = (run: RunStory): RunStory => run.post([rosterItem('call-1', [])], { from: 1, until: 2 });

  test('a completion is missing, whatever rosters came before', () => {
    const tell = (run: RunStory): RunStory =>
      waitUntil(before(run.invite()).answer(same, RESPONSE).roster(same, ROSTER), 150);
    const both = (run: RunStory): RunStory => before(tell(run).invite()).answer().roster();
    expect(shown(alone({ tell: both, recorded }))).toBe('failed');
  });

  test('an invitee is missing from rosters that came later, not from one before', () => {
    const id = 'roster.invitees';
    const empty = put('/resourceData', []);
    const tell = (first: (run: RunStory) => RunStory) => (run: RunStory) =>
      waitUntil(first(run.invite()).answer().completion().roster(empty, ROSTER), 150)
        .invite()
        .answer()
        .completion()
        .roster(empty);
    expect(shown({ id, tell: tell((run) => run), recorded })).toBe('failed');
    expect(shown({ id, tell: tell(before), recorded })).toBe('untested times gap');
    // The first one may have followed the invitation; the second one is missing with it.
    expect(shown({ id, tell: (run) => before(run.invite()).answer().completion().roster(empty), recorded })).toBe(
      'untested times',
    );
  });

  test('nothing is missing if the times of notifications are meaningless', () => {
    const tell = (run: RunStory): RunStory => twice(150)(run);
    const none = ({ kind }: Exchange | Delivery) => ({
      times: kind === 'delivery' ? ('none' as const) : ('full' as const),
    });
    expect(shown(alone({ tell, recorded: none }))).toBe('untested times');
  });

  test('nothing is missing twice if the times of the second are meaningless', () => {
    const none = (event: Exchange | Delivery) => ({
      times: event.kind === 'delivery' && event.headersAt > 150 ? ('none' as const) : ('full' as const),
    });
    expect(shown(alone({ recorded: none }))).toBe('untested gap times');
  });
});

test('an invitation of which nothing but a running operation is known', () => {
  const tell = (run: RunStory): RunStory =>
    run
      .invite()
      .answer()
      .post([instead({})({})], { to: null });
  expect(shown({ id: MISSING, tell })).toBe('untested notifications');
});
