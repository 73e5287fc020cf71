import type { History, HistoryEvent } from '../../history/events';
import { rosterItem, user } from '../support/bodies';
import { judged, verdictOn } from '../support/cases';
import { aRun, type RunStory } from '../support/histories';

/** The verdicts on behaviours that a recording shows only in part. */

const recording = { sources: [], calls: 0, invitations: 0, notifications: 0, callbacks: [], leftOut: [] };
const ACCEPTED = 'multiple.accepted';
/** A recording that continues long after the run. */
const LONG = {
  sources: [{ name: 'a.har', kind: 'har', entries: 9, invitations: 2, notifications: 4, from: 0, until: 1e6 }],
};

function told(id: string, tell: (run: RunStory) => RunStory, more: object = {}): History {
  const { header, events } = tell(aRun([id], { recording: { ...recording, ...more } })).history();
  const timed = (event: HistoryEvent): HistoryEvent =>
    event.kind === 'exchange' || event.kind === 'delivery'
      ? { ...event, recorded: { source: 0, times: 'full' } }
      : event;
  return { header, events: events.map(timed) };
}

const reasons = (history: History, id: string): unknown[] => judged(history, id).untested.map(({ reason }) => reason);
const notRecorded = (what: string): object => ({ why: 'notRecorded', what });

describe('an invitation whose response was not recorded', () => {
  test('keeps its acceptance from passing, even if others were accepted', () => {
    expect(
      verdictOn(
        told(ACCEPTED, (run) => run.invite().joins()),
        ACCEPTED,
      ),
    ).toBe('passed');
    const history = told(ACCEPTED, (run) => run.invite().joins().invite().noAnswer());
    expect(judged(history, ACCEPTED)).toMatchObject({ verdict: 'untested', doubted: true });
    expect(reasons(history, ACCEPTED)).toEqual([notRecorded('response')]);
  });

  test('keeps a refusal from passing too, but not what its error says', () => {
    const refused = (run: RunStory): RunStory => run.control().invite({ expect: 'refused' }).refuse(400).callUpdate();
    const unanswered = (run: RunStory): RunStory => refused(run).invite({ expect: 'refused' }).noAnswer();
    const id = 'request.malformed-json';
    expect(verdictOn(told(id, refused, LONG), id)).toBe('passed');
    expect(judged(told(id, unanswered, LONG), id)).toMatchObject({ verdict: 'untested', doubted: true });
    expect(verdictOn(told('refusal.error-body', unanswered), 'refusal.error-body')).toBe('passed');
  });

  test('does not affect behaviours of the content of the response', () => {
    const id = 'response.location';
    const history = told(id, (run) => run.invite().joins().invite().noAnswer());
    expect(verdictOn(history, id)).toBe('passed');
    expect(reasons(history, id)).toEqual([notRecorded('response')]);
    expect(judged(history, id).untested[0]?.restsOn).toEqual([]);
  });
});

describe('a refusal of an invitation that must be accepted', () => {
  test.each([
    [400, 'untested'],
    [403, 'passed'],
    [503, 'passed'],
  ])('with %i, in addition to one that was accepted: %s', (status, verdict) => {
    const history = told(ACCEPTED, (run) => run.invite().joins().invite().refuse(status));
    expect(verdictOn(history, ACCEPTED)).toBe(verdict);
    expect(reasons(history, ACCEPTED)).toEqual([notRecorded('circumstances')]);
    expect(judged(history, ACCEPTED).untested[0]?.restsOn).toEqual([]);
  });
});

describe('deliveries', () => {
  const id = 'notification.json';

  test('without recorded headers leave the behaviour untested', () => {
    const bare = (run: RunStory): RunStory => run.invite().answer().completion(undefined, { headers: [] });
    expect(verdictOn(told(id, bare), id)).toBe('untested');
    expect(reasons(told(id, bare), id)).toEqual([notRecorded('headers')]);
    const beside = told(id, (run) => bare(run).roster());
    expect(verdictOn(beside, id)).toBe('untested');
    const [open] = judged(beside, id).untested;
    expect(open).toMatchObject({ attempt: { scenario: 'story', name: 'attempt-1' }, restsOn: [] });
    expect(open?.events).toEqual([4]);
  });

  test('do not pass a behaviour of all deliveries if others could not be read', () => {
    const leftOut = [{ why: 'unreadable' as const, count: 1 }];
    const history = told('notification.post', (run) => run.invite().joins(), { leftOut });
    expect(reasons(history, 'notification.post')).toEqual([notRecorded('unmatched'), notRecorded('unmatched')]);
    expect(judged(history, 'notification.post')).not.toHaveProperty('doubted');
    expect(
      verdictOn(
        told('notification.post', (run) => run.invite().joins()),
        'notification.post',
      ),
    ).toBe('passed');
  });

  test('that were not recorded leave their behaviours untested, and wait for no behaviour', () => {
    const history = told(id, (run) => run.invite().answer());
    expect(reasons(history, id)).toEqual([notRecorded('notifications')]);
    expect(judged(history, id).untested[0]?.restsOn).toEqual([]);
    const live = aRun([id]).invite().answer().history();
    expect(judged(live, id).untested[0]).toMatchObject({
      reason: { why: 'notShown', lacks: 'delivery' },
      restsOn: ['completion.announced', 'roster.announced'],
    });
  });
});

