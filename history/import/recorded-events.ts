import type { Delivery, Exchange } from '../events';
import type { RecordedIn } from '../recording';
import { partsOf } from './bodies';
import type { RecordedExchange } from './importer';

/** Converts recorded exchanges to events of a history. */

/** An event's number, its beginning on the history's clock, and how it was recorded. */
interface At {
  n: number;
  at: number;
  recorded: RecordedIn;
}

/** @param invitation the key of its invitation */
export function exchangeEvent(
  { request, response, durations }: RecordedExchange,
  at: At,
  invitation: string,
): Exchange {
  const { answered = 0, ended = 0 } = durations ?? {};
  return {
    kind: 'exchange',
    n: at.n,
    purpose: 'invite',
    scenario: 'recorded',
    invitation,
    request: { ...request, sentAt: at.at },
    ...(response ? { response: { ...response, headersAt: at.at + answered, endAt: at.at + ended } } : {}),
    recorded: at.recorded,
  };
}

/** @param call the key of its call */
export function deliveryEvent(
  { request, response, durations, resolutionMs }: RecordedExchange,
  { n, at, recorded }: At,
  call: string | undefined,
): Delivery {
  const { path = '/', query = '' } = partsOf(request.url) ?? {};
  const { method, headers, body } = request;
  const taken = response !== undefined && response.status >= 200 && response.status < 300;
  const { sent = 0, ended = 0 } = durations ?? {};
  return {
    kind: 'delivery',
    n,
    method,
    path: `${path}${query}`,
    ...(call === undefined ? {} : { call }),
    headers,
    body,
    headersAt: at,
    bodyAt: at + sent,
    // The recorded time is rounded down, so the delivery may have begun later.
    ...(taken ? { acknowledgedAt: at + ended + resolutionMs } : {}),
    recorded,
  };
}
