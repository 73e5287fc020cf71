import { bodyOf } from '../../history/body';
import type { Delivery } from '../../history/events';
import { readDelivery, saysTerminated, statusOf, type Notification } from '../../history/notifications';

/** The kind of event that a notification reports. */
export type NotificationKind = 'completion' | 'failure' | 'roster' | 'callTerminated' | 'callDeleted';

/** The kind of a contract's message, read from its expected contents. */
export function kindOfNotification(contents: unknown): NotificationKind | undefined {
  const bytes = Buffer.from(JSON.stringify(contents) ?? '');
  const delivery: Delivery = {
    kind: 'delivery',
    n: 0,
    method: 'POST',
    path: '/',
    headers: [],
    body: bodyOf(bytes),
    headersAt: 0,
    bodyAt: 0,
  };
  const [notification] = readDelivery(delivery).notifications;
  return notification && kindOf(notification);
}

function kindOf(notification: Notification): NotificationKind | undefined {
  if (notification.about === 'operation') return statusOf(notification) === 'failed' ? 'failure' : 'completion';
  if (notification.about === 'roster') return 'roster';
  if (notification.about !== 'call') return undefined;
  if (saysTerminated(notification) && notification.changeType !== 'deleted') return 'callTerminated';
  return notification.changeType === 'deleted' ? 'callDeleted' : undefined;
}
