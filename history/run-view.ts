import { parseJson, type Parsed } from './body';
import { correlate, type CorrelatedInvitation } from './correlate';
import {
  CONTRACTS,
  type CallRecord,
  type Delivery,
  type Exchange,
  type History,
  type HistoryHeader,
  type InvitationRecord,
  type MissingRecord,
  type PlannedAttempt,
  type StoppedRecord,
} from './events';
import { endsOperation, readDelivery, type Notification, type ReadDelivery } from './notifications';
import { asksToWait } from './throttling';
import { stringMember } from './values';

/** The immediate result of an invitation. */
export type Outcome = 'accepted' | 'refused' | 'throttled' | 'otherAnswer' | 'noAnswer';

/** An invitation with all its events. */
export interface Invitation {
  record: InvitationRecord;
  call: CallRecord;
  callId: string;
  exchange: Exchange;
  outcome: Outcome;
  /** How often it was sent: more than once if the target asked to retry later. */
  sendCount: number;
  /** The response's body, if there is a response. */
  json: Parsed;
  operationId: string | undefined;
  /** All notifications about its operation, wherever delivered, in order of arrival. */
  operations: Notification[];
  /** The operation's notifications that end it. */
  endings: Notification[];
  /** Roster updates at its call's callback, in order of arrival. */
  rosters: Notification[];
  /** Roster updates at its call's callback or with its call's id, wherever delivered. */
  rostersAnywhere: Notification[];
}

/** A run as input for judges. */
export interface Run {
  header: HistoryHeader;
  calls: CallRecord[];
  /** Invitations of attempts that ended normally. */
  invitations: Invitation[];
  /** Invitations of cut-off attempts; they are not judged. */
  cutOffInvitations: Invitation[];
  /** Invitations without a response when the run ended. */
  unanswered: InvitationRecord[];
  deliveries: ReadDelivery[];
  notifications: Notification[];
  missing: MissingRecord[];
  /** Attempts that were cut off. */
  cutOff: PlannedAttempt[];
  /** Present if the run ended at a failure, as requested: cut-off attempts count as not selected. */
  bailed?: true;
  remarks: string[];
  /** Why the run could not continue, if so. */
  stopped?: StoppedRecord;
}

/** All invitations of a run, including those of cut-off attempts: these also add participants and load the target. */
export function everyInvitation({ invitations, cutOffInvitations }: Run): Invitation[] {
  return [...invitations, ...cutOffInvitations];
}

/** The result of an exchange with an invitation. */
export function outcomeOf(exchange: Pick<Exchange, 'response'>): Outcome {
  const status = exchange.response?.status;
  if (status === undefined) return 'noAnswer';
  if (status >= 200 && status < 300) return 'accepted';
  // A throttled response says nothing about the invitation.
  if (asksToWait(exchange)) return 'throttled';
  return status >= 400 && status < 500 ? 'refused' : 'otherAnswer';
}

/** Whether a notification was delivered to a call's callback or, if the call shares its callback, names the call. */
export function reaches(
  call: Pick<CallRecord, 'key' | 'callId' | 'sharedCallback'>,
  notification: Notification,
): boolean {
  if (call.sharedCallback === true) return notification.resource?.callId === call.callId;
  return notification.delivery.call === call.key;
}

/**
 * Builds the view of a history: the exchange, notifications and roster updates of each invitation. It excludes the
 * attempts of contracts, which Pact's Verifier judges; their invitations only prevent that their notifications match
 * others.
 */
