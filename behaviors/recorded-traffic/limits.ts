import { statusOf, type Notification, type ReadDelivery } from '../../history/notifications';
import type { Invitation, Run } from '../../history/run-view';
import { FACT_IDS, type DeliveryFactId, type FactId } from '../facts';
import { completionOf, replacedCallOf } from '../facts/evidence';
import type { Deviation } from '../finding';
import { hasUnmatchedEnd, isCovered, isMissedApart, unmatchedOf } from './absence';
import { indexOf } from './run-index';
import { doubtOfOrder } from './order';

/** What recorded traffic can't show, so that what rests on it is untested: never passed, and never failed. */

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
  'twice',
  'acknowledgement',
  'circumstances',
  'membership',
  'reserialized',
] as const;

/** What a recording does not show. */
export type Unrecorded = (typeof UNRECORDED)[number];

function factsLike(pattern: RegExp): ReadonlySet<FactId> {
  return new Set(FACT_IDS.filter((id) => pattern.test(id)));
}

/** Facts of the response that need its body. */
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
/** Those that need its headers. */
const OF_HEADERS = new Set<FactId>(['response.location', 'response.location-operation', 'response.json']);
/** Those that rest on notifications, whatever they are about. */
const OF_NOTIFICATIONS = factsLike(
  /^(completion|roster|ordering|failure|replace)\.|^response\.status-in-progress$|^invitation\.(nobody-joins|ignored-stay-out)$|^refusal\.no-operation$|^move\.source-call-stays$/,
);
const OF_ROSTERS = factsLike(/^(roster|invitation)\./);
const OF_ENDINGS = factsLike(/^(completion|failure)\./);
/** Those in which casing, types or members count that a library writes anew. */
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
/** Facts that deviate where something is missing. */
const OF_ABSENCE = new Set<FactId>([
  'completion.arrives',
  'roster.announced',
  'roster.invitees',
  'roster.media-streams',
  'roster.joined',
  'replace.peer-call-terminated',
  'replace.peer-call-deleted',
]);
/** Written by what stands between, not by the target. */
const OF_GATEWAYS = new Set([502, 503, 504]);
/** An acknowledgement that took so long may have come too late for the sender, ms. */
const LATE_ACKNOWLEDGEMENT = 5000;

/** Whether a notification about the call of an invitation was recorded at all. */
function hasChannel({ call }: Invitation, run: Run): boolean {
  return indexOf(run).sources.has(call.key);
}

/** What an invitation's recording lacks before a fact is looked at. @returns undefined where the run was not recorded by others, or all is there */
export function unrecordedFor(fact: FactId, invitation: Invitation, run: Run): Unrecorded | undefined {
  if (!run.header.recording) return undefined;
  const { response } = invitation.exchange;
  if (!response) return 'response';
  const untold = response.body.truncated;
  if (OF_BODY.has(fact) && untold) return 'responseBody';
  if (OF_HEADERS.has(fact) && response.headers.length === 0) return 'headers';
  if (!OF_NOTIFICATIONS.has(fact)) return undefined;
  if (invitation.outcome === 'accepted' && invitation.operationId === undefined && untold) return 'responseBody';
  if (!hasChannel(invitation, run)) return 'notifications';
  if (indexOf(run).shared.has(invitation.operationId ?? '')) return 'unmatched';
  if (run.header.recording.reserialized && OF_WRITING.has(fact)) return 'reserialized';
  if (OF_ROSTERS.has(fact) && !isTimed(invitation, invitation.rosters)) return 'times';
  if (OF_ENDINGS.has(fact) && isMixed(invitation)) return 'times';
  return undefined;
}

/** Whether it is known, if roughly, when the invitation was sent and when notifications came. */
function isTimed({ exchange }: Invitation, notifications: readonly Notification[]): boolean {
  return [exchange, ...notifications.map(({ delivery }) => delivery)].every(
    ({ recorded }) => recorded !== undefined && recorded.times !== 'none',
  );
}

/** Whether several notifications end the operation, and which was the first is not known. */
function isMixed(invitation: Invitation): boolean {
  const { endings } = invitation;
  const times = endings.map(({ delivery }) => delivery.headersAt);
  return endings.length > 1 && (!isTimed(invitation, endings) || new Set(times).size < times.length);
}

/**
 * Why what a fact says of an invitation is not known for sure, as a recording does not show it all.
 * @param found what deviates; undefined where nothing does
 */
