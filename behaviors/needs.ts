import { isDelta, statusOf } from '../history/notifications';
import { resolveLocation } from '../history/location';
import { headerValue } from '../history/body';
import { isSameIdentity } from '../history/identities';
import { invitationsTrying } from '../history/lookup';
import type { Invitation, Run } from '../history/run-view';
import {
  bodyOf,
  completionOf,
  failedLater,
  isLetInByAnother,
  isUnavailableEachTime,
  replacedCallDeleted,
  replacedCallEnds,
  replacedCallOf,
  replacedCallTerminated,
  replacingEntry,
  rostersShowing,
  rostersSince,
} from './facts/evidence';

/** Whether an invitation shows a need. */
type Shows = (invitation: Invitation, run: Run) => boolean;

/**
 * Whether the control behaviour of an invitation holds. Without it the response means nothing: a target that refuses
 * everything proves nothing by a refusal, and a target that accepts no plain invitation has another behaviour's defect.
 */
function isControlAccepted(invitation: Invitation, run: Run): boolean {
  if (isAccepted(invitation) && invitation.record.expect === 'accepted') return true;
  const controls = invitationsTrying(run, invitation.record.control).filter((other) => other !== invitation);
  const proof = controls.length > 0 ? controls : run.invitations.filter(({ record }) => record.expect === 'accepted');
  return proof.some(({ outcome }) => outcome === 'accepted');
}

/** Whether an earlier invitation that is not known to have failed brought an invitee into the call. */
function inCallAlready(invitation: Invitation, run: Run): boolean {
  const { call, invitees } = invitation.record;
  return run.invitations.some(
    (other) =>
      other.record.call === call &&
      other.exchange.n < invitation.exchange.n &&
      other.record.invitees.some((one) => invitees.some((again) => isSameIdentity(one, again))) &&
      other.outcome === 'accepted' &&
      !failedLater(other),
  );
}

function hasLocation({ exchange }: Invitation): boolean {
  const found = headerValue(exchange.response?.headers ?? [], 'location');
  return found !== undefined && resolveLocation(found, exchange.request.url) !== undefined;
}

function isAccepted({ outcome }: Invitation): boolean {
  return outcome === 'accepted';
}

/** Whether the operations of plain invitations end: if none does, a missing end of a failing one proves nothing. */
function endingsCome(invitation: Invitation, run: Run): boolean {
  const { outcome, record, endings } = invitation;
  if (outcome !== 'accepted' || record.expect !== 'refusedOrFails' || endings.length > 0) return true;
  return !invitationsTrying(run, 'completion.announced').some(
    (other) => isAccepted(other) && other.endings.length === 0,
  );
}

interface NeedRule {
  shows: Shows;
  /** The facts whose deviation explains why an invitation does not show the need. */
  given: readonly string[];
}

/** The needs of facts: if an invitation does not show a need, the fact is not checked, and its behaviours are untested. */
const NEEDS = {
  notThrottled: {
    shows: (invitation) => invitation.outcome !== 'throttled' || isUnavailableEachTime(invitation),
    given: [],
  },
  controlled: { shows: isControlAccepted, given: [] },
  endingsCome: { shows: endingsCome, given: ['completion.arrives'] },
  accepted: { shows: isAccepted, given: ['invitation.accepted'] },
  refusal: {
    shows: ({ outcome }) => outcome === 'refused' || outcome === 'otherAnswer',
    given: ['invitation.refused', 'invitation.accepted'],
  },
  json: { shows: (invitation) => isAccepted(invitation) && invitation.json.ok, given: ['response.json'] },
  body: { shows: (invitation) => bodyOf(invitation) !== undefined, given: ['response.json', 'response.operation'] },
  operationId: { shows: ({ operationId }) => operationId !== undefined, given: ['response.operation-id'] },
  operationIdText: { shows: ({ operationId = '' }) => operationId !== '', given: ['response.operation-id'] },
  location: { shows: hasLocation, given: ['response.location'] },
  operationNotification: { shows: ({ operations }) => operations.length > 0, given: ['completion.arrives'] },
  ended: {
    shows: (invitation) => isAccepted(invitation) && completionOf(invitation) !== undefined,
    given: ['completion.arrives'],
  },
  completedOrPlain: {
    // If another behaviour requires acceptance, a failed operation is that behaviour's finding.
    shows: (invitation) => !failedLater(invitation) || invitation.record.tries.includes('request.route'),
    given: ['invitation.carried-out', 'invitation.refused'],
  },
  completed: {
    shows: (invitation) => {
      const ending = completionOf(invitation);
      return isAccepted(invitation) && ending !== undefined && statusOf(ending) !== 'failed';
    },
    given: ['completion.arrives', 'completion.status', 'invitation.carried-out'],
  },
  notCompleted: {
    shows: (invitation) => {
      const ending = completionOf(invitation);
      return !isAccepted(invitation) || ending === undefined || statusOf(ending) !== 'completed';
    },
    given: ['failure.status', 'invitation.refused'],
  },
  invitedAlone: {
    shows: (invitation, run) => !isLetInByAnother(invitation, run),
    given: ['invitation.refused'],
  },
  joined: {
    shows: (invitation) => isAccepted(invitation) && !failedLater(invitation),
    given: ['invitation.accepted', 'invitation.carried-out', 'completion.status'],
  },
  // A bot can ask for deltas; without a sign that it did, delta rosters are not judged.
  wholeRoster: {
    shows: (invitation, run) => run.header.deltaParticipants === true || !rostersSince(invitation).some(isDelta),
    given: [],
  },
  roster: { shows: (invitation) => rostersSince(invitation).length > 0, given: ['roster.announced'] },
  showing: {
    shows: (invitation) => rostersShowing(invitation).length > 0,
    given: ['roster.announced', 'roster.collection', 'roster.invitees'],
  },
  inCallAlready: { shows: inCallAlready, given: ['invitation.accepted', 'invitation.carried-out'] },
  replacedCall: { shows: (invitation, run) => replacedCallOf(invitation, run) !== undefined, given: [] },
  replacingEntry: {
    shows: (invitation, run) => replacedCallOf(invitation, run) !== undefined && replacingEntry(invitation) !== -1,
    given: ['response.participants'],
  },
  replacedCallEnds: {
    shows: (invitation, run) => replacedCallEnds(invitation, run).length > 0,
    given: ['replace.peer-call-terminated', 'replace.peer-call-deleted'],
  },
  replacedCallDeleted: {
    shows: (invitation, run) => replacedCallDeleted(invitation, run) !== undefined,
    given: ['replace.peer-call-deleted'],
  },
  replacedCallTerminated: {
    shows: (invitation, run) => replacedCallTerminated(invitation, run).length > 0,
    given: ['replace.peer-call-terminated'],
  },
} as const satisfies Record<string, NeedRule>;

/** The name of a need. */
export type Need = keyof typeof NEEDS;

/** Whether an invitation shows a need. */
export function isShown(need: Need, invitation: Invitation, run: Run): boolean {
  const test: Shows = NEEDS[need].shows;
  return test(invitation, run);
}

/** The facts whose deviation explains why an invitation does not show a need. */
export function factsBehindNeed(need: Need): readonly string[] {
  return NEEDS[need].given;
}

/** Whether a deviation proves nothing without the need. */
export function isPrecondition(need: Need): boolean {
  return need === 'controlled' || need === 'inCallAlready' || need === 'notThrottled';
}
