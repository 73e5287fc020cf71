/** The interval between samples of the event loop, ms. */
const SAMPLE_MS = 20;
/** How long delays are kept, ms: longer than any exchange. */
const KEPT_MS = 120_000;

/** Measures the delays of this process's event loop: data that waits in a socket seems to arrive later by the delay. */
export class EventLoopDelay {
  readonly #now: () => number;
  readonly #delays: { at: number; ms: number }[] = [];
  #last: number;

  /** @param now returns the time, ms */
  constructor(now: () => number) {
    this.#now = now;
    this.#last = now();
    setInterval(() => this.sample(), SAMPLE_MS).unref();
  }

  /** Records the delay since the previous sample. */
  sample(): void {
    const at = this.#now();
    const ms = at - this.#last - SAMPLE_MS;
    this.#last = at;
    if (ms > 1) this.#delays.push({ at, ms });
    while ((this.#delays[0]?.at ?? at) < at - KEPT_MS) this.#delays.shift();
  }

  /** The longest delay since a time, including the present one, ms. */
  maxSince(from: number): number {
    const present = this.#now() - this.#last - SAMPLE_MS;
    return Math.max(0, present, ...this.#delays.filter(({ at }) => at >= from).map(({ ms }) => ms));
  }
}
