import type { HistoryEvent } from '../../history/events';
import { mayHideOrder } from '../../suites/hidden-order';
import { aRun } from '../support/histories';

/** The events of an invitation whose completion begins at 100 ms and is acknowledged at some time, before or after its roster begins at 110 ms. */
function events({
  acknowledgedAt,
  unreadMs,
  readLate = 'delivery',
}: {
  acknowledgedAt: number;
  unreadMs: number;
  readLate?: 'delivery' | 'exchange';
}): HistoryEvent[] {
  const run = aRun([])
    .invite()
    .answer(undefined, { from: 90, until: 91 })
    .completion(undefined, { from: 100, until: acknowledgedAt })
    .roster(undefined, { from: 110, until: 130 });
  return run.history().events.map((event): HistoryEvent => {
    const unread = event.kind === readLate ? { unreadMs } : { unreadMs: 1 };
    if (event.kind === 'delivery') return { ...event, slackMs: 8, ...unread };
    if (event.kind !== 'exchange' || !event.response) return event;
    return { ...event, response: { ...event.response, ...unread } };
  });
}

test('a wrong order may be hidden if the target does not wait, and a delivery or response may have waited unread', () => {
  expect(mayHideOrder(events({ acknowledgedAt: 120, unreadMs: 6 }), 0)).toBe(true);
  expect(mayHideOrder(events({ acknowledgedAt: 120, unreadMs: 6, readLate: 'exchange' }), 0)).toBe(true);
});

test('it is not hidden if everything was read at once', () => {
  expect(mayHideOrder(events({ acknowledgedAt: 120, unreadMs: 5 }), 0)).toBe(false);
});

test('it is not hidden if the target waits for acknowledgements', () => {
  expect(mayHideOrder(events({ acknowledgedAt: 109, unreadMs: 6 }), 0)).toBe(false);
});

test('only what arrived since the instant counts', () => {
  const all = events({ acknowledgedAt: 120, unreadMs: 6 });
  expect(mayHideOrder(all, 100)).toBe(true);
  expect(mayHideOrder(all, 101)).toBe(false);
});
