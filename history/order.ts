/** A thing that happened over a while: from its first byte until it was over for the other side too. */
export interface Interval {
  from: number;
  /** Infinity where it never ended. */
  until: number;
  /** When it had been read in full; by then it had arrived, acknowledged or not. */
  readAt?: number;
  /** Nothing of it had arrived by then: what waits in a socket is read later than it came. */
  arrivedAfter?: number;
  /** How much later than its `readAt` another must have arrived to come after it, ms. */
  slackMs?: number;
}

/**
 * Three-valued order. `before` and `after` are said only where they are proved: one was over before the other began, or
 * had been read in full before anything of the other can have arrived, by more than the slack. All else is `concurrent`,
 * which proves nothing.
 * @param slackMs how much later the second must have begun; the round trip where one of the two is a response
 */
export function order(a: Interval, b: Interval, slackMs = 0): 'before' | 'after' | 'concurrent' {
  if (precedes(a, b, slackMs)) return 'before';
  if (precedes(b, a, slackMs)) return 'after';
  return 'concurrent';
}

function precedes(a: Interval, b: Interval, slackMs: number): boolean {
  if (a.until + slackMs < b.from) return true;
  if (a.readAt === undefined || a.slackMs === undefined || b.arrivedAfter === undefined) return false;
  return a.readAt + a.slackMs + slackMs < b.arrivedAfter;
}
