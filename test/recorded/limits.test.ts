import type { Delivery, Exchange } from '../../history/events';
import { callItem, PHONE, rosterItem, user } from '../support/bodies';
import { drop, put } from '../support/edits';
import type { RunStory } from '../support/histories';
import { shown, withoutBody, type RecordedStory } from './recorded-story';

/** What a recording does not show, and what it proves all the same. */

const same = (value: unknown): unknown => value;
const joins = (run: RunStory): RunStory => run.invite().joins();
const answered = (run: RunStory): RunStory => run.invite().answer();
const inNothing = { to: null };

const withoutHeaders = (event: Exchange | Delivery): Exchange | Delivery =>
  event.kind === 'exchange' && event.response ? { ...event, response: { ...event.response, headers: [] } } : event;

describe('a response', () => {
  test.each([
    'response.json',
    'response.operation',
    'response.odata-type',
    'response.operation-id',
    'response.status-running',
    'response.status-in-progress',
    'response.client-context',
    'response.result-info',
    'response.participants',
    'response.location-operation',
    'completion.status',
    'ordering.response-first',
  ])('without a body says nothing about %s', (id) => {
    expect(shown({ id, tell: joins })).toBe('passed');
    expect(shown({ id, tell: joins, edit: withoutBody })).toBe('untested responseBody');
  });

  test.each<[string, RecordedStory['tell'], Partial<RecordedStory>]>([
    ['response.replaces-call-id', (run) => run.invite({ replacing: true }).joins(), {}],
    ['refusal.error-body', (run) => run.control().invite({ expect: 'refused' }).refuse(), {}],
    ['pstn.e164', (run) => run.invite({ invitees: [PHONE] }).joins(), { header: { edition: '2025-07-23' } }],
    [
      'move.response-participant-id',
      (run) => run.invite({ replacing: true, participantId: 'p' }).answer(put('/participants/0/participantId', 'p')),
      { header: { edition: '2025-07-23' } },
    ],
  ])('without a body says nothing about %s either', (id, tell, more) => {
    expect(shown({ id, tell, ...more })).toBe('passed');
    expect(shown({ id, tell, ...more, edit: withoutBody })).toBe('untested responseBody');
  });

  test.each([
    ['response.location', 'untested headers'],
    ['response.location-operation', 'untested headers'],
    ['response.json', 'untested headers'],
    ['response.participants', 'passed'],
    ['response.status-200', 'passed'],
  ])('without headers: %s is %s', (id, verdict) => {
    expect(shown({ id, tell: joins, edit: withoutHeaders })).toBe(verdict);
  });

  test('of which only the status was recorded is judged by it', () => {
    const tell = (run: RunStory): RunStory => run.invite().answer(same, { status: 201 });
    expect(shown({ id: 'response.status-200', tell, edit: withoutBody })).toBe('failed');
  });
});

describe('the notifications', () => {
  const NEEDING = [
    'completion.announced',
    'roster.announced',
    'ordering.response-first',
    'response.status-in-progress',
  ];

  test.each(NEEDING)('of no call: %s is untested', (id) => {
    expect(shown({ id, tell: answered })).toBe('untested notifications');
    expect(shown({ id, tell: joins })).toBe('passed');
  });

  test('of an operation whose id another response has too belong to either', () => {
    const tell = (run: RunStory): RunStory =>
      run.invite({ operationId: 'one' }).joins().invite({ operationId: 'one' }).joins();
    expect(shown({ id: 'completion.participants', tell })).toBe('untested unmatched');
    expect(shown({ id: 'completion.participants', tell: (run) => joins(joins(run)) })).toBe('passed');
  });

  test.each([
    'completion.change-type',
    'completion.operation',
    'roster.change-type',
    'roster.collection',
    'roster.participant',
    'notification.envelope',
    'notification.change-type',
  ])('that a library wrote again say nothing about %s', (id) => {
    expect(shown({ id, tell: joins, over: { reserialized: true } })).toBe('untested reserialized');
    expect(shown({ id, tell: joins })).toBe('passed');
  });

  test.each(['roster.media-streams', 'completion.status', 'roster.invitees', 'notification.post'])(
    'that a library wrote again are judged by %s, unless that depends on the writing',
    (id) => {
      const verdict = id === 'roster.media-streams' ? 'untested reserialized' : 'passed';
      expect(shown({ id, tell: joins, over: { reserialized: true } })).toBe(verdict);
    },
  );

  test.each<[string, RecordedStory['recorded'], string]>([
    ['of the invitation', ({ kind }) => ({ times: kind === 'exchange' ? 'none' : 'full' }), 'untested times'],
    ['of the notifications', ({ kind }) => ({ times: kind === 'delivery' ? 'none' : 'full' }), 'untested times'],
    ['of nothing, at least roughly', () => ({ times: 'coarse' }), 'passed'],
  ])('without the times %s: rosters', (_, recorded, verdict) => {
    expect(shown({ id: 'roster.invitees', tell: joins, recorded: recorded ?? (() => ({})) })).toBe(verdict);
  });

  test('that end an operation twice in an unknown order are not judged as its end', () => {
    const id = 'completion.status';
    const ends = (second: number) => (run: RunStory) =>
      run
        .invite({ tries: [id, 'request.route'] })
        .answer()
        .failing(same, { from: 40 })
        .completion(same, { from: second })
        .roster();
    expect(shown({ id, tell: ends(40) })).toBe('untested times');
    expect(shown({ id, tell: ends(41) })).toBe('failed');
    expect(shown({ id, tell: ends(41), recorded: () => ({ times: 'none' }) })).toBe('untested times');
  });
});

