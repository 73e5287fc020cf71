import type { History } from '../history/events';

/** Ends a run as soon as its history meets the user's stop condition. */
export class Bail {
  private readonly controller = new AbortController();
  private isScheduled = false;

  /**
   * @param isTrue whether a history meets the condition
   * @param soFar returns the history so far
   */
  constructor(
    private readonly isTrue: (history: History) => boolean,
    private readonly soFar: () => History,
  ) {}

  /** Aborted when the condition is met. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Checks the history, once for all attempts that end at the same time. */
  check(): void {
    if (this.isScheduled || this.signal.aborted) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      if (this.isTrue(this.soFar())) this.controller.abort();
    });
  }
}
