import type { History, HistoryEvent, PlannedAttempt } from '../../history/events';
import type { RunStory } from './histories';

/** How much later something must arrive to follow provably, ms. */
export const SLACK = 8;
/** For how long each delivery and each response may have waited unread, ms. */
export const UNREAD = 2;

/**
 * The history of a run that records arrival times.
 * @param plan attempts of the plan in addition; by default the story's first
 * @param unread for how long deliveries and responses may have waited unread, ms
 */
export function timed(
  run: RunStory,
  plan: readonly (Partial<PlannedAttempt> & Pick<PlannedAttempt, 'tries'>)[] = [],
  { delivery = UNREAD, response = UNREAD }: { delivery?: number; response?: number } = {},
): History {
  const { header, events } = run.history();
  const times = (event: HistoryEvent): HistoryEvent => {
    if (event.kind === 'delivery') return { ...event, unreadMs: delivery, slackMs: SLACK };
    if (event.kind !== 'exchange' || !event.response) return event;
    return { ...event, response: { ...event.response, unreadMs: response } };
  };
  const planned = plan.map((one) => ({ scenario: 'story', attempt: 'attempt-1', ...one }));
  return { header: { ...header, plan: [...header.plan, ...planned] }, events: events.map(times) };
}
