import type { CallRecord } from '../../history/events';
import {
  identityDifference,
  identitiesOf,
  rosterEntryIdentities,
  participantsOf,
  isSameIdentity,
} from '../../history/identities';
import { callOf, sentTo } from '../../history/lookup';
import { rosterOf, saysTerminated, statusOf, type Notification } from '../../history/notifications';
import { isObject, arrayMember, member, stringMember, type JsonObject } from '../../history/values';
import type { Invitation, Run } from '../../history/run-view';
import type { Violation } from '../../schemas';
import type { Arrival, Deviation, Moment, Place, Value } from '../finding';
import { valueOf } from '../finding-values';
import { isFarAhead, orderOf, overtakes } from './proved-order';

/** Evidence for facts in an invitation's history. */

/** The first notification that ends the operation. */
export function completionOf(invitation: Invitation): Notification | undefined {
  return invitation.endings[0];
}

/** Whether the operation failed: by a notification or, without one, by the response itself (linked: commsOperation). */
export function failedLater(invitation: Invitation): boolean {
  const [ending] = invitation.endings;
  if (ending) return statusOf(ending) === 'failed';
  return stringMember(bodyOf(invitation), 'status')?.toLowerCase() === 'failed';
}

/**
 * Whether every sending of an invitation that must be refused was answered with 503: that is not a refusal, even with a
 * Retry-After. In recorded traffic, each sending is an invitation.
 */
export function isUnavailableEachTime({ outcome, exchange, sendCount, record: { expect } }: Invitation): boolean {
  if (outcome !== 'throttled' || exchange.response?.status === 429) return false;
  if (exchange.recorded) return expect === 'refused' || expect === 'refusedOrFails';
  return sendCount > 1 && expect !== 'accepted' && expect !== 'fails';
}

/**
 * Whether another invitation to the same call that was not refused has a common invitee: the roster may show the
 * invitee because of that one. If users are scarce, invitations that must be refused share them.
 */
export function isLetInByAnother(invitation: Invitation, run: Run): boolean {
  const { alreadyInCall, invitees } = invitation.record;
  if (alreadyInCall === true) return false;
  return sentTo(run, invitation.callId).some(
    (other) =>
      other !== invitation &&
      other.outcome !== 'refused' &&
      other.record.invitees.some((one) => invitees.some((identity) => isSameIdentity(one, identity))),
  );
}

/** The body of an accepted invitation's response, if it is a JSON object. */
export function bodyOf(invitation: Invitation): JsonObject | undefined {
  const { outcome, json } = invitation;
  return outcome === 'accepted' && json.ok && isObject(json.value) ? json.value : undefined;
}

/** Roster updates that arrived after the invitation was sent. @param rosters default: all at its call's callback */
export function rostersSince(invitation: Invitation, rosters = invitation.rosters): Notification[] {
  return rosters.filter((roster) => roster.delivery.headersAt > invitation.exchange.request.sentAt);
}

type Listed = ReturnType<typeof rosterOf>[number] & { identities: Invitation['record']['invitees'] };

/** The identities of each roster update, cached because most facts need them. */
const listings = new WeakMap<Notification, Listed[]>();

function listingOf(roster: Notification): Listed[] {
  const known = listings.get(roster);
  if (known) return known;
  const listed = rosterOf(roster).map((one) => ({ ...one, identities: rosterEntryIdentities(one.entry) }));
  listings.set(roster, listed);
  return listed;
}

/** The entries of a roster update with one of the given identities. */
export function entriesFor(
  roster: Notification,
  identities: Invitation['record']['invitees'],
): { path: string; entry: JsonObject }[] {
  return listingOf(roster).filter((listed) =>
    identities.some((identity) => listed.identities.some((other) => isSameIdentity(identity, other))),
  );
}

/** Roster updates since the invitation that show an invitee. @param rosters default: all at its call's callback */
export function rostersShowing(invitation: Invitation, rosters = invitation.rosters): Notification[] {
  return rostersSince(invitation, rosters).filter(
    (roster) => entriesFor(roster, invitation.record.invitees).length > 0,
  );
}

/** The identities that no roster update since the invitation shows. */
export function absentFromRosters(
  invitation: Invitation,
  identities: Invitation['record']['invitees'],
): Invitation['record']['invitees'] {
  const rosters = rostersSince(invitation);
  return identities.filter((identity) => !rosters.some((roster) => entriesFor(roster, [identity]).length > 0));
}

/** Whether `participants` names exactly the invited identities. */
export function namesInvitees(invitation: Invitation, operation: unknown): boolean {
  const found = participantsOf(operation).flatMap((entry) => entry.identities);
  return identityDifference(invitation.record.invitees, found) === undefined;
}

/** The peer-to-peer call that an invitation replaces. */
export function replacedCallOf(invitation: Invitation, run: Run): CallRecord | undefined {
  return callOf(run, invitation.record.replaces);
}

/** The index of the response's participant who was invited with a replacesCallId; -1 if the response does not list one. */
export function replacingEntry(invitation: Invitation): number {
  const [invitee] = invitation.record.invitees;
  return (arrayMember(bodyOf(invitation), 'participants') ?? []).findIndex((entry) =>
    identitiesOf(member(entry, 'identity')).some((other) => invitee !== undefined && isSameIdentity(other, invitee)),
  );
}

