import { headerValue } from '../history/body';
import type { Exchange } from '../history/events';
import { asksToWait } from '../history/throttling';

/** How often a request is sent again if the target asks to wait. */
const MAX_RETRIES = 10;
/** The wait if the target asks for one without a duration, ms. */
const DEFAULT_WAIT_MS = 1000;

/** The wait that a Retry-After asks for, ms: it contains seconds or a date (RFC 9110, section 10.2.3). */
function retryAfterMs(value: string | undefined): number {
  const seconds = Number(value ?? Number.NaN);
  if (seconds >= 0) return seconds * 1000;
  const date = Date.parse(value ?? '');
  return Number.isNaN(date) ? DEFAULT_WAIT_MS : Math.max(0, date - Date.now());
}

/**
 * Sends a request, and again as long as the target asks to wait and time remains.
 * @param withinMs the time in which it may be sent again, ms
 * @returns the last exchange
 */
export async function withRetryAfter(send: () => Promise<Exchange>, withinMs: number): Promise<Exchange> {
  const until = performance.now() + withinMs;
  for (let again = 0; ; again += 1) {
    const exchange = await send();
    const { response } = exchange;
    if (!response || !asksToWait(exchange) || again >= MAX_RETRIES) return exchange;
    const wait = retryAfterMs(headerValue(response.headers, 'retry-after'));
    if (performance.now() + wait > until) return exchange;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** How long a release is repeated if the target refuses the connection, and the interval between tries, ms. */
const REFUSED_TIMEOUT_MS = 8000;
const REFUSED_RETRY_MS = 250;

/**
 * Sends a release again while the connection is refused, because a restarting target accepts it a little later. Like
 * `withRetryAfter`, it also waits if asked to.
 * @param withinMs the time in which it may be sent again, ms
 * @returns the last exchange
 */
export async function retryWhileRefused(
  send: () => Promise<Exchange>,
  withinMs = REFUSED_TIMEOUT_MS,
): Promise<Exchange> {
  const until = performance.now() + withinMs;
  for (;;) {
    const exchange = await withRetryAfter(send, Math.max(0, until - performance.now()));
    const left = until - performance.now();
    if (exchange.failure?.cause !== 'refused' || left < REFUSED_RETRY_MS) return exchange;
    await new Promise((resolve) => setTimeout(resolve, REFUSED_RETRY_MS));
  }
}
