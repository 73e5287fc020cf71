import type { History } from '../history/events';

/** Ends a run as soon as its history shows what the user wants to stop at. */
export class Bail {
  private readonly controller = new AbortController();
  private isScheduled = false;

  /**
   * @param isTrue whether a history shows it
   * @param soFar the history so far
   */
  constructor(
    private readonly isTrue: (history: History) => boolean,
    private readonly soFar: () => History,
  ) {}

  /** Is aborted when it was seen. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Looks at the history, once for all attempts that end at the same time. */
  check(): void {
    if (this.isScheduled || this.signal.aborted) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      if (this.isTrue(this.soFar())) this.controller.abort();
    });
  }
}
