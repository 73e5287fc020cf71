import type { ReadDelivery } from '../../history/notifications';
import type { Invitation, Run } from '../../history/run-view';
import type { Deviation } from '../finding';
import type { Need } from '../needs';

/**
 * A pure predicate of one invitation: what differs from what the documentation says; undefined where nothing does. It may
 * rely on what it needs: an invitation that does not show that is not looked at.
 */
export interface Fact {
  /** What an invitation must show for the fact to be looked at. */
  needs: readonly Need[];
  /** Which invitations it says anything about; all where it is left out. */
  about?: (invitation: Invitation) => boolean;
  deviation: (invitation: Invitation, run: Run) => Deviation | undefined;
}

/** The same of one delivery, whatever invitation it belongs to. */
export type DeliveryFact = (delivery: ReadDelivery, run: Run) => Deviation | undefined;

/** A fact of an invitation. */
export function fact(needs: readonly Need[], deviation: Fact['deviation'], about?: Fact['about']): Fact {
  return { needs, deviation, ...(about ? { about } : {}) };
}
