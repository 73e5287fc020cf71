import { refusal, type Refusal } from './errors';
import type { Scope } from './injection';
import { callIn } from './traffic';

/** How requests are throttled; everything has a default. */
export interface ThrottleOptions extends Scope {
  /** seconds that `Retry-After` names; default 1 */
  retryAfter?: number | undefined;
}

/** Throttling that is in force, or has been. */
export interface Throttling {
  /** how many requests it has refused so far */
  readonly used: number;
  /** Ends it; a second time does nothing. */
  remove(): void;
}

interface Entry {
  call: string | undefined;
  /** how many more it refuses; `undefined`: all until it is over */
  left: number | undefined;
  retryAfter: number;
  /** when it is over, ms by the mock's clock, where it is not over by its count */
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
   * Throttles from now on: the next `times` requests, or all until `retryAfter` seconds are over by the mock's clock.
   * @returns what counts them, and ends it earlier
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

  /** Refuses a request to this URL, where it is throttled. */
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

  /** Ends all. */
  reset(): void {
    this.#entries = [];
  }

  /** What Retry-After says, in seconds; 0: it is over. */
  #secondsOf({ left, retryAfter, until }: Entry): number {
    if (left !== undefined) return left > 0 ? retryAfter : 0;
    return Math.ceil((until - this.#now()) / 1000);
  }

  #remove(entry: Entry): void {
    this.#entries = this.#entries.filter((one) => one !== entry);
  }
}
