/** How often the event loop is looked at, ms. */
const SAMPLE_MS = 20;
/** How far back its delays are remembered, ms: longer than an exchange lasts. */
const KEPT_MS = 120_000;

/**
 * Watches how late this process gets round to things: what lies in a socket for so long seems to have come that much
 * later than it did.
 */
export class EventLoopDelay {
  readonly #now: () => number;
  readonly #delays: { at: number; ms: number }[] = [];
  #last: number;

  /** @param now the time, ms */
  constructor(now: () => number) {
    this.#now = now;
    this.#last = now();
    setInterval(() => this.sample(), SAMPLE_MS).unref();
  }

  /** Takes note of how late it is since the look before. */
  sample(): void {
    const at = this.#now();
    const ms = at - this.#last - SAMPLE_MS;
    this.#last = at;
    if (ms > 1) this.#delays.push({ at, ms });
    while ((this.#delays[0]?.at ?? at) < at - KEPT_MS) this.#delays.shift();
  }

  /** The longest delay since a time, the one that is not over yet among them; ms. */
  maxSince(from: number): number {
    const present = this.#now() - this.#last - SAMPLE_MS;
    return Math.max(0, present, ...this.#delays.filter(({ at }) => at >= from).map(({ ms }) => ms));
  }
}