export function doubtOf(
  fact: FactId,
  invitation: Invitation,
  run: Run,
  found: Deviation | undefined,
): Unrecorded | undefined {
  if (!run.header.recording) return undefined;
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
      if (found && invitation.record.expect === 'accepted') return 'circumstances';
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

/** What a service answers for reasons that lie with the caller, the call or the invitees, or that stands between. */
const OF_CIRCUMSTANCES = new Set([401, 403, 404, 405, 407, 408, 409, 410, 423, 425, 429, ...OF_GATEWAYS]);

/**
 * Whether what was seen speaks against a behaviour although it does not prove anything: then the behaviour has not passed,
 * whatever others show.
 */
export function speaksAgainst(
  fact: FactId,
  invitation: Invitation,
  doubt: Unrecorded,
  found: Deviation | undefined,
): boolean {
  if (!found) return doubt === 'order';
  if (fact === 'invitation.carried-out') return false;
  return fact !== 'invitation.accepted' || !OF_CIRCUMSTANCES.has(invitation.exchange.response?.status ?? 0);
}

/** Something else may have answered, or the operation may have failed without that being recorded. */
function doubtOfAcceptance({ outcome, record, endings }: Invitation, status: number): Unrecorded | undefined {
  if (outcome !== 'accepted') return OF_GATEWAYS.has(status) || status < 400 ? 'response' : undefined;
  const completed = endings.some((ending) => statusOf(ending) === 'completed');
  return record.expect === 'refusedOrFails' && !completed ? 'gap' : undefined;
}

/** Why it is not known that nothing came. */
function unseen(invitation: Invitation, run: Run): Unrecorded | undefined {
  if (!hasChannel(invitation, run)) return 'notifications';
  if (!isCovered(invitation, run)) return 'window';
  return unmatchedOf(invitation, run) ? 'unmatched' : undefined;
}

function isSurelyTimed({ exchange, operations, rosters }: Invitation): boolean {
  const all = [exchange, ...[...operations, ...rosters].map(({ delivery }) => delivery)];
  return all.every(({ recorded }) => recorded?.times === 'full' && recorded.source === exchange.recorded?.source);
}

function doubtOfAbsence(fact: FactId, invitation: Invitation, run: Run, found: Deviation): Unrecorded | undefined {
  const { observed } = found;
  if (observed.is === 'delay') return isSurelyTimed(invitation) ? undefined : 'times';
  // One that ends the operation, and says that it goes on, is there.
  if (fact === 'completion.arrives' && invitation.endings.length > 0) return undefined;
  if (fact.startsWith('replace.')) {
    const replaced = replacedCallOf(invitation, run);
    if (!indexOf(run).sources.has(replaced?.key ?? '')) return 'notifications';
    // By later editions a peer-to-peer call alone ends, and of which kind a call is is not known.
    if (run.header.edition !== undefined) return 'circumstances';
    // The group call may have ended for reasons of its own.
    if (observed.is === 'json') return 'gap';
    if (hasUnmatchedEnd(run)) return 'unmatched';
  }
  if (!isTimed(invitation, [...invitation.operations, ...invitation.rosters])) return 'times';
  if (fact.startsWith('roster.') && mayHaveFollowed(invitation)) return 'times';
  const doubt = unseen(invitation, run);
  return doubt ?? (isMissedApart(fact, invitation, run) ? undefined : 'gap');
}

/** A meeting may end for reasons of its own; that it goes on is seen where its notifications are. */
function doubtOfStaying(invitation: Invitation, run: Run, found: Deviation | undefined): Unrecorded | undefined {
  if (found) return 'circumstances';
  if (!indexOf(run).sources.has(replacedCallOf(invitation, run)?.key ?? '')) return 'notifications';
  return unseen(invitation, run);
}

/** Whether a roster that seems to have come before the invitation may have come after it, as times are known roughly. */
function mayHaveFollowed(invitation: Invitation): boolean {
  const { exchange, rosters } = invitation;
  const before = rosters.some(({ delivery }) => delivery.headersAt <= exchange.request.sentAt);
  return before && !isSurelyTimed(invitation);
}

function doubtOfOnce(invitation: Invitation, run: Run, found: Deviation | undefined): Unrecorded | undefined {
  const { endings, operations } = invitation;
  if (operations.some(({ delivery }) => delivery.recorded?.twice === true)) return 'twice';
  if (!found) return unseen(invitation, run) ?? doubtOfOrder('completion.once', invitation, run, found);
  const taken = endings.slice(0, -1).every(({ delivery: { acknowledgedAt, headersAt } }) => {
    return acknowledgedAt !== undefined && acknowledgedAt - headersAt < LATE_ACKNOWLEDGEMENT;
  });
  return taken ? doubtOfOrder('completion.once', invitation, run, found) : 'acknowledgement';
}

/** Why what a fact says of a delivery is not known for sure. */
export function doubtOfDelivery(
  fact: DeliveryFactId,
  { delivery, notifications }: ReadDelivery,
  run: Run,
  found: Deviation | undefined,
): Unrecorded | undefined {
  const { recording } = run.header;
  if (!recording) return undefined;
  if (recording.reserialized && DELIVERIES_OF_WRITING.has(fact)) return 'reserialized';
  if (fact === 'notification.json' && delivery.headers.length === 0) return 'headers';
  if (fact === 'notification.resource-url') {
    const { calls } = indexOf(run);
    const others = notifications.some(({ resource }) => resource !== undefined && !calls.has(resource.callId));
    if (!others) return undefined;
    const own = run.invitations.some(({ operations }) => operations.some((one) => one.delivery === delivery));
    return found && own && notifications.length === 1 ? undefined : 'unmatched';
  }
  // What can't be read at all is not known to be a notification.
  const unread = recording.leftOut.some(({ why }) => why === 'unreadable');
  return !found && unread && fact !== 'notification.change-type' ? 'unmatched' : undefined;
}
