import { addTo } from '../common/lists';
import { correlate, type CorrelatedInvitation } from '../history/correlate';
import type { CallRecord, Delivery, Exchange, InvitationRecord } from '../history/events';
import { rosterEntryIdentities, isSameIdentity } from '../history/identities';
import {
  endsOperation,
  readDelivery,
  rosterOf,
  saysTerminated,
  statusOf,
  type Notification,
} from '../history/notifications';
import { reaches } from '../history/run-view';
import { timerAfterPendingReads } from './pending-reads';

/** An invitation that was sent. */
export interface InvitationExchange {
  record: InvitationRecord;
  call: CallRecord;
  /** The last in which it was sent. */
  exchange: Exchange;
}

/** An invitation that was sent and answered, or not. */
export interface SentInvitation extends InvitationExchange {
  /** Whether it was answered with success. */
  accepted: boolean;
  /** Whether it was answered at all. */
  answered: boolean;
  operationId: string | undefined;
  sentAt: number;
  /** When the answer was there in full, or its deadline had passed, ms. */
  answeredAt: number;
}

/** Something that is waited for, and the calls whose notifications may bring it. */
interface Waiting {
  calls: readonly CallRecord[];
  look: () => void;
}

/** How many times the longest wait is begun anew. */
const MOST_ROUNDS = 6;

/**
 * Looks for what a scenario waits for among the notifications that have come. It decides how long to wait and nothing
 * else: what came, and whether it is right, is judged from the history afterwards.
 */
export class NotificationWatch {
  /** By the call whose callback they came to, and by the call that they name: a look must not go through all of them. */
  private readonly byCallback = new Map<string | undefined, Notification[]>();
  private readonly byName = new Map<string | undefined, Notification[]>();
  /** By where their notifications come to. */
  private readonly sent = new Map<string, SentInvitation[]>();
  /** What is known of the operations of a call, by where its notifications come to, until something about it comes. */
  private readonly endings = new Map<string, Map<string, Notification[]>>();
  private readonly waiting = new Set<Waiting>();
  private readonly now: () => number;

  /** @param now the time on the history's clock, ms */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Takes a delivery as it was recorded. */
  take(delivery: Delivery): void {
    const { notifications } = readDelivery(delivery);
    for (const notification of notifications) {
      addTo(this.byCallback, delivery.call, notification);
      addTo(this.byName, notification.resource?.callId, notification);
    }
    const { call } = delivery;
    // On a callback that calls share, it may be any call's.
    if (call === undefined) this.endings.clear();
    else this.endings.delete(call);
    const named = new Set(notifications.map(({ resource }) => resource?.callId));
    const mayReach = ({ key, callId, sharedCallback }: CallRecord): boolean =>
      call === undefined || sharedCallback === true || key === call || named.has(callId);
    this.look(mayReach);
  }

  /** Looks for whom it is news: a run waits for a hundred calls at once, and to the others it is none. */
  private look(concerns: (call: CallRecord) => boolean): void {
    for (const { calls, look } of this.waiting) if (calls.some(concerns)) look();
  }

  /** Takes note of an invitation, so that notifications find theirs among several. */
  expect(sent: SentInvitation): void {
    const key = callbackKey(sent.call);
    addTo(this.sent, key, sent);
    this.endings.delete(key);
    // What came before may turn out to be another invitation's.
    this.look((call) => callbackKey(call) === key);
  }

  /**
   * Waits until something is true, looking again at each delivery that comes to some calls or names one of them.
   * @param ms the longest wait; 0 or less: looks once
   */
  private waitUntil(calls: readonly CallRecord[], isTrue: () => boolean, ms: number): Promise<boolean> {
    if (isTrue()) return Promise.resolve(true);
    if (ms <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (came: boolean): void => {
        stopWaiting();
        this.waiting.delete(one);
        resolve(came);
      };
      const look = (): void => {
        if (isTrue()) end(true);
      };
      const one = { calls, look };
      const stopWaiting = timerAfterPendingReads(ms, () => end(isTrue()));
      this.waiting.add(one);
    });
  }

  /**
   * Waits until something is true of what came to the invitation's call, and counts the time anew from each notification to
   * it: a service may tell of several things one after the other. What came too late is for the judges to say.
   * @param ms the longest wait for the next of them; six times as long in all
   * @param other another call whose notifications count
   */
  async waitForCall(sent: SentInvitation, isTrue: () => boolean, ms: number, other?: CallRecord): Promise<boolean> {
    const end = this.now() + MOST_ROUNDS * ms;
    const calls = [sent.call, ...(other ? [other] : [])];
    for (let left = ms; left > 0;) {
      if (await this.waitUntil(calls, isTrue, left)) return true;
      const last = Math.max(...calls.map((call) => this.lastNotificationAt(call)));
      left = Math.min(last + ms, end) - this.now();
    }
    return false;
  }

  /** When the last notification came to a call. */
  private lastNotificationAt(call: CallRecord): number {
    return this.notificationsTo(call).at(-1)?.delivery.headersAt ?? 0;
  }

  /** What ended the operation of an invitation, as far as can be told yet. */
  ending(sent: SentInvitation): 'completed' | 'failed' | undefined {
    const [ending] = this.endingsOf(sent);
    if (!ending) return undefined;
    return statusOf(ending) === 'failed' ? 'failed' : 'completed';
  }

  /** The notifications that end the operation of an invitation, as far as can be told yet. */
  endingsOf({ call, ...sent }: SentInvitation): Notification[] {
    const key = callbackKey(call);
    const known = this.endings.get(key) ?? this.endingsOn(call);
    this.endings.set(key, known);
    return known.get(sent.record.key) ?? [];
  }

  /** What ended the operations of a call's invitations, by the invitations' keys. */
  private endingsOn(call: CallRecord): Map<string, Notification[]> {
    const held = (this.sent.get(callbackKey(call)) ?? []).map((other): CorrelatedInvitation => ({
      record: other.record,
      callId: other.call.callId,
      operationId: other.operationId,
    }));
    const given = correlate(held, this.notificationsTo(call));
    return new Map([...given].map(([{ record }, some]) => [record.key, some.filter(endsOperation)]));
  }

  /** Whether roster updates since the invitation show everybody whom it invited. */
  joined(sent: SentInvitation): boolean {
    const listed = this.notificationsTo(sent.call)
      .filter((notification) => notification.about === 'roster' && notification.delivery.headersAt > sent.sentAt)
      .flatMap(rosterOf)
      .flatMap(({ entry }) => rosterEntryIdentities(entry));
    return sent.record.invitees.every((invitee) => listed.some((other) => isSameIdentity(invitee, other)));
  }

  /** Whether a call was announced as terminated and as deleted. */
  ended(call: CallRecord): boolean {
    const about = (this.byName.get(call.callId) ?? []).filter(({ resource }) => resource?.part === 'call');
    return about.some(saysTerminated) && about.some(({ changeType }) => changeType === 'deleted');
  }

  /** The notifications that came to a call. */
  notificationsTo(call: CallRecord): Notification[] {
    const some = call.sharedCallback === true ? this.byName.get(call.callId) : this.byCallback.get(call.key);
    return (some ?? []).filter((notification) => reaches(call, notification));
  }
}

/** Where notifications about a call come to: one that was prepared by hand is known under several keys. */
function callbackKey({ key, callId, sharedCallback }: CallRecord): string {
  return sharedCallback === true ? `shared ${callId}` : key;
}
