import { refusal, type Refusal } from './errors';
import type { Scope } from './injection';
import { callIn } from './traffic';

/** Options of throttling; all have defaults. */
export interface ThrottleOptions extends Scope {
  /** seconds in `Retry-After`; default 1 */
  retryAfter?: number | undefined;
}

/** Throttling that is active or has ended. */
export interface Throttling {
  /** number of requests that it has refused so far */
  readonly used: number;
  /** Ends it; a second call does nothing. */
  remove(): void;
}

interface Entry {
  call: string | undefined;
  /** number of requests that it still refuses; `undefined`: all until it ends */
  left: number | undefined;
  retryAfter: number;
  /** when it ends, ms by the mock's clock, unless it ends by its count */
  until: number;
  used: number;
}

/** Refuses requests with 429 on demand. */
export class Throttles {
  readonly #now: () => number;
  #entries: readonly Entry[] = [];

  /** @param now the mock's time, ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Throttles from now on: the next `times` requests, or all until `retryAfter` seconds have passed by the mock's
   * clock.
   * @returns a handle that counts the refused requests, and can end it earlier
   */
  add({ times, call, retryAfter = 1 }: ThrottleOptions): Throttling {
    const entry: Entry = { call, left: times, retryAfter, until: this.#now() + retryAfter * 1000, used: 0 };
    this.#entries = [...this.#entries, entry];
    return {
      get used() {
        return entry.used;
      },
      remove: () => this.#remove(entry),
    };
  }

  /** Refuses a request to this URL if it is throttled. */
  refuses(url: string): Refusal | undefined {
    if (this.#entries.length === 0) return undefined;
    const call = callIn(url);
    for (const entry of this.#entries) {
      const seconds = this.#secondsOf(entry);
      if (seconds <= 0) this.#remove(entry);
      else if (entry.call === undefined || entry.call === call) {
        entry.used += 1;
        if (entry.left !== undefined) entry.left -= 1;
        return refusal(429, 'TooManyRequests', 'Too many requests.', { 'Retry-After': String(seconds) });
      }
    }
    return undefined;
  }

  /** Ends all throttling. */
  reset(): void {
    this.#entries = [];
  }

  /** Seconds for Retry-After; 0: the throttling has ended. */
  #secondsOf({ left, retryAfter, until }: Entry): number {
    if (left !== undefined) return left > 0 ? retryAfter : 0;
    return Math.ceil((until - this.#now()) / 1000);
  }

  #remove(entry: Entry): void {
    this.#entries = this.#entries.filter((one) => one !== entry);
  }
}
