/** A thing that happened over a while: from its first byte until it was over for the other side too. */
export interface Interval {
  from: number;
  /** Infinity where it never ended. */
  until: number;
}

/**
 * Three-valued order. `before` and `after` are said only where they are proved: one was over before the other began,
 * by more than the slack; intervals that overlap are `concurrent`, which proves nothing.
 * @param slackMs how much later the second must have begun; the round trip where one of the two is a response
 */
export function order(a: Interval, b: Interval, slackMs = 0): 'before' | 'after' | 'concurrent' {
  if (a.until + slackMs < b.from) return 'before';
  if (b.until + slackMs < a.from) return 'after';
  return 'concurrent';
}
