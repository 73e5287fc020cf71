import { setImmediate as turn } from 'node:timers/promises';

/** The interval between samples of the event loop, ms. */
const SAMPLE_MS = 1;

/**
 * Bounds the time for which data that is read now may have waited in its socket. Each turn of the event loop reads
 * every open socket that has data, so data read now had not arrived at the poll of the previous turn. If this process
 * was stopped, the bound shows that data may have arrived much earlier than it was read.
 */
export class ArrivalBounds {
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  /** The times of the last two samples; a poll of the sockets lies between them. */
  #last: number;
  #previous: number;
  #accepted = 0;
  /** The earliest time since which connections may be waiting to be accepted; undefined if none waits. */
  #queueSince: number | undefined;

  /** @param now the time on the history's clock, ms */
  constructor(now: () => number) {
    this.#now = now;
    this.#last = now();
    this.#previous = this.#last;
    this.#timer = setInterval(() => this.sample(), SAMPLE_MS).unref();
  }

  /** Records a turn of the event loop. */
  sample(): void {
    this.#previous = this.#last;
    this.#last = this.#now();
  }

  /** The latest time at which data that is read now on an open connection had not arrived, ms. */
  notArrivedBy(): number {
    return this.#previous;
  }

  /**
   * The same for a connection that is accepted now. Node accepts one per turn, so connections that arrived together
   * wait for each other: all of them may have arrived with the first.
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
    // Waits for the rest of this turn, and then for whole turns until one accepts no connection.
    await turn();
    for (let seen = -1; seen !== this.#accepted;) {
      seen = this.#accepted;
      await turn();
    }
    this.#queueSince = undefined;
  }

  /** Stops sampling. */
  stop(): void {
    clearInterval(this.#timer);
  }
}
