import { setImmediate as turn } from 'node:timers/promises';

/** How often the event loop is looked at, ms. */
const SAMPLE_MS = 1;

/**
 * Tells since when something that is read now can have lain in its socket at most. Each turn of the event loop reads all
 * open sockets that have something; so what is read now was not there yet at the poll of the turn before. A process that
 * was kept from running thereby says that things may have arrived much earlier than they were read.
 */
export class ArrivalBounds {
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  /** The last two looks: a poll lies between them, and one after the earlier. */
  #last: number;
  #previous: number;
  #accepted = 0;
  /** Since when connections can have waited to be accepted; undefined while none does. */
  #queueSince: number | undefined;

  /** @param now the time on the history's clock, ms */
  constructor(now: () => number) {
    this.#now = now;
    this.#last = now();
    this.#previous = this.#last;
    this.#timer = setInterval(() => this.sample(), SAMPLE_MS).unref();
  }

  /** Takes note that the event loop has come round. */
  sample(): void {
    this.#previous = this.#last;
    this.#last = this.#now();
  }

  /** The latest time by which what is read now, by a connection that was open, had not arrived. */
  notArrivedBy(): number {
    return this.#previous;
  }

  /**
   * The same of a connection that is accepted now. Node accepts one a turn, so that many that came together wait for each
   * other: all may have come when the first of them did.
   */
  notConnectedBy(): number {
    this.#accepted += 1;
    if (this.#queueSince === undefined) {
      this.#queueSince = this.notArrivedBy();
      void this.#untilNoneWaits();
    }
    return this.#queueSince;
  }

  async #untilNoneWaits(): Promise<void> {
    // The rest of this turn, and then whole turns until one has accepted none.
    await turn();
    for (let seen = -1; seen !== this.#accepted;) {
      seen = this.#accepted;
      await turn();
    }
    this.#queueSince = undefined;
  }

  /** Looks no more. */
  stop(): void {
    clearInterval(this.#timer);
  }
}
