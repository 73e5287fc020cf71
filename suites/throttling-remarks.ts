import type { HistoryEvent } from '../history/events';
import { asksToWait } from '../history/throttling';

/** Says how often the target asked to wait. */
export function throttlingRemarks(events: readonly HistoryEvent[]): string[] {
  const statuses = events.flatMap((event) =>
    event.kind === 'exchange' && asksToWait(event) && event.response ? [event.response.status] : [],
  );
  const answered = [429, 503].flatMap((status) => {
    const times = statuses.filter((one) => one === status).length;
    return times > 0 ? [`${status} ${times} times`] : [];
  });
  if (answered.length === 0) return [];
  return [
    `the target answered ${answered.join(' and ')}; the suite sent each request again after its Retry-After, within the deadline`,
  ];
}
