import { addTo } from '../common/lists';
import type { InvitationRecord, InvitedIdentity } from './events';
import { identityDifference, participantsOf } from './identities';
import { isOfAnotherKind, type Notification } from './notifications';
import { stringMember } from './values';

/** The data of an invitation that notifications are matched with. */
export interface CorrelatedInvitation {
  record: InvitationRecord;
  callId: string;
  /** The operation id in the response. */
  operationId: string | undefined;
}

/** The members of a notification that matching compares. */
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

/** The weights of what a notification and an invitation may have in common. */
const OPERATION_ID = 8;
const CONTEXT = 7;
const CALLBACK = 4;
const CALL = 3;
const INVITEES = 2;
/** The most that an invitation weighs whose operation id and context are other ones. */
const MOST_UNNAMED = CALLBACK + CALL + INVITEES;

/**
 * The likelihood that a notification belongs to an invitation. Ids and contexts weigh most and are summed: a
 * notification with one wrong member still matches its invitation, and one with another's id and context matches that
 * one.
 */
function matchScore(
  of: CorrelatedInvitation,
  { notification, id, context, isOfAnotherKind: other, participants }: NotificationMarks,
): number {
  const { resource, delivery } = notification;
  let sum = 0;
  if (of.operationId !== undefined) {
    if (id === of.operationId) sum += OPERATION_ID;
    if (resource?.id === of.operationId) sum += OPERATION_ID;
  }
  // Other operations of the same call have notifications too, and may share a context; they match only by operation id.
  if (sum === 0 && other) return 0;
  if (of.record.clientContext !== undefined && context === of.record.clientContext) sum += CONTEXT;
  if (delivery.call === of.record.call) sum += CALLBACK;
  if (resource?.callId === of.callId) sum += CALL;
  if (participants.length > 0 && identityDifference(of.record.invitees, participants) === undefined) sum += INVITEES;
  return sum;
}

function namesOperationOf(
  { operationId }: CorrelatedInvitation,
  { id, notification: { resource } }: NotificationMarks,
): boolean {
  return operationId !== undefined && (id === operationId || resource?.id === operationId);
}

function inOrder(places: readonly (readonly number[])[]): number[] {
  return [...new Set(places.flat())].toSorted((a, b) => a - b);
}

/** Indexes of invitations by each criterion that weighs more than the invitees. */
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

  /** The indexes of the invitations that a notification names by operation id or context, in order. */
  namedBy({ notification: { resource }, id, context }: NotificationMarks): number[] {
    return inOrder([this.#at('id', id), this.#at('id', resource?.id), this.#at('context', context)]);
  }

  /** The indexes of the invitations that match a notification in any criterion, in order. */
  near(marks: NotificationMarks): number[] {
    const { resource, delivery } = marks.notification;
    return inOrder([this.namedBy(marks), this.#at('callback', delivery.call), this.#at('call', resource?.callId)]);
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
 * Assigns each notification about an operation to its most likely invitation. Among equally likely ones, that with the
 * fewest notifications wins, so that a swap between concurrent invitations is detected.
 * @param byId matches only by operation id, as for recorded traffic
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
    const among = (found: readonly number[]): Match<T> =>
      bestMatch(
        found.flatMap((place) => invitations[place] ?? []).filter((one) => !byId || namesOperationOf(one, marks)),
        marks,
        given,
      );
    // A call may have hundreds of invitations: they are compared only if they can weigh as much as the named ones.
    const named = among(places.namedBy(marks));
    const { best, most } = named.most > MOST_UNNAMED ? named : among(places.near(marks));
    // Without any other match, equal invitees decide.
    const found = byId || most > INVITEES ? best : bestMatch(invitations, marks, given).best;
    if (found) given.get(found)?.push(notification);
  }
  return given;
}

interface Match<T> {
  best: T | undefined;
  /** Its weight. */
  most: number;
}

function bestMatch<T extends CorrelatedInvitation>(
  invitations: readonly T[],
  marks: NotificationMarks,
  given: ReadonlyMap<T, Notification[]>,
): Match<T> {
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
