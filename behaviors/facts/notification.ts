import { headerValue, isJsonType } from '../../history/body';
import { hasCall } from '../../history/lookup';
import type { ReadDelivery } from '../../history/notifications';
import { check } from '../../schemas';
import type { Place } from '../finding';
import { memberOf, valueOf } from '../finding-values';
import { inNotification, violates } from './evidence';
import type { DeliveryFact } from './fact';

/** Facts about one delivery, whatever its resource. */

function inBody({ delivery }: ReadDelivery): Place {
  return { event: delivery.n, part: 'body', path: '$' };
}

const post: DeliveryFact = ({ delivery }) =>
  delivery.method === 'POST'
    ? undefined
    : {
        expected: { is: 'json', value: 'POST' },
        observed: valueOf(delivery.method),
        at: [{ event: delivery.n, part: 'method' }],
      };

const json: DeliveryFact = (read) => {
  const { delivery, json: parsed } = read;
  const type = headerValue(delivery.headers, 'content-type');
  if (!isJsonType(type)) {
    return {
      expected: { is: 'json', value: 'application/json' },
      observed: valueOf(type),
      at: [{ event: delivery.n, part: 'header', path: 'content-type' }],
    };
  }
  if (parsed.ok) return undefined;
  return {
    expected: { is: 'allowed', allowed: 'JSON' },
    observed: { is: 'unreadable', reason: parsed.reason, beginning: delivery.body.content.slice(0, 160) },
    at: [inBody(read)],
  };
};

const envelope: DeliveryFact = (read) =>
  read.json.ok ? violates(check('comms-notifications', read.json.value), inBody(read)) : undefined;

const CHANGES = new Set(['created', 'updated', 'deleted']);

const changeType: DeliveryFact = ({ notifications }) => {
  const wrong = notifications.find(({ changeType: found }) => !CHANGES.has(found ?? ''));
  if (!wrong) return undefined;
  return {
    expected: { is: 'allowed', allowed: '"created", "updated" or "deleted"' },
    observed: memberOf(wrong.item, 'changeType'),
    at: [inNotification(wrong, '.changeType')],
  };
};

const resourceUrl: DeliveryFact = ({ notifications }, run) => {
  const wrong = notifications.find(({ resource }) => resource === undefined || !hasCall(run, resource.callId));
  if (!wrong) return undefined;
  return {
    expected: { is: 'resource', path: '/communications/calls/{id of a call of this run}/…' },
    observed: memberOf(wrong.item, 'resourceUrl'),
    at: [inNotification(wrong, '.resourceUrl')],
  };
};

export const deliveryFacts = {
  'notification.post': post,
  'notification.json': json,
  'notification.envelope': envelope,
  'notification.change-type': changeType,
  'notification.resource-url': resourceUrl,
};
