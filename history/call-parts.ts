import type { CorrelatedInvitation } from './correlate';
import type { CallRecord, Delivery, Exchange, HistoryEvent, HistoryHeader, InvitationRecord } from './events';
import { readDelivery, type Notification, type ReadDelivery } from './notifications';
import { stringMember } from './values';
import { invitationDraft, withNotifications, type Run } from './run-view';

/** A finished call's part of a history, to be judged as a run of its own. */
export interface CallPart {
  run: Run;
  events: HistoryEvent[];
}

/** An invitation of an open call. */
interface Member extends CorrelatedInvitation {
  call: CallRecord;
  exchange?: Exchange;
}

/** An open call with its events so far. */
interface Open {
  call?: CallRecord;
  members: Member[];
  deliveries: ReadDelivery[];
  /** Notifications that were delivered elsewhere and may belong to this call. */
  strays: Set<Notification>;
  /** Other calls that may own some of its notifications, or received some of them. */
  rivals: Set<Open>;
  /** Notifications delivered to it about operations of finished calls. */
  foreign: Set<Notification>;
  events: HistoryEvent[];
}

/** The most notifications that are kept until a response contains their operation id. */
const MAX_UNCLAIMED = 10_000;
/**
 * Longer bodies that were not delivered to an open call, in characters, are parsed only up to a total: no service sends
 * such ones.
 */
const LONG_BODY = 8 * 1024;
const MAX_LONG_BODIES = 16 * 1024 * 1024;
/** The most late deliveries that are listed; the rest are only counted. */
const MAX_NAMED = 3;

function unread(delivery: Delivery): ReadDelivery {
  return { delivery, json: { ok: false, reason: 'not read' }, notifications: [] };
}

/**
 * Takes the history of a load run event by event, and returns the part of each call as soon as it is finished. Memory
 * holds only open calls, and the ids of finished calls and their operations.
 */
export class CallParts {
  /** The number of deliveries about finished calls, with a few descriptions. */
  lateCount = 0;
  readonly lateExamples: string[] = [];
  /** Deliveries to paths that belong to no call. */
  astray = 0;
  readonly #header: HistoryHeader;
  readonly #open = new Map<string, Open>();
  readonly #calls = new Map<string, Open>();
  readonly #records = new Map<string, CallRecord>();
  readonly #members = new Map<string, { member: Member; open: Open }>();
  readonly #ids = new Map<string, Open>();
  readonly #contexts = new Map<string, Open>();
  readonly #over = new Set<string>();
  #long = 0;
  readonly #unclaimed = new Map<string, { notification: Notification; open: Open | undefined }>();

  constructor(header: HistoryHeader) {
    this.#header = header;
  }

  /** The number of invitations whose call was still open at the end. */
  get cutOff(): number {
    return this.#members.size;
  }

  /** @returns the part of the call that this event finishes */
  take(event: HistoryEvent): CallPart | undefined {
    if (event.kind === 'call') this.#called(event);
    else if (event.kind === 'invitation') this.#invited(event);
    else if (event.kind === 'exchange') this.#exchanged(event);
    else if (event.kind === 'delivery') this.#delivered(event);
    else if (event.kind === 'attemptEnd') return this.#close(`${event.scenario}/${event.attempt}`);
    return undefined;
  }

