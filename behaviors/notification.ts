import { check } from '../schemas';
import { header, isJsonType } from '../history/body';
import type { CallRecord, Delivery } from '../history/events';
import { spellingsOf } from '../history/location';
import type { ReadDelivery } from '../history/notifications';
import { show, shown } from '../history/values';
import type { Run } from '../history/view';
import type { Behavior, Outcome } from './behavior';
import { failed, outcome, passed, untested, type Said } from './judging';

function bytesOf({ body }: Delivery): Buffer {
  return Buffer.from(body.content, body.encoding);
}

/** Whether a sender broke a delivery off and then made it anew, in whole: then that one alone is the notification. */
function madeAnew({ delivery: cut }: ReadDelivery, run: Run): boolean {
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
function ofTheRun(run: Run): { delivery: ReadDelivery; call: CallRecord }[] {
  const byKey = new Map(run.calls.map((call) => [call.key, call]));
  const byId = new Map(run.calls.filter((call) => call.sharedCallback === true).map((call) => [call.callId, call]));
  return run.deliveries.flatMap((delivery) => {
    const to = delivery.delivery.call;
    const named = delivery.notifications.map(({ resource }) => byId.get(resource?.callId ?? '')).find(Boolean);
    const call = to === undefined ? named : byKey.get(to);
    return call && !isProbe(delivery) && !madeAnew(delivery, run) ? [{ delivery, call }] : [];
  });
}

/** A judge that looks at each delivery of the run. */
function perDelivery(say: (delivery: ReadDelivery, run: Run) => Said | undefined) {
  return (run: Run, behavior: Behavior): Outcome[] => {
    const deliveries = ofTheRun(run);
    if (deliveries.length === 0) {
      const nothing = untested(
        'no notification reached the callback in this run',
        'Check that the target can reach the callback URL, and that it posts to the callbackUri of the call.',
        [],
        ['completion.announced', 'roster.announced', 'request.route'],
      );
      return [outcome(behavior, nothing, '', `the callback, ${run.deliveries.length} deliveries in all`, [])];
    }
    return deliveries.flatMap(({ delivery, call }) => {
      const said = say(delivery, run);
      const { n } = delivery.delivery;
      return said ? [outcome(behavior, said, call.scenario, `delivery ${n} to the callback of ${call.key}`, [n])] : [];
    });
  };
}

function json({ delivery, json: parsed }: ReadDelivery): Said {
  const type = header(delivery.headers, 'content-type');
  if (!isJsonType(type)) return failed(`Content-Type is ${show(type)}`, 'Send Content-Type: application/json.');
  if (parsed.ok) return passed();
  return failed(
    `the body is not JSON (${parsed.reason}): ${show(delivery.body.content)}`,
    'Send the envelope as JSON.',
  );
}

function envelope({ json: parsed }: ReadDelivery): Said | undefined {
  if (!parsed.ok) return undefined;
  const violations = check('comms-notifications', parsed.value);
  if (violations.length === 0) return passed();
  const seen = violations.slice(0, 4).map(({ path, found, expected }) => `${path} is ${found}, not ${expected}`);
  return failed(seen.join('; '), 'Post {"@odata.type": "#microsoft.graph.commsNotifications", "value": [ … ]}.');
}

const CHANGES = new Set(['created', 'updated', 'deleted']);

function changeType({ notifications }: ReadDelivery): Said | undefined {
  if (notifications.length === 0) return undefined;
  const wrong = notifications.find(({ changeType: found }) => !CHANGES.has(found ?? ''));
  if (!wrong) return passed();
  return failed(
    `${wrong.path}.changeType is ${shown(wrong.item, 'changeType')}`,
    'Send created, updated or deleted, in lower case.',
  );
}

function resourceUrl({ notifications }: ReadDelivery, run: Run): Said | undefined {
  if (notifications.length === 0) return undefined;
  const ids = new Set(run.calls.map((call) => call.callId));
  const wrong = notifications.find(({ resource }) => resource === undefined || !ids.has(resource.callId));
  if (!wrong) return passed();
  const { resource } = wrong;
  const own = resource && run.calls.find((call) => spellingsOf(resource, call.callId) !== undefined);
  const what = own
    ? `which has the id of the call of ${own.key} in another spelling`
    : 'which names no call of this run';
  return failed(
    `${wrong.path}.resourceUrl is ${shown(wrong.item, 'resourceUrl')}, ${what}`,
    'Name the resource that changed: /communications/calls/{call id}/…',
  );
}

export const notification: Behavior[] = [
  {
    id: 'notification.post',
    level: 'shown',
    statement: 'a notification is a POST',
    source: { lines: [153] },
    judge: perDelivery(({ delivery }) =>
      delivery.method === 'POST' ? passed() : failed(`the method is ${show(delivery.method)}`, 'Deliver with POST.'),
    ),
  },
  {
    id: 'notification.json',
    level: 'shown',
    statement: "a notification's Content-Type is application/json, parameters allowed, and its body is JSON",
    source: { lines: [154] },
    judge: perDelivery(json),
  },
  {
    id: 'notification.envelope',
    level: 'shown',
    statement:
      'a notification is a commsNotifications: its @odata.type, and value, an array of one or more commsNotification',
    source: { lines: [163] },
    judge: perDelivery(envelope),
  },
  {
    id: 'notification.change-type',
    level: 'linked',
    statement: 'changeType is created, updated or deleted',
    source: { linked: 'metadata, commsNotification' },
    judge: perDelivery(changeType),
  },
  {
    id: 'notification.resource-url',
    level: 'shown',
    statement: "resourceUrl is a string that is not empty and names a resource of one of the run's calls",
    source: { lines: [169] },
    judge: perDelivery(resourceUrl),
  },
];
