import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryTiming } from './delivery-times';

/** In how many steps an acknowledgement is held. */
const HOLD_STEPS = 8;
/** How many turns of the event loop it takes to accept a connection and to read what came by it. */
const ACCEPT_TURNS = 3;
/** How long an acknowledgement waits at most for connections that are yet to be accepted, ms. */
const MAX_ACCEPT_WAIT_MS = 1000;
/**
 * How much longer than the slack an acknowledgement is held, ms: a timer may fire a little early. Of the slack no more
 * counts than this, ms: what waits for an acknowledgement from far away comes a round trip after it as it is.
 */
const TIMER_MARGIN_MS = 2;
const MAX_SLACK_MS = 20;

/** How long acknowledgements of deliveries are held, so that a sender that waits for them shows itself by a gap. */
export class AcknowledgementHold {
  readonly #now: () => number;
  readonly #holdMs: number;
  readonly #timing: DeliveryTiming | undefined;
  readonly #outstanding = new Map<string, Set<Promise<unknown>>>();
  #accepted = 0;

  /** @param holdMs the longest time for which one is held while an answer is outstanding, ms */
  constructor(now: () => number, holdMs: number, timing: DeliveryTiming | undefined) {
    this.#now = now;
    this.#holdMs = holdMs;
    this.#timing = timing;
  }

  /** Counts an answer as outstanding until it is there. @param key of the call that it is about */
  add(key: string, answered: Promise<unknown>): void {
    const all = this.#outstanding.get(key) ?? new Set();
    this.#outstanding.set(key, all.add(answered));
    const release = (): void => {
      all.delete(answered);
      if (all.size === 0 && this.#outstanding.get(key) === all) this.#outstanding.delete(key);
    };
    answered.then(release, release);
  }

  /** Takes note of a connection that is accepted now. */
  connectionAccepted(): void {
    this.#accepted += 1;
  }

  /** Waits until a delivery may be acknowledged. @param call its key @param bodyAt when its body was read */
  async wait(call: string | undefined, bodyAt: number): Promise<void> {
    await this.#untilAnswered(call);
    // A sender that waits for it shows itself by a gap that is longer than the slack.
    const timing = this.#timing;
    const rest = timing ? bodyAt + Math.min(timing.slackMs, MAX_SLACK_MS) + TIMER_MARGIN_MS - this.#now() : 0;
    if (rest > 0) await sleep(rest);
    await this.#untilAccepted();
  }

  async #untilAnswered(call: string | undefined): Promise<void> {
    const outstanding = [...(this.#outstanding.get(call ?? '') ?? [])];
    if (outstanding.length === 0) return;
    const answered = Promise.allSettled(outstanding).then(() => true);
    const over = new AbortController();
    // In steps: where this process was kept from running, an answer that is there by now is read before the time is up.
    const until = this.#now() + this.#holdMs;
    for (let step = 0; step < HOLD_STEPS || this.#now() < until; step += 1) {
      const waited = sleep(this.#holdMs / HOLD_STEPS, false, { signal: over.signal });
      if (await Promise.race([answered, waited])) break;
    }
    over.abort();
  }

  /**
   * What was sent before this delivery, on a new connection, may not have been accepted and read yet: it began earlier.
   * Node accepts one a turn, so many that came together take many turns, while those that are open are read at once.
   */
  async #untilAccepted(): Promise<void> {
    const enough = this.#now() + MAX_ACCEPT_WAIT_MS;
    for (let calm = 0; calm < ACCEPT_TURNS && this.#now() < enough;) {
      const before = this.#accepted;
      await turn();
      calm = this.#accepted === before ? calm + 1 : 0;
    }
  }
}
