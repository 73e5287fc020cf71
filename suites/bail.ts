import type { History } from '../history/events';

/** Ends a run as soon as its history shows what the user wants to stop at. */
export class Bail {
  private readonly controller = new AbortController();
  private isDue = false;

  /**
   * @param shows whether a history shows it
   * @param soFar the history so far
   */
  constructor(
    private readonly shows: (history: History) => boolean,
    private readonly soFar: () => History,
  ) {}

  /** Is aborted when it was seen. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Looks at the history, once for all attempts that end at the same time. */
  look(): void {
    if (this.isDue || this.signal.aborted) return;
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      if (this.shows(this.soFar())) this.controller.abort();
    });
  }
}
