import { parseJson, type Parsed } from './body';
import type { Delivery, Exchange } from './events';
import type { Interval } from './order';
import { parseResource, type Resource } from './resource-url';
import { isObject, arrayMember, member, stringMember, type JsonObject } from './values';

/** One commsNotification of a delivery. */
export interface Notification {
  delivery: Delivery;
  /** JSON path of the notification in the delivery's body, such as `$.value[0]`. */
  path: string;
  item: JsonObject;
  changeType: string | undefined;
  resourceUrl: string | undefined;
  resource: Resource | undefined;
  data: unknown;
  /** Its subject, inferred from all members, so that one wrong member does not hide the rest. */
  about: 'operation' | 'roster' | 'call' | 'other';
}

/** A delivery's body as JSON, and its notifications. */
export interface ReadDelivery {
  delivery: Delivery;
  json: Parsed;
  notifications: Notification[];
}

/**
 * From the first byte of the delivery until the acknowledgement was sent, or the sender closed the connection. If the
 * sender does not wait for acknowledgements, only known arrival times count.
 */
export function intervalOf(delivery: Delivery): Interval {
  const { headersAt, bodyAt, acknowledgedAt, leftAt, openedAt, unreadMs, slackMs } = delivery;
  const from = openedAt ?? headersAt;
  if (slackMs === undefined) return { from, until: acknowledgedAt ?? leftAt ?? Infinity };
  const arrived = unreadMs === undefined ? {} : { arrivedAfter: Math.min(from, headersAt - unreadMs) };
  const until = Math.max(acknowledgedAt ?? Infinity, bodyAt + slackMs);
  return { from, until, readAt: bodyAt, slackMs, ...arrived };
}

/** The least time between an instant and a delivery's arrival, ms: a blocked process reads deliveries long after they arrived. */
export function arrivedAfter({ headersAt, unreadMs = 0 }: Delivery, from: number): number {
  return headersAt - unreadMs - from;
}

/** From the first byte of a response to its last. */
export function intervalOfResponse({ headersAt, endAt, unreadMs }: NonNullable<Exchange['response']>): Interval {
  const arrived = unreadMs === undefined ? {} : { arrivedAfter: headersAt - unreadMs };
  return { from: headersAt, until: endAt, ...arrived };
}

/** Reads a delivery. It also finds notifications in a body without a proper envelope: other facts judge the envelope. */
export function readDelivery(delivery: Delivery): ReadDelivery {
  const json = parseJson(delivery.body, delivery.headers);
  return { delivery, json, notifications: json.ok ? itemsOf(json.value).map((at) => read(delivery, at)) : [] };
}

type At = { path: string; item: JsonObject };

function itemsOf(envelope: unknown): At[] {
  if (Array.isArray(envelope) && envelope.some((one) => Array.isArray(member(one, 'value')))) {
    return envelope.flatMap((one, i) =>
      itemsOf(one).map(({ path, item }) => ({ path: `$[${i}]${path.slice(1)}`, item })),
    );
  }
  const value = member(envelope, 'value');
  const lists: [string, unknown[]] = Array.isArray(value)
    ? ['$.value', value]
    : Array.isArray(envelope)
      ? ['$', envelope]
      : ['', []];
  const [path, items] = lists;
  const found = items.flatMap((item, i) => (isObject(item) ? [{ path: `${path}[${i}]`, item }] : []));
  if (found.length > 0) return found;
  if (isObject(value)) return [{ path: '$.value', item: value }];
  if (isObject(envelope) && member(envelope, 'resourceUrl') !== undefined) return [{ path: '$', item: envelope }];
  return [];
}

function read(delivery: Delivery, { path, item }: At): Notification {
  const resourceUrl = stringMember(item, 'resourceUrl');
  const resource = resourceUrl === undefined ? undefined : parseResource(resourceUrl);
  const data = member(item, 'resourceData');
  return {
    delivery,
    path,
    item,
    changeType: stringMember(item, 'changeType'),
    resourceUrl,
    resource,
    data,
    about: about(resource, data),
  };
}

