import { isAnsweredAfter } from '../behaviors/facts/proved-order';
import type { Delivery, History } from '../history/events';
import { everyInvitation, runView } from '../history/run-view';

/** Doubts about the order of what an attempt recorded: a busy machine may have hidden a wrong order, or caused it. */

/**
 * What may have waited unread for longer, ms, can hide a gap of 15 ms, the smallest that a run must find: of it, the
 * slack takes 8 ms, and the rest is for both events and the round trip.
 */
const LONG_UNREAD_MS = 3;

/** Whether a response came after a notification of its invitation. */
export function showsLateResponse(history: History): boolean {
  const run = runView(history);
  return everyInvitation(run).some((one) => one.operations.some((it) => isAnsweredAfter(it, one, run)));
}

/**
 * Whether a wrong order may be hidden: the target did not wait for acknowledgements, and something may have waited
 * unread in this process.
 */
export function mayHideOrder({ events }: History): boolean {
  const deliveries = events.filter((event) => event.kind === 'delivery');
  const responses = events.flatMap((event) => (event.kind === 'exchange' && event.response ? [event.response] : []));
  if (![...deliveries, ...responses].some(({ unreadMs = 0 }) => unreadMs > LONG_UNREAD_MS)) return false;
  const sorted = deliveries.toSorted((a, b) => startOf(a) - startOf(b));
  return sorted.some((one, i) => {
    const [from, until, next] = [startOf(one), endOf(one), sorted[i + 1]];
    return (
      (next !== undefined && until > startOf(next)) ||
      responses.some(({ headersAt, unreadMs = 0 }) => from < headersAt - unreadMs && headersAt < until)
    );
  });
}

function startOf({ openedAt, headersAt }: Delivery): number {
  return openedAt ?? headersAt;
}

function endOf({ acknowledgedAt, leftAt }: Delivery): number {
  return acknowledgedAt ?? leftAt ?? Infinity;
}
