import { addTo } from '../common/lists';
import type { InvitationRecord, InvitedIdentity } from './events';
import { identityDifference, participantsOf } from './identities';
import { isOfAnotherKind, type Notification } from './notifications';
import { stringMember } from './values';

/** What a notification about an operation is held against. */
export interface CorrelatedInvitation {
  record: InvitationRecord;
  callId: string;
  /** The id of the operation that the response named. */
  operationId: string | undefined;
}

/** What of a notification is looked at, read once. */
interface NotificationMarks {
  notification: Notification;
  id: string | undefined;
  context: string | undefined;
  isOfAnotherKind: boolean;
  participants: readonly InvitedIdentity[];
}

function marksOf(notification: Notification): NotificationMarks {
  const { data } = notification;
  return {
    notification,
    id: stringMember(data, 'id'),
    context: stringMember(data, 'clientContext'),
    isOfAnotherKind: isOfAnotherKind(notification),
    participants: participantsOf(data).flatMap((entry) => entry.identities),
  };
}

/** What it weighs that the invitees are the same: less than anything else. */
const SAME_INVITEES = 2;

/**
 * How surely a notification belongs to an invitation. Ids and contexts weigh most and are summed, so that a
 * notification with one wrong member still finds its invitation, and one with another's id and context goes there.
 */
function matchScore(
  of: CorrelatedInvitation,
  { notification, id, context, isOfAnotherKind: other, participants }: NotificationMarks,
): number {
  const { resource, delivery } = notification;
  let sum = 0;
  if (of.operationId !== undefined) {
    if (id === of.operationId) sum += 8;
    if (resource?.id === of.operationId) sum += 8;
  }
  // Other operations of the same call have notifications too, and may share a context; only our id makes such a one ours.
  if (sum === 0 && other) return 0;
  if (of.record.clientContext !== undefined && context === of.record.clientContext) sum += 7;
  if (delivery.call === of.record.call) sum += 4;
  if (resource?.callId === of.callId) sum += 3;
  if (participants.length > 0 && identityDifference(of.record.invitees, participants) === undefined)
    sum += SAME_INVITEES;
  return sum;
}

function namesOperationOf(
  { operationId }: CorrelatedInvitation,
  { id, notification: { resource } }: NotificationMarks,
): boolean {
  return operationId !== undefined && (id === operationId || resource?.id === operationId);
}

/** The places of invitations in their list, by each of what weighs more than the invitees. */
class InvitationIndex {
  readonly #by = new Map<string, number[]>();

  constructor(invitations: readonly CorrelatedInvitation[]) {
    for (const [place, { record, callId, operationId }] of invitations.entries()) {
      this.#put('id', operationId, place);
      this.#put('context', record.clientContext, place);
      this.#put('callback', record.call, place);
      this.#put('call', callId, place);
    }
  }

  /** Of those that share any of it with a notification, in their order. */
  of({ notification: { resource, delivery }, id, context }: NotificationMarks): number[] {
    const found = [
      this.#at('id', id),
      this.#at('id', resource?.id),
      this.#at('context', context),
      this.#at('callback', delivery.call),
      this.#at('call', resource?.callId),
    ];
    return [...new Set(found.flat())].toSorted((a, b) => a - b);
  }

  #put(what: string, value: string | undefined, place: number): void {
    if (value === undefined) return;
    addTo(this.#by, `${what} ${value}`, place);
  }

  #at(what: string, value: string | undefined): readonly number[] {
    return value === undefined ? [] : (this.#by.get(`${what} ${value}`) ?? []);
  }
}

/**
 * Gives each notification about an operation to the invitation that it most likely belongs to. Of several that are
 * equally likely, the one to which the fewest were given: a swap among concurrent invitations is seen as one.
 * @param byId only to those whose response named an id that it names, as in traffic that others recorded
 */
export function correlate<T extends CorrelatedInvitation>(
  invitations: readonly T[],
  notifications: readonly Notification[],
  byId = false,
): Map<T, Notification[]> {
  const given = new Map<T, Notification[]>(invitations.map((invitation) => [invitation, []]));
  const places = new InvitationIndex(invitations);
  for (const notification of notifications) {
    if (notification.about !== 'operation') continue;
    const marks = marksOf(notification);
    const near = places
      .of(marks)
      .flatMap((place) => invitations[place] ?? [])
      .filter((one) => !byId || namesOperationOf(one, marks));
    const { best, most } = bestMatch(near, marks, given);
    // With nothing else to go by, the invitees alone may tell.
    const found = byId || most > SAME_INVITEES ? best : bestMatch(invitations, marks, given).best;
    if (found) given.get(found)?.push(notification);
  }
  return given;
}

function bestMatch<T extends CorrelatedInvitation>(
  invitations: readonly T[],
  marks: NotificationMarks,
  given: ReadonlyMap<T, Notification[]>,
): { best: T | undefined; most: number } {
  let best: T | undefined;
  let most = 0;
  for (const invitation of invitations) {
    const sum = matchScore(invitation, marks);
    const fewer = best !== undefined && (given.get(invitation)?.length ?? 0) < (given.get(best)?.length ?? 0);
    if (sum > most || (sum === most && sum > 0 && fewer)) {
      best = invitation;
      most = sum;
    }
  }
  return { best, most };
}
