import { waitsForAcknowledgements } from '../behaviors/facts/acknowledgements';
import { isAnsweredAfter } from '../behaviors/facts/proved-order';
import type { History } from '../history/events';
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
export function mayHideOrder(history: History): boolean {
  const unread = history.events.some((event) => {
    const read = event.kind === 'exchange' ? event.response : event.kind === 'delivery' ? event : undefined;
    return (read?.unreadMs ?? 0) > LONG_UNREAD_MS;
  });
  return unread && !waitsForAcknowledgements(runView(history));
}
