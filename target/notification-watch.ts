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
  /** The last exchange that sent it. */
  exchange: Exchange;
}

/** A sent invitation and its response, if any. */
export interface SentInvitation extends InvitationExchange {
  /** Whether the response was a success. */
  accepted: boolean;
  /** Whether a response arrived. */
  answered: boolean;
  operationId: string | undefined;
  sentAt: number;
  /** When the whole response had arrived, or the deadline passed, ms. */
  answeredAt: number;
}

/** A condition that a scenario waits for, and the calls whose notifications may fulfil it. */
interface Waiting {
  calls: readonly CallRecord[];
  look: () => void;
  /** Clears its timer. */
  stop: () => void;
}

/** The factor between the wait for one notification and the total wait. */
const MOST_ROUNDS = 6;

/**
 * Searches the received notifications for what a scenario waits for. It only decides how long to wait; the judges later
 * decide from the history what is right.
 */
export class NotificationWatch {
  /** Indexed by the call of the callback and by the call that they name, so that a search need not read all of them. */
  private readonly byCallback = new Map<string | undefined, Notification[]>();
  private readonly byName = new Map<string | undefined, Notification[]>();
  /** Indexed by the callback of their notifications. */
  private readonly sent = new Map<string, SentInvitation[]>();
  /** The known operation endings of a call, by callback; cleared when another notification arrives there. */
  private readonly endings = new Map<string, Map<string, Notification[]>>();
  private readonly waiting = new Set<Waiting>();
  private closed = false;
  private readonly now: () => number;

  /** @param now the time on the history's clock, ms */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Adds a recorded delivery. */
  take(delivery: Delivery): void {
    const { notifications } = readDelivery(delivery);
    for (const notification of notifications) {
      addTo(this.byCallback, delivery.call, notification);
      addTo(this.byName, notification.resource?.callId, notification);
    }
    const { call } = delivery;
    const named = new Set(notifications.map(({ resource }) => resource?.callId));
    if (call !== undefined) this.endings.delete(call);
    for (const callId of named) if (callId !== undefined) this.endings.delete(sharedKey(callId));
    const mayReach = ({ key, callId, sharedCallback }: CallRecord): boolean =>
      call === undefined || sharedCallback === true || key === call || named.has(callId);
    this.look(mayReach);
  }

  /** Ends every wait without a result, because the run is over: a timer would keep its process alive. */
  close(): void {
    this.closed = true;
    for (const { stop } of this.waiting) stop();
    this.waiting.clear();
  }

  /** Rechecks only the conditions that the delivery concerns: a run waits for a hundred calls at once. */
  private look(concerns: (call: CallRecord) => boolean): void {
    for (const { calls, look } of this.waiting) if (calls.some(concerns)) look();
  }

  /** Registers an invitation, so that notifications can be matched to it. */
  expect(sent: SentInvitation): void {
    const key = callbackKey(sent.call);
    addTo(this.sent, key, sent);
    this.endings.delete(key);
    // An earlier notification may now match another invitation.
    this.look((call) => callbackKey(call) === key);
  }

  /**
   * Waits until a condition is true, rechecking it at each delivery that reaches or names one of the calls.
   * @param ms the longest wait; 0 or less checks once
   */
  private waitUntil(calls: readonly CallRecord[], isTrue: () => boolean, ms: number): Promise<boolean> {
    if (isTrue()) return Promise.resolve(true);
    if (ms <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      if (this.closed) return;
      const end = (came: boolean): void => {
        stopWaiting();
        this.waiting.delete(one);
        resolve(came);
      };
      const look = (): void => {
        if (isTrue()) end(true);
      };
      const one = { calls, look, stop: (): void => stopWaiting() };
      const stopWaiting = timerAfterPendingReads(ms, () => end(isTrue()));
      this.waiting.add(one);
    });
  }

  /**
   * Waits until a condition is true of the notifications to the invitation's call. Each notification restarts the wait,
   * because a service may report several things in sequence; the judges decide what arrived too late.
   * @param ms the longest wait for the next notification; the total is six times as long
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

  /** When the last notification to a call arrived, ms. */
  private lastNotificationAt(call: CallRecord): number {
    return this.notificationsTo(call).at(-1)?.delivery.headersAt ?? 0;
  }

  /** The status that ended an invitation's operation, as far as is known now. */
  ending(sent: SentInvitation): 'completed' | 'failed' | undefined {
    const [ending] = this.endingsOf(sent);
    if (!ending) return undefined;
    return statusOf(ending) === 'failed' ? 'failed' : 'completed';
  }

  /** The notifications that end an invitation's operation, as far as is known now. */
  endingsOf({ call, ...sent }: SentInvitation): Notification[] {
    const key = callbackKey(call);
    const known = this.endings.get(key) ?? this.endingsOn(call);
    this.endings.set(key, known);
    return known.get(sent.record.key) ?? [];
  }

  /** The notifications that end the operations of a call's invitations, by invitation key. */
  private endingsOn(call: CallRecord): Map<string, Notification[]> {
    const held = (this.sent.get(callbackKey(call)) ?? []).map((other): CorrelatedInvitation => ({
      record: other.record,
      callId: other.call.callId,
      operationId: other.operationId,
    }));
    const given = correlate(held, this.notificationsTo(call));
    return new Map([...given].map(([{ record }, some]) => [record.key, some.filter(endsOperation)]));
  }

  /** Whether the roster updates since the invitation show all its invitees. */
  joined(sent: SentInvitation): boolean {
    const listed = this.notificationsTo(sent.call)
      .filter((notification) => notification.about === 'roster' && notification.delivery.headersAt > sent.sentAt)
      .flatMap(rosterOf)
      .flatMap(({ entry }) => rosterEntryIdentities(entry));
    return sent.record.invitees.every((invitee) => listed.some((other) => isSameIdentity(invitee, other)));
  }

  /** Whether a call was reported as terminated and as deleted. */
  ended(call: CallRecord): boolean {
    const about = (this.byName.get(call.callId) ?? []).filter(({ resource }) => resource?.part === 'call');
    return about.some(saysTerminated) && about.some(({ changeType }) => changeType === 'deleted');
  }

  /** The notifications that reached a call. */
  notificationsTo(call: CallRecord): Notification[] {
    const some = call.sharedCallback === true ? this.byName.get(call.callId) : this.byCallback.get(call.key);
    return (some ?? []).filter((notification) => reaches(call, notification));
  }
}

/** Identifies the callback of a call; a prepared call has several keys and one callback. */
function callbackKey({ key, callId, sharedCallback }: CallRecord): string {
  return sharedCallback === true ? sharedKey(callId) : key;
}

function sharedKey(callId: string): string {
  return `shared ${callId}`;
}
