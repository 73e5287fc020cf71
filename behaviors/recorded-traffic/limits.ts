import { lacksContentType, lacksHeader } from '../../history/body';
import { statusOf, type ReadDelivery } from '../../history/notifications';
import type { Invitation, Run } from '../../history/run-view';
import { FACT_IDS, type DeliveryFactId, type FactId } from '../facts';
import { completionOf, failedLater, replacedCallOf, rostersShowing } from '../facts/evidence';
import type { Deviation } from '../finding';
import { hasUnmatchedEnd, isCovered, isMissedApart, unmatchedOf } from './absence';
import { indexOf, isShownBefore, isShownElsewhere } from './run-index';
import { doubtOfOrder } from './order';
import { isSurelyTimed, isTimed, mayBeBothSides, mayHaveFollowed } from './times';

/** Limits of recorded traffic: what a recording does not show is untested, never passed or failed. */

export const UNRECORDED = [
  'notifications',
  'response',
  'responseBody',
  'headers',
  'times',
  'clocks',
  'order',
  'window',
  'gap',
  'unmatched',
  'callback',
  'twice',
  'acknowledgement',
  'circumstances',
  'membership',
  'reserialized',
] as const;

/** Evidence that a recording lacks. */
export type Unrecorded = (typeof UNRECORDED)[number];

function factsLike(pattern: RegExp): ReadonlySet<FactId> {
  return new Set(FACT_IDS.filter((id) => pattern.test(id)));
}

/** Facts that need the body of the response. */
const OF_BODY = new Set<FactId>([
  'response.json',
  'response.operation',
  'response.odata-type',
  'response.operation-id',
  'response.status-running',
  'response.status-in-progress',
  'response.client-context',
  'response.result-info',
  'response.participants',
  'response.replaces-call-id',
  'response.location-operation',
  'refusal.error-body',
  'move.response-participant-id',
  'pstn.e164',
]);
/** Facts that need a header of the response, with its name. */
const OF_HEADERS: Partial<Record<FactId, string>> = {
  'response.location': 'location',
  'response.location-operation': 'location',
  'response.json': 'content-type',
  'refusal.error-body': 'content-type',
};
/** Facts that need notifications. */
const OF_NOTIFICATIONS = factsLike(
  /^(completion|roster|ordering|failure|replace)\.|^response\.status-in-progress$|^invitation\.(nobody-joins|ignored-stay-out)$|^refusal\.no-operation$|^move\.source-call-stays$/,
);
const OF_ROSTERS = factsLike(/^(roster|invitation)\./);
const OF_ENDINGS = factsLike(/^(completion|failure)\./);
/** Facts that depend on casing, types or members, which a library changes when it serializes a notification again. */
const OF_WRITING = new Set<FactId>([
  'completion.change-type',
  'completion.operation',
  'completion.operation-type',
  'failure.result-info',
  'roster.change-type',
  'roster.collection',
  'roster.participant',
  'roster.media-streams',
]);
const DELIVERIES_OF_WRITING = new Set<DeliveryFactId>(['notification.envelope', 'notification.change-type']);
/** Facts that deviate if something is missing. */
const OF_ABSENCE = new Set<FactId>([
  'completion.arrives',
  'roster.announced',
  'roster.invitees',
  'roster.media-streams',
  'roster.joined',
  'replace.peer-call-terminated',
  'replace.peer-call-deleted',
]);
/** Facts about where notifications arrived. */
const OF_CALLBACK = new Set<FactId>([
  'completion.arrives',
  'roster.announced',
  'roster.invitees',
  'roster.resource-url',
]);
/** Statuses that gateways send, not the target. */
const OF_GATEWAYS = new Set([502, 503, 504]);
/** The duration from which an acknowledgement may have been too late for the sender, ms. */
const LATE_ACKNOWLEDGEMENT = 5000;

/** Whether the recording contains any notification about an invitation's call. */
function hasChannel({ call }: Invitation, run: Run): boolean {
  return indexOf(run).sources.has(call.key);
}

/**
 * The evidence for a fact that the recording of an invitation lacks. @returns undefined if nothing is lacking, or the
 * suite recorded the run
 */