/** The least score for a kind: a single weak sign, such as a member with a common name, is not enough. */
const LEAST = 2;

/** Scores all signs of a kind: the resource, the declared type, the members that only one kind has. */
function about(resource: Resource | undefined, data: unknown): Notification['about'] {
  const first: unknown = Array.isArray(data) ? data[0] : data;
  const type = (stringMember(first, '@odata.type') ?? '').toLowerCase();
  const has = (key: string) => (member(first, key) === undefined ? 0 : 1);
  const is = (sign: boolean) => (sign ? 2 : 0);
  // A call has resources that the page does not describe, and lists of them are not rosters.
  const foreign = resource?.part === 'other';
  const roster =
    is(resource?.part === 'participants') +
    is(/\.(delta)?participants?$/.test(type)) +
    is(Array.isArray(data) && !foreign) +
    has('info');
  const operation =
    is(resource?.part === 'operation') +
    is(type.endsWith('operation')) +
    has('clientContext') +
    has('status') +
    (arrayMember(first, 'participants') ? 1 : 0);
  const call = is(resource?.part === 'call') + is(type.endsWith('.call')) + has('state');
  const most = Math.max(roster, operation, call);
  if (most < LEAST) return 'other';
  if (operation === most) return 'operation';
  return roster === most ? 'roster' : 'call';
}

/** Whether an operation notification declares another type than that of an invitation's operation. */
export function isOfAnotherKind(notification: Notification): boolean {
  const type = stringMember(notification.data, '@odata.type');
  return type !== undefined && /operation$/i.test(type) && !/\.inviteParticipantsOperation$/i.test(type);
}

const TERMINAL = new Set(['completed', 'failed']);

/** The status in an operation notification, in lower case: the page itself mixes cases. */
export function statusOf(notification: Notification): string | undefined {
  return stringMember(notification.data, 'status')?.toLowerCase();
}

/** Whether a notification ends its operation: by a terminal status, or because the operation was deleted. */
export function endsOperation(notification: Notification): boolean {
  return TERMINAL.has(statusOf(notification) ?? '') || notification.changeType?.toLowerCase() === 'deleted';
}

/** Whether an object contains only changes of a roster, a form that a bot can ask for. */
export function isDeltaOf(value: unknown): boolean {
  return (
    /\.deltaParticipants$/i.test(stringMember(value, '@odata.type') ?? '') &&
    arrayMember(value, 'participants') !== undefined
  );
}

/** Whether a roster update contains only changes; the first edition does not describe that form. */
export function isDelta({ data }: Notification): boolean {
  return Array.isArray(data) ? data.some(isDeltaOf) : isDeltaOf(data);
}

/** A removed participant is listed once more, with the reason, but is not in the call. */
const isPresent = (entry: JsonObject): boolean => member(entry, 'removedState') === undefined;

/** The participants in the call in a roster update; a single participant counts as a list of one. */
export function rosterOf(notification: Notification): { path: string; entry: JsonObject }[] {
  const { data, path } = notification;
  return (Array.isArray(data) ? data : [data])
    .map((value: unknown, i) => ({
      value,
      at: Array.isArray(data) ? `${path}.resourceData[${i}]` : `${path}.resourceData`,
    }))
    .flatMap(({ value, at }) =>
      isDeltaOf(value)
        ? (arrayMember(value, 'participants') ?? []).map((one, i) => ({ value: one, at: `${at}.participants[${i}]` }))
        : [{ value, at }],
    )
    .flatMap(({ value, at }) => (isObject(value) && isPresent(value) ? [{ path: at, entry: value }] : []));
}

/** Whether the state is `terminating` or `terminated`, in any case: the call ends. */
export function saysTerminated(notification: Notification): boolean {
  return /^terminat(ing|ed)$/i.test(stringMember(notification.data, 'state') ?? '');
}
