import type { Invitation, Run } from '../../history/run-view';
import type { FactId } from '../facts';
import { pairsOf } from '../facts/ordered-pairs';
import type { Deviation } from '../finding';

/** Decides when a recording proves an order: its times were measured by one clock, and no wrong order goes undetected. */

/** Events so close together count as simultaneous, ms. */
const SAME_TIME_MS = 5;

/**
 * Why the order that a fact is about is unknown.
 * @param found the deviation; undefined if no wrong order is proved
 */
export function doubtOfOrder(
  fact: FactId,
  invitation: Invitation,
  run: Run,
  found: Deviation | undefined,
): 'times' | 'clocks' | 'order' | 'acknowledgement' | undefined {
  if (found && found.observed.is !== 'order') return undefined;
  const { exchange } = invitation;
  const { headersAt = 0 } = exchange.response ?? {};
  for (const { first, then } of pairsOf(fact, invitation, run)) {
    const one = first?.delivery ?? exchange;
    if (one.recorded?.times !== 'full' || then.delivery.recorded?.times !== 'full') return 'times';
    if (one.recorded.source !== then.delivery.recorded.source) return 'clocks';
    const began = first?.delivery.headersAt ?? headersAt;
    if (!found && then.delivery.headersAt + SAME_TIME_MS < began) return 'order';
    // What seems to be late may be sent again.
    if (found && first && first.delivery.acknowledgedAt === undefined) return 'acknowledgement';
  }
  return undefined;
}
