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

/** How the target answered an invitation at once. */
export type Outcome = 'accepted' | 'refused' | 'throttled' | 'otherAnswer' | 'noAnswer';

/** An invitation with all that the history holds about it. */
export interface Invitation {
  record: InvitationRecord;
  call: CallRecord;
  callId: string;
  exchange: Exchange;
  outcome: Outcome;
  /** How often it was sent: more than once where the target asked to come back later. */
  sendCount: number;
  /** The response's body, where there is a response. */
  json: Parsed;
  operationId: string | undefined;
  /** All notifications about its operation, wherever they were delivered, in the order of their arrival. */
  operations: Notification[];
  /** Those that end the operation. */
  endings: Notification[];
  /** Roster updates that reached the callback of its call, in the order of their arrival. */
  rosters: Notification[];
  /** Those, and what names its call as the one whose roster changed, wherever it was delivered. */
  rostersAnywhere: Notification[];
}

/** A run as the judges see it. */
export interface Run {
  header: HistoryHeader;
  calls: CallRecord[];
  /** Invitations of attempts that ended by themselves. */
  invitations: Invitation[];
  /** Invitations of attempts that were cut off; they are not judged. */
  cutOffInvitations: Invitation[];
  /** Invitations without an answer when the run ended. */
  unanswered: InvitationRecord[];
  deliveries: ReadDelivery[];
  notifications: Notification[];
  missing: MissingRecord[];
  /** Attempts that were cut off before they ended. */
  cutOff: PlannedAttempt[];
  /** There where the run ended at a failure, as the user asked: what was cut off was left out. */
  bailed?: true;
  remarks: string[];
  /** Why the run could not go on, where it could not. */
  stopped?: StoppedRecord;
}

/** The invitations of a run, also those of attempts that were cut off: by them others are in a call, and the target is busy. */
export function everyInvitation({ invitations, cutOffInvitations }: Run): Invitation[] {
  return [...invitations, ...cutOffInvitations];
}

/** How the target answered an exchange that carries an invitation. */
export function outcomeOf(exchange: Pick<Exchange, 'response'>): Outcome {
  const status = exchange.response?.status;
  if (status === undefined) return 'noAnswer';
  if (status >= 200 && status < 300) return 'accepted';
  // Says nothing about the invitation.
  if (asksToWait(exchange)) return 'throttled';
  return status >= 400 && status < 500 ? 'refused' : 'otherAnswer';
}

/** Whether a notification is delivered to a call's callback, or names the call where it has none of its own. */
export function reaches(
  call: Pick<CallRecord, 'key' | 'callId' | 'sharedCallback'>,
  notification: Notification,
): boolean {
  if (call.sharedCallback === true) return notification.resource?.callId === call.callId;
  return notification.delivery.call === call.key;
}

/**
 * Puts a history together: which exchange, which notifications, which roster updates belong to which invitation. What the
 * attempts of contracts did is no part of it: Pact's Verifier judges that. Their invitations only keep what belongs to
 * them from being put to others.
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
      // What ended after the target was last surely there may have waited in vain.
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
  // On a callback that calls share, what comes once the contracts have begun may be theirs: they begin when all else is over.
  const contracts = shared ? firstOfContracts(history) : Infinity;
  const everyDelivery = deliveries.filter(({ call, n }) => call !== undefined || n < contracts).map(readDelivery);
  const read = everyDelivery.filter(({ delivery }) => calls.get(delivery.call ?? '')?.scenario !== CONTRACTS);
  // A delivery to the callback of another call is put to its invitation all the same.
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

/** Notifications by the call to whose callback they were delivered, and by the call that they name. */
class ByCall {
  readonly #by = new Map<string, Set<number>>();

  constructor(private readonly notifications: readonly Notification[]) {
    for (const [place, { delivery, resource }] of notifications.entries()) {
      if (delivery.call !== undefined) this.#put(`key ${delivery.call}`, place);
      if (resource) this.#put(`id ${resource.callId}`, place);
    }
  }

  /** What reached the callback of a call or names it, in the order of their arrival. */
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

/** The number of the first event of contracts. */
function firstOfContracts({ events }: History): number {
  return events.find((event) => event.kind === 'call' && event.scenario === CONTRACTS)?.n ?? Infinity;
}

/** An invitation and its answer, before the notifications are put to it. */
export type InvitationDraft = Omit<Invitation, 'operations' | 'endings' | 'rosters' | 'rostersAnywhere'>;

/**
 * Puts notifications to the invitations that they belong to.
 * @param rivals invitations to which a notification may belong instead
 * @param byId only where it names an operation that a response named
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
 * Reads the answer to an invitation.
 * @param exchange the last in which it was sent
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
