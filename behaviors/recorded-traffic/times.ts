import type { Notification } from '../../history/notifications';
import type { Invitation } from '../../history/run-view';

/** How well the times of a recording are known. */

/** Whether the times of the invitation and of the notifications are known, at least roughly. */
export function isTimed({ exchange }: Invitation, notifications: readonly Notification[]): boolean {
  return [exchange, ...notifications.map(({ delivery }) => delivery)].every(
    ({ recorded }) => recorded !== undefined && recorded.times !== 'none',
  );
}

/** Whether all times are exact, and of one clock. */
export function isSurelyTimed({ exchange, operations, rosters }: Invitation): boolean {
  const all = [exchange, ...[...operations, ...rosters].map(({ delivery }) => delivery)];
  return all.every(({ recorded }) => recorded?.times === 'full' && recorded.source === exchange.recorded?.source);
}

/** Whether a roster that seems to precede the invitation may have followed it, because times are only roughly known. */
export function mayHaveFollowed(invitation: Invitation): boolean {
  const { exchange, rosters } = invitation;
  const before = rosters.some(({ delivery }) => delivery.headersAt <= exchange.request.sentAt);
  return before && !isSurelyTimed(invitation);
}

/** Whether a notification may have been recorded on both sides of a proxy that changes its path: one during the other. */
export function mayBeBothSides({ delivery: first }: Notification, { delivery: then }: Notification): boolean {
  return first.path !== then.path && then.headersAt <= (first.acknowledgedAt ?? Infinity);
}
