interface Wait {
  /** when it is over, ms by `now` */
  dueAt: number;
  timer: NodeJS.Timeout | undefined;
  end: () => void;
}

/** The time of one mock instance: the machine's, and how far a test has stepped it ahead. */
export class Clock {
  #aheadMs = 0;
  readonly #waits = new Set<Wait>();

  /** Milliseconds that only grow; what is measured and waited for is counted in them. */
  now(): number {
    return performance.now() + this.#aheadMs;
  }

  /** Milliseconds since 1970. */
  wall(): number {
    return Date.now() + this.#aheadMs;
  }

  /** Resolves so many milliseconds later, or when all waits are ended. */
  async wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wait: Wait = {
        dueAt: this.now() + ms,
        timer: undefined,
        end: () => {
          clearTimeout(wait.timer);
          this.#waits.delete(wait);
          resolve();
        },
      };
      this.#waits.add(wait);
      wait.timer = setTimeout(wait.end, ms);
    });
  }

  /** Goes ahead at once: what becomes due by that ends, the earliest first. @param ms milliseconds, 0 or more */
  step(ms: number): void {
    this.#aheadMs += ms;
    const now = this.now();
    for (const wait of [...this.#waits].toSorted((a, b) => a.dueAt - b.dueAt)) {
      clearTimeout(wait.timer);
      if (wait.dueAt <= now) wait.end();
      else wait.timer = setTimeout(wait.end, wait.dueAt - now);
    }
  }

  /** Ends every wait. */
  endWaits(): void {
    for (const { end } of this.#waits) end();
  }

  /** Shows the machine's time again. Nothing may wait meanwhile. */
  reset(): void {
    this.#aheadMs = 0;
  }
}
