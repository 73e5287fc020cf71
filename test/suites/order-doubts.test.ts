import type { History } from '../../history/events';
import { mayHideOrder, showsLateResponse } from '../../suites/order-doubts';
import { aRun, type RunStory } from '../support/histories';
import { timed as timedHistory } from '../support/timed';

/** The history of a run whose deliveries and responses may have waited unread for 1 ms, or longer. */
const timed = (run: RunStory, unread: { delivery?: number; response?: number }): History =>
  timedHistory(run, [], { delivery: 1, response: 1, ...unread });

/** A completion that begins at 100 ms and is acknowledged at some time, and a roster that begins at 110 ms. */
const acknowledged = (at: number): RunStory =>
  aRun([])
    .invite()
    .answer(undefined, { from: 90, until: 91 })
    .completion(undefined, { from: 100, until: at })
    .roster(undefined, { from: 110, until: 130 });

test('a wrong order may be hidden if the target does not wait, and a delivery or response may have waited unread', () => {
  expect(mayHideOrder(timed(acknowledged(120), { delivery: 4 }))).toBe(true);
  expect(mayHideOrder(timed(acknowledged(120), { response: 4 }))).toBe(true);
});

test('it is not hidden if everything was read at once', () => {
  expect(mayHideOrder(timed(acknowledged(120), { delivery: 3 }))).toBe(false);
});

test('it is not hidden if the target waits for acknowledgements', () => {
  expect(mayHideOrder(timed(acknowledged(109), { delivery: 4 }))).toBe(false);
});

test('a target that answers before the acknowledgement of a notification does not wait either', () => {
  const before = (acknowledgedAt: number, response = 1): History =>
    timed(
      aRun([])
        .invite()
        .completion(undefined, { from: 70, until: acknowledgedAt })
        .answer(undefined, { from: 90, until: 91 })
        .roster(undefined, { from: 110, until: 130 }),
      { delivery: 4, response },
    );
  expect(mayHideOrder(before(95))).toBe(true);
  expect(mayHideOrder(before(90))).toBe(false);
  expect(mayHideOrder(before(89))).toBe(false);
  // It may have arrived before the notification, and been read in the same turn.
  expect(mayHideOrder(before(95, 21))).toBe(false);
  expect(mayHideOrder(before(95, 19))).toBe(true);
});

test('a response after a notification is late', () => {
  const answered = (at: number): History =>
    timed(
      aRun([], { roundTripMs: 1 })
        .invite()
        .completion(undefined, { from: 100, until: 105 })
        .answer(undefined, { from: at, until: at + 1 }),
      {},
    );
  expect(showsLateResponse(answered(120))).toBe(true);
  expect(showsLateResponse(answered(109))).toBe(false);
});
