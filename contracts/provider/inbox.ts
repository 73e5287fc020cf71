import type { Delivery } from '../../history/events';
import { readDelivery, type Notification, type ReadDelivery } from '../../history/notifications';
import { afterPending } from '../../target/pending';

/** A notification with the delivery that brought it. */
export interface Arrival {
  notification: Notification;
  read: ReadDelivery;
}

/** Keeps the notifications that came, and tells who waits for one. */
export class Inbox {
  private readonly arrivals: Arrival[] = [];
  private readonly waiting = new Set<() => void>();

  /** Takes a delivery as it was recorded. */
  take(delivery: Delivery): void {
    const read = readDelivery(delivery);
    for (const notification of read.notifications) this.arrivals.push({ notification, read });
    for (const look of this.waiting) look();
  }

  /** Everything that came and is wanted. */
  all(wanted: (notification: Notification) => boolean): Arrival[] {
    return this.arrivals.filter(({ notification }) => wanted(notification));
  }

  /** Waits for the first that is wanted. @returns undefined where none came in time */
  first(wanted: (notification: Notification) => boolean, ms: number): Promise<Arrival | undefined> {
    let looked = 0;
    // Only at what came since the last look: there may be much.
    const find = (): Arrival | undefined => {
      const found = this.arrivals.slice(looked).find(({ notification }) => wanted(notification));
      looked = this.arrivals.length;
      return found;
    };
    const there = find();
    if (there) return Promise.resolve(there);
    return new Promise((resolve) => {
      const end = (arrival: Arrival | undefined): void => {
        stopWaiting();
        this.waiting.delete(look);
        resolve(arrival);
      };
      const look = (): void => {
        const arrival = find();
        if (arrival) end(arrival);
      };
      const stopWaiting = afterPending(ms, () => end(undefined));
      this.waiting.add(look);
    });
  }
}
