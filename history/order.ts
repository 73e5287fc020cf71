/** The duration of an event: from its first byte until both sides knew that it was over. */
export interface Interval {
  from: number;
  /** Infinity if it never ended. */
  until: number;
  /** When it had been read completely, and therefore had arrived, acknowledged or not. */
  readAt?: number;
  /** No byte had arrived at this time: bytes may wait in a socket before they are read. */
  arrivedAfter?: number;
  /** Another event provably follows only if it arrived so much later than `readAt`, ms. */
  slackMs?: number;
}

/**
 * Three-valued order. `before` and `after` must be proved: one event was over before the other began, or was read
 * completely before any byte of the other can have arrived, by more than the slack and than the time for which either
 * may have waited unread. Otherwise they are `concurrent`, which proves nothing.
 * @param slackMs the least distance, ms; the round trip if one of the two is a response
 */
export function order(a: Interval, b: Interval, slackMs = 0): 'before' | 'after' | 'concurrent' {
  if (precedes(a, b, slackMs)) return 'before';
  if (precedes(b, a, slackMs)) return 'after';
  return 'concurrent';
}

function precedes(a: Interval, b: Interval, slackMs: number): boolean {
  if (a.until + slackMs < b.from) return true;
  // Without times of arrival, nothing else proves an order.
  const { readAt = Infinity, slackMs: own = Infinity } = a;
  // If this process was that late, its machine is busy, and a sender may have been as late with one of the two.
  const late = Math.max(unreadOf(a), unreadOf(b));
  return readAt + own + slackMs + late < (b.arrivedAfter ?? -Infinity);
}

function unreadOf({ from, arrivedAfter = from }: Interval): number {
  return from - arrivedAfter;
}
