import type { CallRecord, Delivery } from '../../history/events';
import type { ReadDelivery } from '../../history/notifications';
import type { Run } from '../../history/run-view';

function bytesOf({ body }: Delivery): Buffer {
  return Buffer.from(body.content, body.encoding);
}

/** Whether the sender aborted a delivery and then repeated it completely: only the complete one is judged. */
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

/** Whether a request only probes the callback: HEAD and OPTIONS deliver nothing. */
function isProbe({ delivery: { method, body } }: ReadDelivery): boolean {
  return (method === 'HEAD' || method === 'OPTIONS') && body.content === '';
}

/**
 * Every delivery to a callback of the run's calls. If the calls share a callback (prepared calls), deliveries that name
 * none of them are skipped: they may belong to others.
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
