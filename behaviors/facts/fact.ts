import type { ReadDelivery } from '../../history/notifications';
import type { Invitation, Run } from '../../history/run-view';
import type { Deviation } from '../finding';
import type { Need } from '../needs';

/**
 * A pure function of one invitation that returns its deviation, or undefined. It is called only for invitations that
 * show its needs.
 */
export interface Fact {
  /** What an invitation must show before the fact is checked. */
  needs: readonly Need[];
  /** The invitations that the fact applies to; default: all. */
  about?: (invitation: Invitation) => boolean;
  deviation: (invitation: Invitation, run: Run) => Deviation | undefined;
}

/** A fact of one delivery, whatever its invitation. */
export type DeliveryFact = (delivery: ReadDelivery, run: Run) => Deviation | undefined;

/** Creates a fact of an invitation. */
export function fact(needs: readonly Need[], deviation: Fact['deviation'], about?: Fact['about']): Fact {
  return { needs, deviation, ...(about ? { about } : {}) };
}
