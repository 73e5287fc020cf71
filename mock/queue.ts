import type { Dispatcher } from './delivery';
import type { NotificationQueue, Planned } from './model';

/**
 * The notifications of one call, in order: the next one is sent when the previous one was answered or has failed. A
 * notification about another call goes to the end of that call's queue, and this queue does not wait for it.
 */
export class CallQueue implements NotificationQueue {
  readonly #dispatcher: Dispatcher;
  #tail: Promise<void> = Promise.resolve();
  #waiting = 0;
  #discarded = false;

  constructor(dispatcher: Dispatcher) {
    this.#dispatcher = dispatcher;
  }

  /** The number of unsent notifications. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Adds notifications at the end.
   * @param batch sent one after the other
   * @param before called when the first one's turn comes, before it is sent
   * @param queuedAt time from which delays and the mock's latency count, ms
   * @returns when the last one was answered or has failed
   */
  async add(batch: readonly Planned[], before?: () => void, queuedAt: number = this.#dispatcher.now()): Promise<void> {
    this.#waiting += batch.length;
    const run = this.#tail.then(async () => this.#run(batch, queuedAt, before));
    this.#tail = run;
    await this.#dispatcher.track(run);
  }

  /** Drops all notifications that have not been sent, and all later ones. */
  discard(): void {
    this.#discarded = true;
  }

  async #run(batch: readonly Planned[], queuedAt: number, before?: () => void): Promise<void> {
    let first = before;
    for (const planned of batch) {
      const foreign = planned.call.queue !== this;
      const due = queuedAt + this.#dispatcher.latencyMs;
      const wait = due + planned.delayMs - this.#dispatcher.now();
      const alive = foreign || planned.detached || (await this.#dispatcher.pause(wait));
      this.#waiting -= 1;
      first?.();
      first = undefined;
      if (!alive || this.#discarded) continue;
      if (foreign) void planned.call.queue.add([planned], undefined, queuedAt);
      else if (planned.detached) void this.#dispatcher.track(this.#sendAlone(planned, due));
      else await this.#dispatcher.send(planned);
    }
    first?.();
  }

  async #sendAlone(planned: Planned, due: number): Promise<void> {
    const alive = await this.#dispatcher.pause(Math.max(0, due - this.#dispatcher.now()) + planned.delayMs);
    if (alive && !this.#discarded) await this.#dispatcher.send(planned);
  }
}
