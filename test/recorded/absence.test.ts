import type { Delivery, Exchange } from '../../history/events';
import { operationItem, rosterItem, user } from '../support/bodies';
import { instead, put } from '../support/edits';
import type { RunStory } from '../support/histories';
import type { DeliveryOptions, InvitationOptions } from '../support/story-options';
import { shown, type RecordedStory } from './recorded-story';

/** When a recording proves that something did not arrive. The limits of time are 1000 ms, and 50 ms of quiet. */

const MISSING = 'completion.announced';

/** The times of the response and of the roster of the first invitation. */
const RESPONSE = { from: 90, until: 95 };
const ROSTER = { from: 100, until: 102 };
const same = (value: unknown): unknown => value;

/** Advances the clock so that the next event begins at a time. */
const waitUntil = (run: RunStory, time: number): RunStory =>
  run.callUpdate('established', { from: ROSTER.until, until: time - 10 });

/** Two invitations with rosters but without completions. @param secondAt when the second is sent */
const twice =
  (secondAt: number, first: InvitationOptions = {}, second: InvitationOptions = {}) =>
  (run: RunStory): RunStory =>
    waitUntil(run.invite(first).answer(same, RESPONSE).roster(same, ROSTER), secondAt).invite(second).answer().roster();

/** Sent at 10, answered until 95, so notifications are due until 1095. */
const alone = (story: Partial<RecordedStory>): RecordedStory => ({ id: MISSING, tell: twice(150), ...story });

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

describe('a notification that matches nothing may be the missing one', () => {
  const operation = (callId: string, over: Partial<Parameters<typeof operationItem>[1]> = {}): unknown =>
    operationItem(
      callId,
      { id: 'unknown', clientContext: 'unknown', invitees: [user('unknown')], ...over },
      'completed',
    );
  const posts =
    (item: unknown, how: DeliveryOptions = { to: null }) =>
    (run: RunStory): RunStory =>
      twice(150)(run.invite({ name: 'first', tries: [] }).joins()).post([item], how);
  const unmatched = 'untested unmatched';

  test.each<[string, unknown, string]>([
    ['another call', operation('other-call'), 'untested gap'],
    ['the call of one of them', operation('call-2'), 'untested unmatched gap'],
    ['the context of one', operation('other-call', { clientContext: 'context "2" <&>' }), 'untested unmatched gap'],
    ['the invitees of one', operation('other-call', { invitees: [user('user-of-2')] }), 'untested unmatched gap'],
    ['no invitees and no context', operation('other-call', { invitees: [], clientContext: undefined }), 'untested gap'],
    [
      'an invitee of one in a roster of another call',
      rosterItem('other-call', [user('user-of-2')]),
      'untested unmatched gap',
    ],
    ['an unknown one in a roster of another call', rosterItem('other-call', [user('unknown')]), 'failed'],
  ])('%s', (_, item, verdict) => {
    expect(shown(alone({ tell: posts(item) }))).toBe(verdict);
  });

  test('by the invitees only if the response has an id, by the context only if there is one', () => {
    const withoutId = put('/id', null);
    const tell = (run: RunStory): RunStory =>
      waitUntil(run.invite().answer(withoutId, RESPONSE).roster(same, ROSTER), 150).invite().answer(withoutId).roster();
    const other = operation('other-call', { invitees: [user('user-of-2')] });
    expect(shown(alone({ tell: (run) => tell(run).post([other], { to: null }) }))).toBe('untested gap');
    const silent = { clientContext: null };
    const nobody = operation('other-call', { clientContext: undefined });
    expect(shown(alone({ tell: (run) => twice(150, silent, silent)(run).post([nobody], { to: null }) }))).toBe(
      'untested gap',
    );
  });

  test('of an invitation that was lost: then more must be missing than gaps explain', () => {
    const lost = (run: RunStory): RunStory => run.post([operation('other-call')], { to: null });
    const missing = (count: number) => (run: RunStory) =>
      Array.from({ length: count - 2 }).reduce<RunStory>((so) => so.invite().answer().roster(), twice(150)(run));
    expect(shown(alone({ tell: (run) => lost(missing(3)(run)) }))).toBe('untested gap');
    expect(shown(alone({ tell: (run) => lost(missing(4)(run)) }))).toBe('failed');
    expect(shown(alone({ tell: (run) => lost(lost(missing(4)(run))) }))).toBe('failed');
  });

  test('not the end of an operation of another kind', () => {
    const prompt = instead({ '@odata.type': '#microsoft.graph.playPromptOperation' });
    const tell = (run: RunStory): RunStory => twice(150)(run).post([prompt(operation('other-call'))], { to: null });
    expect(shown(alone({ tell }))).toBe('failed');
  });

  test('by one of several invitees', () => {
    const pair = { invitees: [user('one'), user('other')] };
    const tell = (run: RunStory): RunStory =>
      twice(150, {}, pair)(run).post([rosterItem('other-call', [user('other')])], { to: null });
    expect(shown(alone({ tell }))).toBe('untested gap unmatched');
  });

  test('the roster of a call to which the invitee was invited too does not count', () => {
    const both = { invitees: [user('both')] };
    const tell = (run: RunStory): RunStory => twice(150, both)(run.invite({ ...both, tries: [] }).joins());
    expect(shown(alone({ tell }))).toBe('failed');
  });

  test('an unreadable one may be any; other traffic that was left out, none', () => {
    const leftOut = (why: 'unreadable' | 'notAnEntry') => ({ leftOut: [{ why, count: 1 }] });
    expect(shown(alone({ over: leftOut('unreadable') }))).toBe(unmatched);
    expect(shown(alone({ over: leftOut('notAnEntry') }))).toBe('failed');
  });
});

test('if rosters are missing after others, more completions must be missing than rosters', () => {
  const [completion, roster] = ['completion.announced', 'roster.announced'];
  const tell = (completions: number) => (run: RunStory) =>
    Array.from({ length: completions - 2 }).reduce<RunStory>(
      (so) => so.invite().answer().roster(),
      twice(150)(run).invite().answer().completion(),
    );
  expect(shown({ id: completion, tell: tell(3) })).toBe('untested gap against');
  expect(shown({ id: completion, tell: tell(4) })).toBe('failed');
  expect(shown({ id: roster, tell: tell(4) })).toBe('untested gap against');
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
});

test('an invitation of which nothing but a running operation is known', () => {
  const tell = (run: RunStory): RunStory =>
    run
      .invite()
      .answer()
      .post([instead({})({})], { to: null });
  expect(shown({ id: MISSING, tell })).toBe('untested notifications');
});
