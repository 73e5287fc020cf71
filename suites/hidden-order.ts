import type { HistoryEvent } from '../history/events';
import { intervalOf } from '../history/notifications';

/**
 * What may have waited unread for longer, ms, can hide a gap of 15 ms, the smallest that a run must find: of it, the
 * slack takes 8 ms, and the rest is for both events and the round trip.
 */
const LONG_UNREAD_MS = 3;

/**
 * Whether a wrong order since an instant may be hidden: the target did not wait for acknowledgements, and something may
 * have waited unread in this process.
 * @param from the instant, ms
 */
export function mayHideOrder(events: readonly HistoryEvent[], from: number): boolean {
  const deliveries = events.filter((event) => event.kind === 'delivery').filter(({ headersAt }) => headersAt >= from);
  const responses = events.flatMap((event) =>
    event.kind === 'exchange' && event.request.sentAt >= from && event.response ? [event.response] : [],
  );
  if (![...deliveries, ...responses].some(({ unreadMs = 0 }) => unreadMs > LONG_UNREAD_MS)) return false;
  const intervals = deliveries.map(intervalOf).toSorted((a, b) => a.from - b.from);
  return intervals.some(
    ({ from: start, until }, i) =>
      until > (intervals[i + 1]?.from ?? Infinity) ||
      responses.some(({ headersAt }) => start < headersAt && headersAt < until),
  );
}