test('an ordinary invitation that fails, and one that is not seen to end', () => {
  const id = 'multiple.accepted';
  expect(shown({ id, tell: (run) => run.invite().answer().failing() })).toBe('untested circumstances');
  expect(shown({ id, tell: (run) => run.invite().answer().running() })).toBe('passed');
  expect(shown({ id, tell: (run) => run.invite().answer().running(), sources: [[0, 100]] })).toBe('untested window');
  expect(shown({ id, tell: answered })).toBe('untested notifications');
  // A failure elsewhere says nothing against it.
  expect(shown({ id, tell: (run) => joins(run).invite().answer().failing() })).toBe('passed');
});

test('hidden invitees in a roster may have been shown by another invitation', () => {
  const more = { id: 'roster.hidden-absent', header: { edition: '2025-07-23' } };
  const hidden = (run: RunStory): RunStory => run.invite({ hidden: true }).answer().completion();
  const others = (run: RunStory): RunStory => run.post([rosterItem('call-1', [user('another')])]);
  expect(shown({ ...more, tell: (run) => hidden(run).roster() })).toBe('untested membership');
  expect(shown({ ...more, tell: (run) => others(hidden(run)) })).toBe('passed');
  expect(shown({ ...more, tell: (run) => others(hidden(run)), sources: [[0, 100]] })).toBe('untested window');
});

test('ignored participants in a roster may have been shown by another invitation', () => {
  const id = 'replace.first-only-roster';
  const told = (run: RunStory): RunStory => run.invite({ replacing: true, ignored: [user('ignored')] }).joins();
  expect(shown({ id, tell: told })).toBe('passed');
  expect(
    shown({ id, tell: (run) => told(run).post([rosterItem('call-1', [user('user-of-1'), user('ignored')])]) }),
  ).toBe('untested membership');
  expect(shown({ id, tell: told, sources: [[0, 100]] })).toBe('untested window');
});

describe('a completion that comes late', () => {
  const id = 'completion.announced';
  const late = (run: RunStory): RunStory => run.invite().answer().completion(same, { from: 1022 }).roster();

  test.each<[string, RecordedStory['recorded'], string]>([
    ['exact times by one clock', () => ({}), 'failed'],
    ['rough times', () => ({ times: 'coarse' }), 'untested times'],
    ['two clocks', ({ kind }) => ({ source: kind === 'delivery' ? 1 : 0 }), 'untested times'],
  ])('with %s', (_, recorded, verdict) => {
    expect(shown({ id, tell: late, recorded: recorded ?? (() => ({})) })).toBe(verdict);
  });

  test('in time passes', () => {
    const inTime = (run: RunStory): RunStory => run.invite().answer().completion(same, { from: 1021 }).roster();
    expect(shown({ id, tell: inTime, recorded: () => ({ times: 'coarse' }) })).toBe('passed');
  });

  test('with a running status is there, and wrong', () => {
    const tell = (run: RunStory): RunStory => run.invite().answer().running(put('/changeType', 'deleted')).roster();
    expect(shown({ id, tell })).toBe('failed');
  });
});

describe('a roster that comes late', () => {
  const tell = (run: RunStory): RunStory => run.invite().answer().completion().roster(same, { from: 1032 });

  test.each([
    ['full', 'failed'],
    ['coarse', 'untested times'],
  ] as const)('by %s times', (times, verdict) => {
    expect(shown({ id: 'roster.announced', tell, recorded: () => ({ times }) })).toBe(verdict);
  });
});

