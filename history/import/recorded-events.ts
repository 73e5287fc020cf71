import type { Delivery, Exchange } from '../events';
import type { RecordedIn } from '../recording';
import { partsOf } from './bodies';
import type { RecordedExchange } from './importer';

/** Events of a history, made of recorded exchanges. */

/** Its number, when it began by the history's clock, and how it was recorded. */
interface At {
  n: number;
  at: number;
  recorded: RecordedIn;
}

/** @param invitation the key of the invitation that it carries */
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

/** @param call the key of the call that it is about */
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
    // It may have begun later than its time says, as that is cut off at whole milliseconds.
    ...(taken ? { acknowledgedAt: at + ended + resolutionMs } : {}),
    recorded,
  };
}
