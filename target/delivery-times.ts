import type { Socket } from 'node:net';
import type { Delivery } from '../history/events';
import type { ArrivalBounds } from './arrival-bounds';

/** How long a sender may take from opening a connection to writing the first bytes, ms: a busy one is late to do so. */
const MAX_OPENING_MS = 100;

/** What orders are proved by, where a sender waits for no acknowledgement. */
export interface DeliveryTiming {
  arrivals: ArrivalBounds;
  /** How much later something must arrive to come after something else, ms; acknowledgements are withheld for longer. */
  slackMs: number;
}

/** Tells of each delivery since when it may have lain unread. */
export class DeliveryTimes {
  readonly #timing: DeliveryTiming;
  readonly #fresh = new WeakMap<Socket, { openedAt: number; before: number }>();

  constructor(timing: DeliveryTiming) {
    this.#timing = timing;
  }

  /** Takes note of a connection that is accepted now. @param at now, ms */
  opened(socket: Socket, at: number): void {
    this.#fresh.set(socket, { openedAt: at, before: this.#timing.arrivals.notConnectedBy() });
  }

  /**
   * The times of a request whose headers are read now. Where it is the first of a connection that has just been opened,
   * that is what came first.
   */
  of(socket: Socket, headersAt: number): Pick<Delivery, 'openedAt' | 'unreadMs' | 'slackMs'> {
    const { arrivals, slackMs } = this.#timing;
    const opening = this.#fresh.get(socket);
    this.#fresh.delete(socket);
    if (!opening || headersAt - opening.openedAt > MAX_OPENING_MS)
      return { unreadMs: headersAt - arrivals.notArrivedBy(), slackMs };
    return { openedAt: opening.openedAt, unreadMs: headersAt - opening.before, slackMs };
  }
}