describe('two completions', () => {
  const id = 'completion.once';
  const two = (until: number) => (run: RunStory) =>
    run.invite().answer().completion(same, { from: 100, until }).completion(same, { from: 9000 }).roster();

  test.each([
    ['acknowledged at once', 102, 'failed'],
    ['acknowledged within five seconds', 5099, 'failed'],
    ['acknowledged after five seconds', 5100, 'untested acknowledgement'],
  ])('of which the first was %s', (_, until, verdict) => {
    expect(shown({ id, tell: two(until) })).toBe(verdict);
  });

  test('of which one in between was acknowledged late', () => {
    const tell = (run: RunStory): RunStory => two(102)(run).completion(same, { from: 9010, until: 15000 }).completion();
    expect(shown({ id, tell })).toBe('untested acknowledgement');
  });

  test('of which the first was not acknowledged', () => {
    const tell = (run: RunStory): RunStory =>
      run
        .invite()
        .answer()
        .completion(same, { unacknowledged: true })
        .completion(same, { unacknowledged: true })
        .roster();
    expect(shown({ id, tell })).toBe('untested acknowledgement');
  });

  test('of which the second was acknowledged late, or with times that are only roughly known', () => {
    const tell = (run: RunStory): RunStory =>
      run.invite().answer().completion().completion(same, { from: 100, until: 9000 }).roster();
    expect(shown({ id, tell })).toBe('failed');
    expect(shown({ id, tell, recorded: () => ({ times: 'coarse' }) })).toBe('failed');
    expect(shown({ id, tell: joins, recorded: () => ({ times: 'coarse' }) })).toBe('passed');
  });

  test('of which the recording has one twice', () => {
    const last = (event: Exchange | Delivery) =>
      event.kind === 'delivery' && event.body.content.includes('completed') ? { twice: true as const } : {};
    const running = (run: RunStory): RunStory => run.invite().answer().running().completion().roster();
    expect(shown({ id, tell: running, recorded: last })).toBe('untested twice');

    const recorded = ({ kind }: Exchange | Delivery) => (kind === 'delivery' ? { twice: true as const } : {});
    expect(shown({ id, tell: two(102), recorded })).toBe('untested twice');
    expect(shown({ id, tell: joins, recorded })).toBe('untested twice');
    const first = (event: Exchange | Delivery) => (event.n < 8 ? recorded(event) : {});
    expect(shown({ id, tell: (run) => joins(joins(run)), recorded: first })).toBe('untested twice against');
  });
});

describe('a delivery', () => {
  const id = 'notification.resource-url';
  const other = rosterItem('other-call', [user('another')]);

  test('about an unknown call may be right; its own with another call is wrong', () => {
    expect(shown({ id, tell: joins })).toBe('passed');
    expect(shown({ id, tell: (run) => joins(run).post([other]) })).toBe('untested unmatched against');
    const named = put('/resourceUrl', '/communications/calls/other-call/operations/operation-1');
    for (const before of [(run: RunStory) => run, (run: RunStory) => run.control()]) {
      const wrong = (run: RunStory): RunStory =>
        before(run).invite({ operationId: 'operation-1' }).answer().running().completion(named);
      expect(shown({ id, tell: wrong })).toBe('failed');
    }
    const items = (run: RunStory): unknown[] => [named(run.operationItem('completed')), other];
    expect(shown({ id, tell: (run) => answered(run).post(items(run)) })).toBe('untested unmatched');
    const mixed = (run: RunStory): RunStory => answered(run).post([run.rosterItem(), other]);
    expect(shown({ id, tell: mixed })).toBe('untested unmatched');
    expect(shown({ id, tell: (run) => answered(run).completion(drop('/resourceUrl')) })).toBe('failed');
  });

  test('without headers is not known to be JSON; every other fact is judged', () => {
    const bare = (run: RunStory): RunStory => answered(run).completion(same, { headers: [] });
    expect(shown({ id: 'notification.json', tell: joins })).toBe('passed');
    expect(shown({ id: 'notification.json', tell: bare })).toBe('untested headers');
    expect(shown({ id: 'notification.post', tell: bare })).toBe('passed');
  });

  test('beside an unreadable one passes only what any delivery shows', () => {
    const over = { leftOut: [{ why: 'unreadable' as const, count: 1 }] };
    expect(shown({ id: 'notification.change-type', tell: joins, over })).toBe('passed');
    expect(shown({ id: 'notification.post', tell: joins, over })).toBe('untested unmatched');
    const twice = { leftOut: [{ why: 'twice' as const, count: 1 }] };
    expect(shown({ id: 'notification.post', tell: joins, over: twice })).toBe('passed');
    const byPut = (run: RunStory): RunStory =>
      answered(run).post([callItem('call-1', 'established')], { method: 'PUT' });
    expect(shown({ id: 'notification.post', tell: byPut, over })).toBe('failed');
  });
});

test('notifications to a callback of no call are not those of the call', () => {
  const tell = (run: RunStory): RunStory => answered(run).completion(same, inNothing).roster(same, inNothing);
  expect(shown({ id: 'completion.announced', tell })).toBe('untested notifications');
});
