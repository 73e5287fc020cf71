import type { History } from '../../history/events';
import { assembled, ended, entry, eventsOf, invites, listed, notifies, onlyOne, TIMINGS } from './small-recording';

/** The times of events of recorded traffic, and how exactly they are known. */

describe('times', () => {
  const timesOf = (history: History): (string | undefined)[] =>
    history.events.flatMap((event) =>
      event.kind === 'exchange' || event.kind === 'delivery' ? [event.recorded?.times] : [],
    );
  const pair = (first: object, second: object): object[] => [
    invites('call', 'o', { more: first }),
    notifies([listed('call')], { more: second }),
  ];
  const began = (startedDateTime: string): object => ({ startedDateTime });

  test.each<[string, object, object, string]>([
    ['to the millisecond', began('2030-01-01T00:00:00.123Z'), began('2030-01-01T00:00:00.124Z'), 'full'],
    ['with an offset', began('2030-01-01T02:00:00.123+02:00'), began('2030-01-01T02:00:00.124+0200'), 'full'],
    ['without a zone', began('2030-01-01T00:00:00.123'), began('2030-01-01T00:00:00.124'), 'coarse'],
    ['to the tenth of a second', began('2030-01-01T00:00:00.1Z'), began('2030-01-01T00:00:00.2Z'), 'coarse'],
    ['without durations', { time: 0 }, { time: 0, ...began('2030-01-01T00:00:00.124Z') }, 'coarse'],
    ['without any', began('x'), began('x'), 'none'],
    ['that are the same', began('2030-01-01T00:00:00.123Z'), began('2030-01-01T00:00:00.123Z'), 'none'],
  ])('%s', (_, first, second, times) => {
    expect(timesOf(onlyOne(assembled([pair(first, second)])))).toEqual([times, times]);
  });

  test('of one event only say nothing about another', () => {
    const known = pair(began('2030-01-01T00:00:00.123Z'), began('2030-01-01T00:00:00.124Z'));
    const entries = [...known, invites('other', 'p', { more: began('x') })];
    expect(timesOf(onlyOne(assembled([entries])))).toEqual(['full', 'full', 'none']);
  });

  test('without a time, an event is last, and at the beginning', () => {
    const history = onlyOne(
      assembled([[invites('call', 'o', { more: { startedDateTime: 'x' } }), notifies([listed('call')])]]),
    );
    expect(history.events.slice(0, 2)).toMatchObject([
      { kind: 'delivery', n: 1, headersAt: 0 },
      { kind: 'exchange', n: 2, request: { sentAt: 0 } },
    ]);
  });

  test('of a source whose clock is slow are shifted', () => {
    const made = assembled([[invites('call', 'o', { at: 500 })], [notifies([ended('call', 'o')], { at: 100 })]]);
    const history = onlyOne(made);
    expect(eventsOf(history, 'delivery')).toMatchObject([{ headersAt: 0, recorded: { source: 1 } }]);
    expect(eventsOf(history, 'exchange')).toMatchObject([{ request: { sentAt: 0 }, recorded: { source: 0 } }]);
    expect(eventsOf(history, 'end')).toMatchObject([{ at: 10 }]);
    expect(history.header.recording?.sources).toMatchObject([
      { from: 0, until: 10 },
      { from: 0, until: 10 },
    ]);
  });

  test('of the end are shifted too', () => {
    const came = [100, 200].map((at) => notifies([ended('call', 'o')], { at, url: `https://bot.example/${at}` }));
    const history = onlyOne(assembled([[invites('call', 'o', { at: 500 })], came]));
    expect(eventsOf(history, 'end')).toMatchObject([{ at: 110 }]);
  });

  test('of the last exchange of any source are the end', () => {
    const entries = [invites('call', 'o'), entry({ url: 'https://other.example/', at: 3000 })];
    expect(eventsOf(onlyOne(assembled([entries, [entry({ at: 2000 })]])), 'end')).toMatchObject([{ at: 3010 }]);
  });
});

test('a delivery is acknowledged by a 2xx, at its latest possible time', () => {
  const acknowledged = (more: object, status = 202): number | undefined =>
    eventsOf(onlyOne(assembled([[invites('call', 'o'), notifies([listed('call')], { status, more })]])), 'delivery')[0]
      ?.acknowledgedAt;
  expect(acknowledged({}, 200)).toBe(111);
  expect(acknowledged({}, 299)).toBe(111);
  expect(acknowledged({}, 199)).toBeUndefined();
  expect(acknowledged({}, 300)).toBeUndefined();
  expect(acknowledged({ response: { status: 0 } })).toBeUndefined();
  expect(acknowledged({ startedDateTime: '2030-01-01T00:00:00Z', timings: { ...TIMINGS, send: 9 } })).toBe(1018);
});