test.each([
  ['refused', 503, 'untested'],
  ['refusedOrFails', 503, 'untested'],
  ['refused', 429, 'passed'],
  ['accepted', 503, 'passed'],
  ['fails', 503, 'passed'],
  ['either', 503, 'passed'],
] as const)('one whose documented outcome is %s, answered %i with Retry-After: %s', (due, status, verdict) => {
  const id = 'refusal.client-error';
  const history = told(id, (run) =>
    run
      .control()
      .invite({ expect: 'refused' })
      .refuse(400)
      .invite({ expect: due })
      .refuse(status, undefined, { headers: [['retry-after', '0']] }),
  );
  expect(verdictOn(history, id)).toBe(verdict);
});

test('a roster of another call that shows an invitee keeps the behaviour from passing, and waits for no behaviour', () => {
  const id = 'roster.resource-url';
  const first = (run: RunStory): RunStory => run.invite().joins().invite().answer().completion();
  const shows = (who: string) => (run: RunStory) =>
    first(run).post([rosterItem('elsewhere', [user(who)])], { to: null });
  const history = told(id, shows('user-of-2'));
  expect(judged(history, id)).toMatchObject({ verdict: 'untested', doubted: true });
  expect(reasons(history, id)).toEqual([notRecorded('unmatched')]);
  expect(judged(history, id).untested[0]?.restsOn).toEqual([]);
  expect(verdictOn(told(id, shows('another')), id)).toBe('passed');
});

test('evidence against a behaviour is kept, although a later fact is uncertain for another reason', () => {
  const id = 'ordering.concurrent-invitations';
  const { header, events } = told(id, (run) => run.invite().joins().invite({ call: 'one' }).joins(), LONG);
  const roughly = (event: HistoryEvent): HistoryEvent =>
    event.kind !== 'delivery' || event.call !== 'one' || event.recorded === undefined
      ? event
      : { ...event, path: `/${event.n}`, recorded: { ...event.recorded, times: 'coarse' } };
  const history = { header, events: events.map(roughly) };
  expect(judged(history, id)).toMatchObject({ verdict: 'untested', doubted: true });
  expect(reasons(history, id)).toEqual([notRecorded('callback')]);
});

test.each([
  ['surely', 5099, 'untested', { why: 'notShown', lacks: 'general' }],
  ['perhaps', 5100, 'failed', undefined],
])('a deviation that plain invitations %s show too', (_, until, verdict, reason) => {
  const id = 'ordering.concurrent-invitations';
  const history = told(
    id,
    (run) =>
      run
        .invite({ tries: ['completion.once', 'request.route'] })
        .answer()
        .completion(undefined, { from: 100, until })
        .completion(undefined, { from: 9000 })
        .roster()
        .invite()
        .answer()
        .completion()
        .completion()
        .roster(),
    LONG,
  );
  expect(verdictOn(history, id)).toBe(verdict);
  expect(reasons(history, id)).toEqual(reason === undefined ? [] : [reason]);
});

test.each<[string, (run: RunStory) => RunStory]>([
  [ACCEPTED, (run) => run.invite().joins().invite().refuse(400)],
  ['response.location', (run) => run.invite().answer(undefined, { headers: [] }).completion().roster()],
  ['notification.json', (run) => run.invite().answer().completion(undefined, { headers: [] })],
])('in a run that the suite recorded, the same evidence is enough: %s', (id, tell) => {
  expect(verdictOn(tell(aRun([id])).history(), id)).toBe('failed');
  expect(verdictOn(told(id, tell), id)).toBe('untested');
});