export function runView(history: History): Run {
  const calls = new Map<string, CallRecord>();
  const records: InvitationRecord[] = [];
  const exchanges = new Map<string, Exchange>();
  const times = new Map<string, number>();
  const deliveries: Delivery[] = [];
  const missing: MissingRecord[] = [];
  const stopped = history.events.find((event) => event.kind === 'stopped');
  const ended = new Set<string>();
  const remarks: string[] = [];
  let bailed = false;
  for (const event of history.events) {
    if (event.kind === 'call') calls.set(event.key, event);
    else if (event.kind === 'invitation') records.push(event);
    else if (event.kind === 'exchange' && event.invitation !== undefined && event.failure?.cause !== 'exhausted') {
      exchanges.set(event.invitation, event);
      times.set(event.invitation, (times.get(event.invitation) ?? 0) + 1);
    } else if (event.kind === 'delivery') deliveries.push(event);
    else if (event.kind === 'missing') missing.push(event);
    else if (event.kind === 'attemptEnd') {
      // After the target was last certainly available, an attempt may have waited in vain.
      if (event.at < (stopped?.since ?? Infinity)) ended.add(`${event.scenario}/${event.attempt}`);
    } else if (event.kind === 'end') {
      remarks.push(...event.remarks);
      bailed = event.bailed === true;
    }
  }
  const shared = [...calls.values()].some(({ sharedCallback }) => sharedCallback === true);
  const astray = deliveries.filter(({ call }) => call === undefined).length;
  if (astray > 0 && !shared && !history.header.recording)
    remarks.push(`${astray} deliveries arrived at paths that belong to no call of this run`);
  // On a shared callback, deliveries may belong to contracts once these have begun; they begin after all other
  // attempts.
  const contracts = shared ? firstOfContracts(history) : Infinity;
  const everyDelivery = deliveries.filter(({ call, n }) => call !== undefined || n < contracts).map(readDelivery);
  const read = everyDelivery.filter(({ delivery }) => calls.get(delivery.call ?? '')?.scenario !== CONTRACTS);
  // Deliveries to the callbacks of other calls may also belong to an invitation.
  const notifications = everyDelivery.flatMap((delivery) => delivery.notifications);
  const found = records.flatMap((record) => {
    const exchange = exchanges.get(record.key);
    const call = calls.get(record.call);
    return exchange && call ? [invitationDraft(record, call, exchange, times.get(record.key))] : [];
  });
  const isContract = ({ record }: InvitationDraft): boolean => record.scenario === CONTRACTS;
  const hasEnded = ({ record }: InvitationDraft): boolean => ended.has(`${record.scenario}/${record.attempt}`);
  const all = withNotifications(
    found.filter((one) => !isContract(one)),
    notifications,
    found.filter(isContract),
    history.header.recording !== undefined,
  );
  const cutOff = history.header.plan.filter(
    (planned) =>
      planned.withoutCapability === undefined &&
      planned.notSelected !== true &&
      !ended.has(`${planned.scenario}/${planned.attempt}`),
  );
  return {
    header: history.header,
    calls: [...calls.values()].filter(({ scenario }) => scenario !== CONTRACTS),
    invitations: all.filter(hasEnded),
    cutOffInvitations: all.filter((one) => !hasEnded(one)),
    unanswered: records.filter(({ key }) => !exchanges.has(key)),
    deliveries: read,
    notifications,
    missing,
    cutOff,
    remarks,
    ...(bailed ? { bailed } : {}),
    ...(stopped ? { stopped } : {}),
  };
}

/** Indexes notifications by the call of their callback, and by the call that they name. */
class ByCall {
  readonly #by = new Map<string, Set<number>>();

  constructor(private readonly notifications: readonly Notification[]) {
    for (const [place, { delivery, resource }] of notifications.entries()) {
      if (delivery.call !== undefined) this.#put(`key ${delivery.call}`, place);
      if (resource) this.#put(`id ${resource.callId}`, place);
    }
  }

  /** Notifications that reached the callback of a call or name it, in order of arrival. */
  of({ key, callId }: Pick<CallRecord, 'key' | 'callId'>): Notification[] {
    const found = [...(this.#by.get(`key ${key}`) ?? []), ...(this.#by.get(`id ${callId}`) ?? [])];
    return [...new Set(found)].toSorted((a, b) => a - b).flatMap((place) => this.notifications[place] ?? []);
  }

  #put(what: string, place: number): void {
    const there = this.#by.get(what);
    if (there) there.add(place);
    else this.#by.set(what, new Set([place]));
  }
}

/** The number of the first event of the contracts. */
function firstOfContracts({ events }: History): number {
  return events.find((event) => event.kind === 'call' && event.scenario === CONTRACTS)?.n ?? Infinity;
}

/** An invitation and its response, without notifications. */
export type InvitationDraft = Omit<Invitation, 'operations' | 'endings' | 'rosters' | 'rostersAnywhere'>;

/**
 * Assigns notifications to their invitations.
 * @param rivals other invitations that notifications may belong to
 * @param byId matches only by the operation id of a response
 */
export function withNotifications(
  drafts: readonly InvitationDraft[],
  notifications: readonly Notification[],
  rivals: readonly CorrelatedInvitation[] = [],
  byId = false,
): Invitation[] {
  const given = correlate<CorrelatedInvitation>([...drafts, ...rivals], notifications, byId);
  const rosters = notifications.filter(({ about }) => about === 'roster');
  const near = new ByCall(rosters);
  return drafts.map((invitation) => {
    const { call, callId } = invitation;
    const operations = given.get(invitation) ?? [];
    const anywhere = near.of(call).filter((roster) => reaches(call, roster) || roster.resource?.callId === callId);
    return {
      ...invitation,
      operations,
      endings: operations.filter(endsOperation),
      rosters: anywhere.filter((roster) => reaches(call, roster)),
      rostersAnywhere: anywhere,
    };
  });
}

/**
 * Reads the response to an invitation.
 * @param exchange its last sending
 * @param sendCount how often it was sent
 */
export function invitationDraft(
  record: InvitationRecord,
  call: CallRecord,
  exchange: Exchange,
  sendCount = 1,
): InvitationDraft {
  const response = exchange.response;
  const json: Parsed = response ? parseJson(response.body, response.headers) : { ok: false, reason: 'no response' };
  const outcome = outcomeOf(exchange);
  const operationId = outcome === 'accepted' && json.ok ? stringMember(json.value, 'id') : undefined;
  return { record, call, callId: call.callId, exchange, outcome, sendCount, json, operationId };
}