export function unrecordedFor(fact: FactId, invitation: Invitation, run: Run): Unrecorded | undefined {
  if (!run.header.recording) return undefined;
  const { response } = invitation.exchange;
  if (!response) return 'response';
  const untold = response.body.truncated;
  if (OF_BODY.has(fact) && untold) return 'responseBody';
  const header = OF_HEADERS[fact];
  if (header !== undefined && lacksHeader(response.headers, header)) return 'headers';
  if (!OF_NOTIFICATIONS.has(fact)) return undefined;
  if (invitation.outcome === 'accepted' && invitation.operationId === undefined && untold) return 'responseBody';
  if (!hasChannel(invitation, run)) return 'notifications';
  if (indexOf(run).shared.has(invitation.operationId ?? '')) return 'unmatched';
  if (run.header.recording.reserialized && OF_WRITING.has(fact)) return 'reserialized';
  if (OF_ROSTERS.has(fact) && !isTimed(invitation, invitation.rosters)) return 'times';
  if (OF_ENDINGS.has(fact) && isMixed(invitation)) return 'times';
  return undefined;
}

/**
 * What is left open about an invitation and speaks against a behaviour, whatever its facts say: a roster of another call
 * shows the invitee, and may be that of this call with a wrong resourceUrl; or the operation has no end, so the
 * invitation may have been concurrent with others, or had to fail.
 */
export function leftOpen(id: string, invitation: Invitation, run: Run): 'unmatched' | 'ended' | undefined {
  const ofConcurrent = id === 'ordering.concurrent-invitations';
  if (!run.header.recording || (!ofConcurrent && id !== 'roster.resource-url')) return undefined;
  const { outcome, endings, record } = invitation;
  if (outcome !== 'accepted' || !hasChannel(invitation, run) || failedLater(invitation)) return undefined;
  if (ofConcurrent) {
    const known = endings.some((ending) => ['completed', 'failed'].includes(statusOf(ending) ?? ''));
    const open = endings.length === 0 ? record.tries.includes('completion.announced') : !known;
    return open ? 'ended' : undefined;
  }
  return rostersShowing(invitation).length === 0 && isShownElsewhere(invitation, run) ? 'unmatched' : undefined;
}

/** Whether several notifications end the operation, in an unknown order. */
function isMixed(invitation: Invitation): boolean {
  const { endings } = invitation;
  const times = endings.map(({ delivery }) => delivery.headersAt);
  return endings.length > 1 && (!isTimed(invitation, endings) || new Set(times).size < times.length);
}

/**
 * Why the result of a fact is uncertain in a recording.
 * @param found the deviation, if any
 */
export function doubtOf(
  fact: FactId,
  invitation: Invitation,
  run: Run,
  found: Deviation | undefined,
): Unrecorded | undefined {
  if (!run.header.recording) return undefined;
  if (!found && OF_CALLBACK.has(fact) && indexOf(run).scattered.has(invitation.call.key)) return 'callback';
  if (OF_ABSENCE.has(fact)) return found && doubtOfAbsence(fact, invitation, run, found);
  const status = invitation.exchange.response?.status ?? 0;
  switch (fact) {
    case 'invitation.accepted':
      return found && 'circumstances';
    case 'invitation.carried-out':
      if (found) return 'circumstances';
      return completionOf(invitation) ? undefined : unseen(invitation, run);
    case 'invitation.refused':
      return found && doubtOfAcceptance(invitation, status);
    case 'invitation.nobody-joins':
    case 'invitation.ignored-stay-out':
      return found ? 'membership' : unseen(invitation, run);
    case 'refusal.no-operation':
      return found ? undefined : unseen(invitation, run);
    case 'refusal.client-error':
      if (found && ['accepted', 'either'].includes(invitation.record.expect)) return 'circumstances';
      return found && OF_GATEWAYS.has(status) ? 'response' : undefined;
    case 'refusal.status-401':
      return found && OF_GATEWAYS.has(status) ? 'response' : undefined;
    case 'completion.once':
      return doubtOfOnce(invitation, run, found);
    case 'roster.hidden-absent':
      return found ? 'membership' : unseen(invitation, run);
    case 'move.source-call-stays':
      return doubtOfStaying(invitation, run, found);
    case 'completion.in-time':
      return found && !isSurelyTimed(invitation) ? 'times' : undefined;
    default:
      return doubtOfOrder(fact, invitation, run, found);
  }
}

/** Statuses that a service or a gateway may send because of the caller, the call or the invitees. */
const OF_CIRCUMSTANCES = new Set([401, 403, 404, 405, 407, 408, 409, 410, 423, 425, 429, ...OF_GATEWAYS]);

/** Whether the evidence speaks against a behaviour without proving it: then other attempts cannot make it pass. */
export function speaksAgainst(
  fact: FactId,
  invitation: Invitation,
  doubt: Unrecorded,
  found: Deviation | undefined,
): boolean {
  if (!found) return ['order', 'callback', 'twice'].includes(doubt);
  if (fact === 'invitation.carried-out') return false;
  return fact !== 'invitation.accepted' || !OF_CIRCUMSTANCES.has(invitation.exchange.response?.status ?? 0);
}