  #openFor(attempt: string): Open {
    const known = this.#open.get(attempt);
    if (known) return known;
    const fresh: Open = {
      members: [],
      deliveries: [],
      strays: new Set(),
      rivals: new Set(),
      foreign: new Set(),
      events: [],
    };
    this.#open.set(attempt, fresh);
    return fresh;
  }

  #called(call: CallRecord): void {
    this.#records.set(call.callId, call);
    const attempt = call.key.slice(0, call.key.lastIndexOf('#'));
    const open = this.#openFor(attempt);
    open.call = call;
    open.events.push(call);
    this.#calls.set(call.key, open);
  }

  #invited(record: InvitationRecord): void {
    const open = this.#openFor(`${record.scenario}/${record.attempt}`);
    if (!open.call) return;
    const member: Member = { record, call: open.call, callId: open.call.callId, operationId: undefined };
    open.members.push(member);
    open.events.push(record);
    this.#members.set(record.key, { member, open });
    if (record.clientContext !== undefined) this.#contexts.set(record.clientContext, open);
  }

  #exchanged(exchange: Exchange): void {
    const known = this.#members.get(exchange.invitation ?? '');
    if (!known) return;
    const { member, open } = known;
    const { operationId } = invitationDraft(member.record, member.call, exchange);
    member.exchange = exchange;
    member.operationId = operationId;
    open.events.push(exchange);
    if (operationId === undefined) return;
    this.#ids.set(operationId, open);
    const earlier = this.#unclaimed.get(operationId);
    this.#unclaimed.delete(operationId);
    if (earlier && earlier.open !== open) this.#hand(earlier.notification, [earlier.open], open);
  }

  #delivered(delivery: Delivery): void {
    const open = this.#calls.get(delivery.call ?? '');
    const { length } = delivery.body.content;
    if (!open && length > LONG_BODY) this.#long += length;
    const read =
      open || length <= LONG_BODY || this.#long <= MAX_LONG_BODIES ? readDelivery(delivery) : unread(delivery);
    if (open) {
      open.deliveries.push(read);
      open.events.push(delivery);
    }
    const claimed = read.notifications.map((notification) => this.#claim(notification, open));
    if (open || claimed.includes(true)) return;
    if (delivery.call === undefined) this.astray += 1;
    else this.#isLate(delivery, read.notifications);
  }

  #isLate(delivery: Delivery, notifications: readonly Notification[]): void {
    this.lateCount += 1;
    if (this.lateExamples.length >= MAX_NAMED) return;
    const what = notifications.map(({ about, data }) => `${about} ${stringMember(data, 'id') ?? ''}`.trim()).join(', ');
    this.lateExamples.push(`delivery ${delivery.n} to ${delivery.call} (${what || 'no notification'})`);
  }

  /** Adds an operation's notification to the other calls that it may belong to. @returns whether there are any */
  #claim(notification: Notification, open: Open | undefined): boolean {
    const { data, resource, about } = notification;
    if (about !== 'operation') return false;
    const ids = [stringMember(data, 'id'), resource?.id].filter((id) => id !== undefined);
    const named = this.#records.get(resource?.callId ?? '');
    const known = [
      ...ids.map((one) => this.#ids.get(one)),
      this.#contexts.get(stringMember(data, 'clientContext') ?? ''),
      this.#calls.get(named?.key ?? ''),
    ].filter((one) => one !== undefined);
    const owners = new Set(known.filter((one) => one !== open));
    const own = known.some((one) => one === open);
    for (const owner of owners) this.#hand(notification, [open, ...owners], owner);
    const [id] = ids;
    if (own || owners.size > 0 || id === undefined) return owners.size > 0;
    if (!this.#over.has(id)) this.#unclaim(id, { notification, open });
    else if (open) {
      open.foreign.add(notification);
      this.#isLate(notification.delivery, [notification]);
    }
    return false;
  }

  #unclaim(id: string, of: { notification: Notification; open: Open | undefined }): void {
    const [oldest] = this.#unclaimed.keys();
    if (this.#unclaimed.size >= MAX_UNCLAIMED && oldest !== undefined) this.#unclaimed.delete(oldest);
    this.#unclaimed.set(id, of);
  }

  /** Adds a notification to a call; it is matched against the invitations of all calls that it may belong to. */
  #hand(notification: Notification, among: readonly (Open | undefined)[], to: Open): void {
    to.strays.add(notification);
    for (const other of among) {
      if (!other || other === to) continue;
      to.rivals.add(other);
      other.rivals.add(to);
    }
  }

  #close(attempt: string): CallPart | undefined {
    const open = this.#open.get(attempt);
    this.#open.delete(attempt);
    if (!open?.call) return undefined;
    this.#calls.delete(open.call.key);
    for (const { record, operationId } of open.members) {
      this.#members.delete(record.key);
      if (record.clientContext !== undefined) this.#contexts.delete(record.clientContext);
      if (operationId === undefined) continue;
      this.#over.add(operationId);
      if (this.#ids.get(operationId) === open) this.#ids.delete(operationId);
    }
    return { run: this.#runOf(open, open.call), events: open.events };
  }

  #runOf({ members, deliveries, strays, rivals, foreign }: Open, call: CallRecord): Run {
    const read = deliveries.toSorted((a, b) => a.delivery.n - b.delivery.n);
    const delivered = read.flatMap(({ notifications }) => notifications);
    const notifications = [...delivered.filter((one) => !foreign.has(one)), ...strays].toSorted(
      (a, b) => a.delivery.n - b.delivery.n,
    );
    const drafts = members.flatMap(({ record, exchange }) =>
      exchange ? [invitationDraft(record, call, exchange)] : [],
    );
    const otherwise = [...rivals].flatMap((other) => other.members);
    const others = delivered.flatMap(({ resource }) => this.#records.get(resource?.callId ?? '') ?? []);
    return {
      header: this.#header,
      calls: [...new Set([call, ...others])],
      invitations: withNotifications(drafts, notifications, otherwise),
      deliveries: read,
      notifications,
      missing: [],
      cutOff: [],
      cutOffInvitations: [],
      unanswered: [],
      remarks: [],
    };
  }
}
