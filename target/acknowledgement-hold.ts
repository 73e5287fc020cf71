import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryTiming } from './delivery-times';

/** The number of steps into which a hold is divided. */
const HOLD_STEPS = 8;
/** The number of event loop turns that Node needs to accept a connection and to read its first bytes. */
const ACCEPT_TURNS = 3;
/** The longest wait of an acknowledgement for connections that are not accepted yet, ms. */
const MAX_ACCEPT_WAIT_MS = 1000;
/**
 * Added to the slack, ms, because a timer may fire a little early. The hold uses at most MAX_SLACK_MS of the slack:
 * what a distant sender sends after an acknowledgement arrives a round trip later anyway.
 */
const TIMER_MARGIN_MS = 2;
const MAX_SLACK_MS = 20;

/** Holds acknowledgements of deliveries, so that a sender that waits for them leaves a measurable gap. */
export class AcknowledgementHold {
  readonly #now: () => number;
  readonly #holdMs: number;
  readonly #timing: DeliveryTiming | undefined;
  readonly #outstanding = new Map<string, Set<Promise<unknown>>>();
  #accepted = 0;

  /** @param holdMs the longest hold while a response is outstanding, ms */
  constructor(now: () => number, holdMs: number, timing: DeliveryTiming | undefined) {
    this.#now = now;
    this.#holdMs = holdMs;
    this.#timing = timing;
  }

  /** Counts a response as outstanding until `answered` settles. @param key the call's key */
  add(key: string, answered: Promise<unknown>): void {
    const all = this.#outstanding.get(key) ?? new Set();
    this.#outstanding.set(key, all.add(answered));
    const release = (): void => {
      all.delete(answered);
      if (all.size === 0 && this.#outstanding.get(key) === all) this.#outstanding.delete(key);
    };
    answered.then(release, release);
  }

  /** Counts a newly accepted connection. */
  connectionAccepted(): void {
    this.#accepted += 1;
  }

  /** Waits until a delivery may be acknowledged. @param call the call's key @param bodyAt when its body was read, ms */
  async wait(call: string | undefined, bodyAt: number): Promise<void> {
    await this.#untilAnswered(call);
    // A sender that waits for the acknowledgement then leaves a gap longer than the slack.
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
    // In steps: if this process was stopped meanwhile, a response that has arrived is read before the hold expires.
    const until = this.#now() + this.#holdMs;
    for (let step = 0; step < HOLD_STEPS || this.#now() < until; step += 1) {
      const waited = sleep(this.#holdMs / HOLD_STEPS, false, { signal: over.signal });
      if (await Promise.race([answered, waited])) break;
    }
    over.abort();
  }

  /**
   * Waits for connections that were opened before this delivery and are not accepted yet. Node accepts one connection a
   * turn, so a burst takes many turns, while open connections are read at once.
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