/** Another server may have responded, or the recording may lack the failure of the operation. */
function doubtOfAcceptance({ outcome, record, endings }: Invitation, status: number): Unrecorded | undefined {
  if (outcome !== 'accepted') return OF_GATEWAYS.has(status) || status < 400 ? 'response' : undefined;
  const completed = endings.some((ending) => statusOf(ending) === 'completed');
  return record.expect === 'refusedOrFails' && !completed ? 'gap' : undefined;
}

/** Why the absence of notifications is not proved. */
function unseen(invitation: Invitation, run: Run): Unrecorded | undefined {
  if (!hasChannel(invitation, run)) return 'notifications';
  if (!isCovered(invitation, run)) return 'window';
  return unmatchedOf(invitation, run) ? 'unmatched' : undefined;
}

function doubtOfAbsence(fact: FactId, invitation: Invitation, run: Run, found: Deviation): Unrecorded | undefined {
  const { observed } = found;
  if (observed.is === 'delay') return isSurelyTimed(invitation) ? undefined : 'times';
  // A notification ended the operation, but with a running status: it is not missing.
  if (fact === 'completion.arrives' && invitation.endings.length > 0) return undefined;
  if (fact.startsWith('replace.')) {
    const replaced = replacedCallOf(invitation, run);
    if (!indexOf(run).sources.has(replaced?.key ?? '')) return 'notifications';
    // In later editions only a peer-to-peer call ends, and the kind of the call is unknown.
    if (run.header.edition !== undefined) return 'circumstances';
    // The group call may have ended for other reasons.
    if (observed.is === 'json') return 'gap';
    if (hasUnmatchedEnd(run)) return 'unmatched';
  }
  if (!isTimed(invitation, [...invitation.operations, ...invitation.rosters])) return 'times';
  if (fact.startsWith('roster.') && mayHaveFollowed(invitation)) return 'times';
  // Who is still in the call is not announced again.
  if (fact.startsWith('roster.') && isShownBefore(invitation, run)) return 'membership';
  const doubt = unseen(invitation, run);
  return doubt ?? (isMissedApart(fact, invitation, run) ? undefined : 'gap');
}

/** A meeting may end for other reasons; that it continues shows only if its notifications were recorded. */
function doubtOfStaying(invitation: Invitation, run: Run, found: Deviation | undefined): Unrecorded | undefined {
  if (found) return 'circumstances';
  if (!indexOf(run).sources.has(replacedCallOf(invitation, run)?.key ?? '')) return 'notifications';
  return unseen(invitation, run);
}

function doubtOfOnce(invitation: Invitation, run: Run, found: Deviation | undefined): Unrecorded | undefined {
  const { endings, operations } = invitation;
  if (operations.some(({ delivery }) => delivery.recorded?.twice === true)) return 'twice';
  if (endings.some((one, i) => mayBeBothSides(endings[i - 1] ?? one, one))) return 'callback';
  if (!found) return unseen(invitation, run) ?? doubtOfOrder('completion.once', invitation, run, found);
  const taken = endings.slice(0, -1).every(({ delivery: { acknowledgedAt, headersAt } }) => {
    return acknowledgedAt !== undefined && acknowledgedAt - headersAt < LATE_ACKNOWLEDGEMENT;
  });
  return taken ? doubtOfOrder('completion.once', invitation, run, found) : 'acknowledgement';
}

/** Why the result of a fact of a delivery is uncertain in a recording. */
export function doubtOfDelivery(
  fact: DeliveryFactId,
  { delivery, notifications }: ReadDelivery,
  run: Run,
  found: Deviation | undefined,
): Unrecorded | undefined {
  const { recording } = run.header;
  if (!recording) return undefined;
  if (recording.reserialized && DELIVERIES_OF_WRITING.has(fact)) return 'reserialized';
  if (fact === 'notification.json' && lacksContentType(delivery.headers)) return 'headers';
  if (fact === 'notification.resource-url') {
    const { calls } = indexOf(run);
    const others = notifications.some(({ resource }) => resource !== undefined && !calls.has(resource.callId));
    if (!others) return undefined;
    const own = run.invitations.some(({ operations }) => operations.some((one) => one.delivery === delivery));
    return found && own && notifications.length === 1 ? undefined : 'unmatched';
  }
  // An unreadable body may be no notification.
  const unread = recording.leftOut.some(({ why }) => why === 'unreadable');
  return !found && unread && fact !== 'notification.change-type' ? 'unmatched' : undefined;
}
