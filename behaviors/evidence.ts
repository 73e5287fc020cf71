import { difference, listedIn, namedAll, participantsOf, same } from '../history/identities';
import { rosterOf, statusOf, type Notification } from '../history/notifications';
import { shown, text, type JsonObject } from '../history/values';
import type { Invitation, Run } from '../history/view';
import { orderOf, overtakes } from './order-evidence';

/** What judges of several areas look up in an invitation's history. */

/** The behaviours that bring an invitee into a roster. */
export const SHOWN: readonly string[] = ['roster.announced', 'roster.collection', 'roster.invitees'];

/** The notification that ends the operation: the first of them. */
export function completionOf(invitation: Invitation): Notification | undefined {
  return invitation.endings[0];
}

/** Whether the operation failed: a notification says so or, where none follows, the response itself (linked: commsOperation). */
export function failedLater(invitation: Invitation): boolean {
  const [ending] = invitation.endings;
  if (ending) return statusOf(ending) === 'failed';
  return text(bodyOf(invitation), 'status')?.toLowerCase() === 'failed';
}

/** Of some roster updates, those that came after the invitation was sent. @param among default: all at its call's callback */
export function rostersSince(invitation: Invitation, among = invitation.rosters): Notification[] {
  return among.filter((roster) => roster.delivery.headersAt > invitation.exchange.request.sentAt);
}

/** The entries of a roster update that show one of some identities. */
export function entriesFor(
  roster: Notification,
  identities: Invitation['record']['invitees'],
): { path: string; entry: JsonObject }[] {
  return rosterOf(roster).filter(({ entry }) => {
    return identities.some((identity) => listedIn(entry).some((other) => same(identity, other)));
  });
}

/** Roster updates since the invitation that show somebody whom it invited. @param among default: all at its call's callback */
export function rostersShowing(invitation: Invitation, among = invitation.rosters): Notification[] {
  return rostersSince(invitation, among).filter((roster) => entriesFor(roster, invitation.record.invitees).length > 0);
}

/** The same, wherever they were delivered: where nobody is to be shown, a wrong callback is no excuse. */
export function rostersShowingAnywhere(invitation: Invitation): Notification[] {
  return rostersShowing(invitation, invitation.rostersAnywhere);
}

/**
 * An invitation to the same call that was not refused and names one of the same identities: who is in the call may be there
 * by that one. Where users are scarce, invitations that must be refused share them.
 */
export function broughtByAnother(
  identities: Invitation['record']['invitees'],
  invitation: Invitation,
  run: Run,
): Invitation | undefined {
  return run.invitations.find(
    (other) =>
      other !== invitation &&
      other.callId === invitation.callId &&
      other.outcome !== 'refused' &&
      other.record.invitees.some((one) => identities.some((identity) => same(one, identity))),
  );
}

/** Who of some identities is in no roster update since the invitation. */
export function absentFromRosters(
  invitation: Invitation,
  identities: Invitation['record']['invitees'],
): Invitation['record']['invitees'] {
  const rosters = rostersSince(invitation);
  return identities.filter((identity) => !rosters.some((roster) => entriesFor(roster, [identity]).length > 0));
}

/** What `participants` names beside whom it should name, in words; undefined where it names just them. */
export function participantsFault(invitation: Invitation, operation: unknown): string | undefined {
  const found = participantsOf(operation);
  const differs = difference(
    invitation.record.invitees,
    found.flatMap((entry) => entry.identities),
  );
  if (!differs) return undefined;
  const parts = [
    differs.missing.length > 0 ? `missing: ${namedAll(differs.missing)}` : '',
    differs.extra.length > 0 ? `too many: ${namedAll(differs.extra)}` : '',
  ].filter((part) => part !== '');
  return `participants is ${shown(operation, 'participants')} (${parts.join('; ')})`;
}

/** The body of an accepted invitation's response, where it is JSON. */
export function bodyOf(invitation: Invitation): unknown {
  return invitation.outcome === 'accepted' && invitation.json.ok ? invitation.json.value : undefined;
}

/** `delivery 41, $.value[0]` */
export function placeOf(notification: Notification): string {
  return `delivery ${notification.delivery.n}, ${notification.path}`;
}

/**
 * An invitation to the same call whose completion had come by then, and whom the roster shows too: it may be that one's
 * roster, unless that one had had a roster of its own before.
 */
function belongsToAnother(roster: Notification, invitation: Invitation, run: Run): boolean {
  return run.invitations.some((other) => {
    if (other === invitation || other.callId !== invitation.callId) return false;
    const ending = completionOf(other);
    if (!ending || entriesFor(roster, other.record.invitees).length === 0) return false;
    if (orderOf(roster, ending) === 'before') return false;
    const had = rostersShowing(other).some(
      (earlier) => orderOf(earlier, roster) === 'before' && orderOf(ending, earlier) === 'before',
    );
    return !had;
  });
}

/** A roster update with an invitee that came before the completion, and is not another invitation's. */
export function earlyRoster(invitation: Invitation, run: Run): Notification | undefined {
  const ending = completionOf(invitation);
  if (!ending) return undefined;
  return rostersShowing(invitation).find(
    (roster) => overtakes(roster, ending, invitation, run) && !belongsToAnother(roster, invitation, run),
  );
}
