interface Wait {
  /** when it ends, ms by `now` */
  dueAt: number;
  timer: NodeJS.Timeout | undefined;
  end: () => void;
}

/** The time of one mock instance: the machine's time plus the steps that a test has added. */
export class Clock {
  #aheadMs = 0;
  readonly #waits = new Set<Wait>();

  /** Monotonic milliseconds, for measuring and waiting. */
  now(): number {
    return performance.now() + this.#aheadMs;
  }

  /** Milliseconds since 1970. */
  wall(): number {
    return Date.now() + this.#aheadMs;
  }

  /** Resolves after `ms` milliseconds, or when all waits are ended. */
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

  /** Advances the clock and ends the waits that become due, the earliest first. @param ms milliseconds, 0 or more */
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

  /** Returns to the machine's time. Nothing may be waiting. */
  reset(): void {
    this.#aheadMs = 0;
  }
}
