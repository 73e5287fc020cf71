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
  private readonly sent: SentInvitation[] = [];
  /** What is known of the operations of a call, by where its notifications come to, until something about it comes. */
  private readonly endings = new Map<string, Map<string, Notification[]>>();
  private readonly waiting = new Set<() => void>();
  private readonly now: () => number;

  /** @param now the time on the history's clock, ms */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Takes a delivery as it was recorded. */
  take(delivery: Delivery): void {
    for (const notification of readDelivery(delivery).notifications) {
      addToList(this.byCallback, delivery.call, notification);
      addToList(this.byName, notification.resource?.callId, notification);
    }
    const { call } = delivery;
    // On a callback that calls share, it may be any call's.
    if (call === undefined) this.endings.clear();
    else this.endings.delete(call);
    for (const look of this.waiting) look();
  }

  /** Takes note of an invitation, so that notifications find theirs among several. */
  expect(sent: SentInvitation): void {
    this.sent.push(sent);
    this.endings.delete(callbackKey(sent.call));
  }

  /**
   * Waits until something is true, looking again at each delivery.
   * @param ms the longest wait; 0 or less: looks once
   */
  waitUntil(isTrue: () => boolean, ms: number): Promise<boolean> {
    if (isTrue()) return Promise.resolve(true);
    if (ms <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (came: boolean): void => {
        stopWaiting();
        this.waiting.delete(look);
        resolve(came);
      };
      const look = (): void => {
        if (isTrue()) end(true);
      };
      const stopWaiting = timerAfterPendingReads(ms, () => end(isTrue()));
      this.waiting.add(look);
    });
  }

  /**
   * Waits like `waitUntil`, and counts the time anew from each notification to the call: a service may tell of several things
   * one after the other. What came too late is for the judges to say.
   * @param ms the longest wait for the next of them; six times as long in all
   * @param other another call whose notifications count
   */
  async waitForCall(sent: SentInvitation, isTrue: () => boolean, ms: number, other?: CallRecord): Promise<boolean> {
    const end = this.now() + MOST_ROUNDS * ms;
    for (let left = ms; left > 0;) {
      if (await this.waitUntil(isTrue, left)) return true;
      const last = Math.max(this.lastNotificationAt(sent.call), other ? this.lastNotificationAt(other) : 0);
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
    const place = callbackKey(call);
    const known = this.endings.get(place) ?? this.endingsOn(call);
    this.endings.set(place, known);
    return known.get(sent.record.key) ?? [];
  }

  /** What ended the operations of a call's invitations, by the invitations' keys. */
  private endingsOn(call: CallRecord): Map<string, Notification[]> {
    const held = this.sent
      .filter((other) => callbackKey(other.call) === callbackKey(call))
      .map((other): CorrelatedInvitation => ({
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

function addToList<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
