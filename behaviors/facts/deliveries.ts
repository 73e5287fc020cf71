import type { CallRecord, Delivery } from '../../history/events';
import type { ReadDelivery } from '../../history/notifications';
import type { Run } from '../../history/run-view';

function bytesOf({ body }: Delivery): Buffer {
  return Buffer.from(body.content, body.encoding);
}

/** Whether a sender broke a delivery off and then made it anew, in whole: then that one alone is the notification. */
function wasRetried({ delivery: cut }: ReadDelivery, run: Run): boolean {
  if (!cut.body.truncated || cut.acknowledgedAt !== undefined) return false;
  const begun = bytesOf(cut);
  return run.deliveries.some(
    ({ delivery: other }) =>
      other.n > cut.n &&
      other.path === cut.path &&
      !other.body.truncated &&
      bytesOf(other).subarray(0, begun.length).equals(begun),
  );
}

/** Whether it only asks whether somebody listens: neither method brings anything. */
function isProbe({ delivery: { method, body } }: ReadDelivery): boolean {
  return (method === 'HEAD' || method === 'OPTIONS') && body.content === '';
}

/**
 * Every delivery that reached the callback of one of the run's calls. Where all calls share a callback (a service
 * prepared by hand), what names none of the run's calls is another's and says nothing.
 */
export function deliveriesOf(run: Run): { delivery: ReadDelivery; call: CallRecord }[] {
  const byKey = new Map(run.calls.map((call) => [call.key, call]));
  const byId = new Map(run.calls.filter((call) => call.sharedCallback === true).map((call) => [call.callId, call]));
  return run.deliveries.flatMap((delivery) => {
    const to = delivery.delivery.call;
    const named = delivery.notifications.map(({ resource }) => byId.get(resource?.callId ?? '')).find(Boolean);
    const call = to === undefined ? named : byKey.get(to);
    return call && !isProbe(delivery) && !wasRetried(delivery, run) ? [{ delivery, call }] : [];
  });
}
