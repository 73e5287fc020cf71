import type { HistoryEvent } from '../../history/events';
import { mayHideOrder } from '../../suites/hidden-order';
import { aRun, type RunStory } from '../support/histories';

/** The events of a run that records how long each delivery and each response may have waited unread, ms. */
const timed = (run: RunStory, unread: { delivery?: number; response?: number }): HistoryEvent[] =>
  run.history().events.map((event): HistoryEvent => {
    if (event.kind === 'delivery') return { ...event, slackMs: 8, unreadMs: unread.delivery ?? 1 };
    if (event.kind !== 'exchange' || !event.response) return event;
    return { ...event, response: { ...event.response, unreadMs: unread.response ?? 1 } };
  });

/** A completion that begins at 100 ms and is acknowledged at some time, and a roster that begins at 110 ms. */
const acknowledged = (at: number): RunStory =>
  aRun([])
    .invite()
    .answer(undefined, { from: 90, until: 91 })
    .completion(undefined, { from: 100, until: at })
    .roster(undefined, { from: 110, until: 130 });

test('a wrong order may be hidden if the target does not wait, and a delivery or response may have waited unread', () => {
  expect(mayHideOrder(timed(acknowledged(120), { delivery: 4 }), 0)).toBe(true);
  expect(mayHideOrder(timed(acknowledged(120), { response: 4 }), 0)).toBe(true);
});

test('it is not hidden if everything was read at once', () => {
  expect(mayHideOrder(timed(acknowledged(120), { delivery: 3 }), 0)).toBe(false);
});

test('it is not hidden if the target waits for acknowledgements', () => {
  expect(mayHideOrder(timed(acknowledged(109), { delivery: 4 }), 0)).toBe(false);
});

test('a target that answers before the acknowledgement of a notification does not wait either', () => {
  const before = (acknowledgedAt: number): HistoryEvent[] =>
    timed(
      aRun([])
        .invite()
        .completion(undefined, { from: 70, until: acknowledgedAt })
        .answer(undefined, { from: 90, until: 91 })
        .roster(undefined, { from: 110, until: 130 }),
      { delivery: 4 },
    );
  expect(mayHideOrder(before(95), 0)).toBe(true);
  expect(mayHideOrder(before(90), 0)).toBe(false);
  expect(mayHideOrder(before(89), 0)).toBe(false);
});

test('only what arrived since the instant counts', () => {
  const all = timed(acknowledged(120), { delivery: 4 });
  expect(mayHideOrder(all, 100)).toBe(true);
  expect(mayHideOrder(all, 101)).toBe(false);
});