/** Notifications whose resource is the call itself. */
export function aboutCall(callId: string | undefined, run: Run): Notification[] {
  return run.notifications.filter(({ resource }) => resource?.part === 'call' && resource.callId === callId);
}

function aboutReplacedCall(invitation: Invitation, run: Run): Notification[] {
  return aboutCall(replacedCallOf(invitation, run)?.callId, run);
}

export function isDeleted({ changeType }: Notification): boolean {
  return changeType === 'deleted';
}

/** Notifications that the replaced call ends: by state terminating or terminated, or by deletion. */
export function replacedCallEnds(invitation: Invitation, run: Run): Notification[] {
  return aboutReplacedCall(invitation, run).filter((it) => saysTerminated(it) || isDeleted(it));
}

/** The notification that the replaced call was deleted. */
export function replacedCallDeleted(invitation: Invitation, run: Run): Notification | undefined {
  return aboutReplacedCall(invitation, run).find(isDeleted);
}

/** Notifications that the replaced call is terminated; if there are none but the deletion, the deletion with that state. */
export function replacedCallTerminated(invitation: Invitation, run: Run): Notification[] {
  const said = aboutReplacedCall(invitation, run).filter(saysTerminated);
  const alone = said.filter((it) => !isDeleted(it));
  return alone.length > 0 ? alone : said;
}

/**
 * Whether a roster may belong to another invitation to the same call: the roster shows that one's invitee, that one's
 * completion did not provably arrive later, and that one had no roster of its own before.
 */
function mayBeAnothers(roster: Notification, invitation: Invitation, run: Run): boolean {
  return sentTo(run, invitation.callId).some((other) => {
    if (other === invitation) return false;
    const ending = completionOf(other);
    if (!ending || entriesFor(roster, other.record.invitees).length === 0) return false;
    if (orderOf(roster, ending, run) === 'before') return false;
    const had = rostersShowing(other).some(
      (earlier) => orderOf(earlier, roster, run) === 'before' && orderOf(ending, earlier, run) === 'before',
    );
    return !had;
  });
}

/**
 * A roster update with an invitee that arrived before the completion. Another invitation's roster may already show
 * invitees whose completion is on its way: that is excused unless the completion came much later.
 */
export function earlyRoster(invitation: Invitation, run: Run): Notification | undefined {
  const ending = completionOf(invitation);
  if (!ending) return undefined;
  return rostersShowing(invitation).find(
    (roster) =>
      overtakes(roster, ending, invitation, run) &&
      (!mayBeAnothers(roster, invitation, run) || isFarAhead(roster, ending, invitation, run)),
  );
}

/** A place in a notification. @param path relative to the notification, such as `.resourceUrl` */
export function inNotification({ delivery, path: at }: Notification, path = ''): Place {
  return { event: delivery.n, part: 'body', path: `${at}${path}` };
}

/** A place in the body of the response. @param path such as `.status` */
export function inResponse({ exchange }: Invitation, path = ''): Place {
  return { event: exchange.n, part: 'body', path: `$${path}` };
}

/** The place of the response's status code. */
export function atStatus({ exchange }: Invitation): Place {
  return { event: exchange.n, part: 'status' };
}

/** A delivery as a moment of a finding. */
export function momentOf({ delivery }: Notification, what: Moment['what']): Moment {
  return { event: delivery.n, what };
}

/** A summary of a notification. */
export function arrivalOf({ delivery, about, changeType, resourceUrl, data }: Notification): Arrival {
  const state = stringMember(data, about === 'call' ? 'state' : 'status');
  const { n: event, call } = delivery;
  return {
    event,
    about,
    ...(changeType === undefined ? {} : { changeType }),
    ...(resourceUrl === undefined ? {} : { resourceUrl }),
    ...(state === undefined ? {} : { state }),
    ...(call === undefined ? {} : { call }),
  };
}

/** The most arrivals in a finding. */
const MOST_ARRIVALS = 12;

/** The notifications that did arrive for a call, for a finding about a missing one. */
export function arrivals(run: Run, invitation: Invitation, came: readonly Notification[]): Value {
  const { call } = invitation;
  const unread = run.deliveries.filter(
    ({ delivery, notifications }) => delivery.call === call.key && notifications.length === 0,
  ).length;
  const astray = run.deliveries.filter(({ delivery }) => delivery.call === undefined).length;
  const listed = came.slice(0, MOST_ARRIVALS).map(arrivalOf);
  return { is: 'arrivals', arrivals: listed, unread, astray, inRun: run.deliveries.length };
}

/** The most violations of a schema in a finding; the first one is reported in full. */
const MOST_VIOLATIONS = 4;

/**
 * The first violation of a schema as a deviation, with the places of the next ones.
 * @param at the place of the checked value
 */
export function violates(violations: readonly Violation[], at: Place): Deviation | undefined {
  const [first] = violations;
  if (!first) return undefined;
  const placeOf = ({ path }: Violation): Place => ({ ...at, path: `${at.path ?? '$'}${path.slice(1)}` });
  const { expected, value, present } = first;
  return {
    expected: { is: 'allowed', allowed: expected, ...(present ? { present: [...present] } : {}) },
    observed: valueOf(value),
    at: violations.slice(0, MOST_VIOLATIONS).map(placeOf),
  };
}
