import type { InvitationRecord } from './events';
import { difference, participantsOf } from './identities';
import { isOfAnotherKind, type Notification } from './notifications';
import { text } from './values';

/** What a notification about an operation is held against. */
export interface Correlatable {
  record: InvitationRecord;
  callId: string;
  /** The id of the operation that the response named. */
  operationId: string | undefined;
}

/**
 * How surely a notification belongs to an invitation. Ids and contexts weigh most and are summed, so that a
 * notification with one wrong member still finds its invitation, and one with another's id and context goes there.
 */
function likeness(of: Correlatable, notification: Notification): number {
  const { data, resource, delivery } = notification;
  let sum = 0;
  if (of.operationId !== undefined) {
    if (text(data, 'id') === of.operationId) sum += 8;
    if (resource?.id === of.operationId) sum += 8;
  }
  // Other operations of the same call have notifications too, and may share a context; only our id makes such a one ours.
  if (sum === 0 && isOfAnotherKind(notification)) return 0;
  const context = text(data, 'clientContext');
  if (of.record.clientContext !== undefined && context === of.record.clientContext) sum += 7;
  if (delivery.call === of.record.call) sum += 4;
  if (resource?.callId === of.callId) sum += 3;
  const found = participantsOf(data).flatMap((entry) => entry.identities);
  if (found.length > 0 && difference(of.record.invitees, found) === undefined) sum += 2;
  return sum;
}

/**
 * Gives each notification about an operation to the invitation that it most likely belongs to. Of several that are
 * equally likely, the one to which the fewest were given: a swap among concurrent invitations is seen as one.
 */
export function correlate<T extends Correlatable>(
  invitations: readonly T[],
  notifications: readonly Notification[],
): Map<T, Notification[]> {
  const given = new Map<T, Notification[]>(invitations.map((invitation) => [invitation, []]));
  for (const notification of notifications) {
    if (notification.about !== 'operation') continue;
    let best: T | undefined;
    let most = 0;
    for (const invitation of invitations) {
      const sum = likeness(invitation, notification);
      const fewer = best !== undefined && (given.get(invitation)?.length ?? 0) < (given.get(best)?.length ?? 0);
      if (sum > most || (sum === most && sum > 0 && fewer)) {
        best = invitation;
        most = sum;
      }
    }
    if (best) given.get(best)?.push(notification);
  }
  return given;
}
