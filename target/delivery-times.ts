import type { Socket } from 'node:net';
import type { Delivery } from '../history/events';
import type { ArrivalBounds } from './arrival-bounds';

/**
 * The longest time between opening a connection and the first bytes for which the opening counts, ms; a busy sender is
 * slow.
 */
const MAX_OPENING_MS = 100;

/** Proves the order of deliveries from a sender that does not wait for acknowledgements. */
export interface DeliveryTiming {
  arrivals: ArrivalBounds;
  /** How much later something must arrive to count as later, ms; acknowledgements are held longer than that. */
  slackMs: number;
}

/** Determines how long each delivery may have waited unread. */
export class DeliveryTimes {
  readonly #timing: DeliveryTiming;
  readonly #fresh = new WeakMap<Socket, { openedAt: number; before: number }>();

  constructor(timing: DeliveryTiming) {
    this.#timing = timing;
  }

  /** Records a connection that is accepted now. @param at now, ms */
  opened(socket: Socket, at: number): void {
    this.#fresh.set(socket, { openedAt: at, before: this.#timing.arrivals.notConnectedBy() });
  }

  /**
   * The times of a request whose headers are read now. For the first request of a new connection, the opening counts as
   * its earliest time.
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
