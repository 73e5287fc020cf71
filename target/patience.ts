import { header } from '../history/body';
import type { Exchange } from '../history/events';
import { asksToWait } from '../history/throttling';

/** How often a request is sent again when the target asks to wait. */
const MOST_RETRIES = 10;
/** How long to wait where the target asks for it and does not say how long, ms. */
const UNSAID = 1000;

/** How long a Retry-After asks to wait, ms: it holds seconds or a date (RFC 9110, section 10.2.3). */
function retryAfter(value: string | undefined): number {
  const seconds = Number(value ?? Number.NaN);
  if (seconds >= 0) return seconds * 1000;
  const date = Date.parse(value ?? '');
  return Number.isNaN(date) ? UNSAID : Math.max(0, date - Date.now());
}

/**
 * Sends a request again when the target asks to come back later, within a time.
 * @param withinMs the time in which it may be sent again, ms
 * @returns the last exchange
 */
export async function patiently(send: () => Promise<Exchange>, withinMs: number): Promise<Exchange> {
  const until = performance.now() + withinMs;
  for (let again = 0; ; again += 1) {
    const exchange = await send();
    const { response } = exchange;
    if (!response || !asksToWait(exchange) || again >= MOST_RETRIES) return exchange;
    const wait = retryAfter(header(response.headers, 'retry-after'));
    if (performance.now() + wait > until) return exchange;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** How long what gives back is sent again to a target that refuses the connection, and how long apart, ms. */
const REFUSED_TIME = 8000;
const REFUSED_PAUSE = 250;

/**
 * Sends what gives back again while the connection is refused: a target that starts anew takes it a little later. It
 * waits as `patiently` does, too.
 * @param withinMs the time in which it may be sent again, ms
 * @returns the last exchange
 */
export async function untilTaken(send: () => Promise<Exchange>, withinMs = REFUSED_TIME): Promise<Exchange> {
  const until = performance.now() + withinMs;
  for (;;) {
    const exchange = await patiently(send, Math.max(0, until - performance.now()));
    const left = until - performance.now();
    if (exchange.failure?.cause !== 'refused' || left < REFUSED_PAUSE) return exchange;
    await new Promise((resolve) => setTimeout(resolve, REFUSED_PAUSE));
  }
}
