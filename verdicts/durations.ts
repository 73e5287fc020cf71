import type { History } from '../history/events';

interface Span {
  from: number;
  until: number;
}

/** The attempt (`single/one`) in the key of an invitation (`single/one/1`) or of a call (`single/one#1`). */
function attemptOf(key: string): string {
  return key.split(/[/#]/).slice(0, 2).join('/');
}

function widened(span: Span | undefined, from: number, until: number): Span {
  return span ? { from: Math.min(span.from, from), until: Math.max(span.until, until) } : { from, until };
}

/**
 * The duration of each behaviour's attempts, ms, by id: from their first request to their last response or delivery.
 * Attempts run concurrently, so the durations do not add up to that of the run.
 */
export function durationsOf({ header, events }: History): Map<string, number> {
  const spans = new Map<string, Span>();
  const take = (key: string, from: number, until: number): void => {
    const attempt = attemptOf(key);
    spans.set(attempt, widened(spans.get(attempt), from, until));
  };
  for (const event of events) {
    if (event.kind === 'exchange' && event.invitation !== undefined) {
      const { sentAt } = event.request;
      take(event.invitation, sentAt, event.response?.endAt ?? sentAt);
    } else if (event.kind === 'delivery' && event.call !== undefined) {
      take(event.call, event.headersAt, event.bodyAt ?? event.headersAt);
    }
  }
  const behaviors = new Map<string, Span>();
  for (const { scenario, attempt, tries } of header.plan) {
    const span = spans.get(`${scenario}/${attempt}`);
    if (!span) continue;
    for (const id of tries) behaviors.set(id, widened(behaviors.get(id), span.from, span.until));
  }
  return new Map([...behaviors].map(([id, { from, until }]) => [id, Math.max(0, Math.round(until - from))]));
}
