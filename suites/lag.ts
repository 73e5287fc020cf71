/** How often the event loop is looked at, ms. */
const STEP = 20;
/** How far back its delays are remembered, ms: longer than an exchange lasts. */
const MEMORY = 120_000;

/**
 * Watches how late this process gets round to things: what lies in a socket for so long seems to have come that much
 * later than it did.
 */
export class Lag {
  readonly #now: () => number;
  readonly #late: { at: number; ms: number }[] = [];
  #last: number;

  /** @param now the time, ms */
  constructor(now: () => number) {
    this.#now = now;
    this.#last = now();
    setInterval(() => this.look(), STEP).unref();
  }

  /** Takes note of how late it is since the look before. */
  look(): void {
    const at = this.#now();
    const ms = at - this.#last - STEP;
    this.#last = at;
    if (ms > 1) this.#late.push({ at, ms });
    while ((this.#late[0]?.at ?? at) < at - MEMORY) this.#late.shift();
  }

  /** The longest delay since a time, the one that is not over yet among them; ms. */
  since(from: number): number {
    const present = this.#now() - this.#last - STEP;
    return Math.max(0, present, ...this.#late.filter(({ at }) => at >= from).map(({ ms }) => ms));
  }
}
