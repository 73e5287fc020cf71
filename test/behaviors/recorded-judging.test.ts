import type { History, HistoryEvent } from '../../history/events';
import { rosterItem, user } from '../support/bodies';
import { judged, verdictOn } from '../support/cases';
import { aRun, type RunStory } from '../support/histories';

/** The verdicts on behaviours that a recording shows only in part. */

const recording = { sources: [], calls: 0, invitations: 0, notifications: 0, callbacks: [], leftOut: [] };
const ACCEPTED = 'multiple.accepted';

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

test.each<[string, (run: RunStory) => RunStory]>([
  [ACCEPTED, (run) => run.invite().joins().invite().refuse(400)],
  ['response.location', (run) => run.invite().answer(undefined, { headers: [] }).completion().roster()],
  ['notification.json', (run) => run.invite().answer().completion(undefined, { headers: [] })],
])('in a run that the suite recorded, the same evidence is enough: %s', (id, tell) => {
  expect(verdictOn(tell(aRun([id])).history(), id)).toBe('failed');
  expect(verdictOn(told(id, tell), id)).toBe('untested');
});
