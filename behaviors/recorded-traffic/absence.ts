import { identityDifference, participantsOf } from '../../history/identities';
import { saysTerminated } from '../../history/notifications';
import { stringMember } from '../../history/values';
import type { Invitation, Run } from '../../history/run-view';
import { FACTS, type FactId } from '../facts';
import type { Fact } from '../facts/fact';
import { completionOf, isDeleted, rostersShowing } from '../facts/evidence';
import { isShown } from '../needs';
import { indexOf, isShownBefore, isShownElsewhere } from './run-index';
import { isTimed, mayHaveFollowed } from './times';

/**
 * Decides when a recording proves that something did not arrive. A recording has a beginning and an end, and may have
 * gaps. So a missing notification is reported only if the recording continues for long enough, and if the same is
 * missing twice, so far apart that one gap cannot explain both.
 */

/** Whether the recording of the call's notifications covers the time in which an invitation's notifications may arrive. */
export function isCovered(invitation: Invitation, run: Run): boolean {
  const { exchange, call, endings } = invitation;
  const { sentAt } = exchange.request;
  // After the operation's end, the window for unexpected notifications begins.
  const last = Math.max(sentAt, exchange.response?.endAt ?? 0, ...endings.map(({ delivery }) => delivery.headersAt));
  const until = last + run.header.timeoutMs;
  const sources = run.header.recording?.sources ?? [];
  const used = indexOf(run).sources.get(call.key) ?? [];
  if (exchange.recorded?.times === 'none') return false;
  return [...used].some((index) => {
    const { from, until: end } = sources[index] ?? {};
    return from !== undefined && end !== undefined && from <= sentAt && until <= end;
  });
}

const unmatched = new WeakMap<Invitation, boolean>();

/** Whether the recording contains notifications that may belong to an invitation although they name something else. */
export function unmatchedOf(invitation: Invitation, run: Run): boolean {
  const known = unmatched.get(invitation);
  if (known !== undefined) return known;
  const unread = run.header.recording?.leftOut.some(({ why }) => why === 'unreadable') === true;
  const found = unread || hasUnmatchedOperation(invitation, run) || isShownElsewhere(invitation, run);
  unmatched.set(invitation, found);
  return found;
}

function hasUnmatchedOperation({ record, callId, operationId }: Invitation, run: Run): boolean {
  return indexOf(run).unmatched.some(({ resource, data }) => {
    const context = stringMember(data, 'clientContext');
    const named = participantsOf(data).flatMap(({ identities }) => identities);
    return (
      resource?.callId === callId ||
      (context !== undefined && context === record.clientContext) ||
      (operationId !== undefined && named.length > 0 && identityDifference(record.invitees, named) === undefined)
    );
  });
}

/** Whether the recording contains the end of a call that no invitation names: it may be that of the replaced call. */
export function hasUnmatchedEnd(run: Run): boolean {
  const { calls } = indexOf(run);
  return run.notifications.some((it) => {
    return it.about === 'call' && (saysTerminated(it) || isDeleted(it)) && !calls.has(it.resource?.callId ?? '');
  });
}

/** The time, in ms, of a notification after which the missing one should already have arrived, or would be due. */
function evidenceFor(fact: FactId, invitation: Invitation): number | undefined {
  const ending = completionOf(invitation)?.delivery;
  const [roster] = rostersShowing(invitation);
  if (fact === 'completion.arrives') return roster?.delivery.headersAt;
  if (fact === 'roster.media-streams' || fact === 'roster.joined') return roster?.delivery.headersAt;
  return ending?.headersAt;
}

/** The largest assumed difference between clocks, ms. */
const CLOCK_DIFFERENCE_MS = 5000;

function isOfOneSource({ exchange, operations, rosters }: Invitation): boolean {
  return [...operations, ...rosters].every(({ delivery }) => delivery.recorded?.source === exchange.recorded?.source);
}

/**
 * For a fact that deviates if something is missing: one about another notification. If both deviate, for different
 * invitations, the recording probably has gaps. Default: the completion.
 */
const COUNTERPARTS: Partial<Record<FactId, FactId>> = {
  'completion.arrives': 'roster.announced',
  'replace.peer-call-terminated': 'replace.peer-call-deleted',
  'replace.peer-call-deleted': 'replace.peer-call-terminated',
};
/** How many times as many notifications must be missing as gaps explain. */
const MORE_THAN_GAPS = 3;

/** An invitation after which something is missing: when that is certain, and when it was sent, ms. */
interface Lacking {
  one: Invitation;
  over: number;
  sentAt: number;
}

const missedByRun = new WeakMap<Run, Map<FactId, Set<Invitation>>>();

/**
 * Whether the same is missing after this invitation and another one, so far apart that one gap cannot explain both, and
 * more often than the gaps that the recording shows explain.
 */
export function isMissedApart(id: FactId, invitation: Invitation, run: Run): boolean {
  const byFact = missedByRun.get(run) ?? new Map<FactId, Set<Invitation>>();
  missedByRun.set(run, byFact);
  const known = byFact.get(id) ?? missedApart(id, run);
  byFact.set(id, known);
  return known.has(invitation);
}

function missedApart(id: FactId, run: Run): Set<Invitation> {
  const lacking = lackingOf(id, run);
  const all = new Set(lacking.map(({ one }) => one));
  const others = lackingOf(COUNTERPARTS[id] ?? 'completion.arrives', run).filter(({ one }) => !all.has(one));
  if (lacking.length <= MORE_THAN_GAPS * Math.max(lostInvitations(run), others.length)) return new Set();
  const firstOver = Math.min(...lacking.map(({ over }) => over));
  const lastSent = Math.max(...lacking.map(({ sentAt }) => sentAt));
  return firstOver <= lastSent ? all : new Set();
}

/**
 * The number of invitations that the recording must have lost, because it contains notifications about their operations.
 * An invitation whose response was not recorded has such an operation too.
 */
function lostInvitations(run: Run): number {
  const { unmatched: all } = indexOf(run);
  const operations = new Set(all.flatMap(({ resource, data }) => (mayBeInvitation(data) ? [resource?.id ?? ''] : [])));
  const withoutResponse = run.invitations.filter(({ exchange }) => exchange.response === undefined);
  return operations.size - withoutResponse.length;
}

function mayBeInvitation(operation: unknown): boolean {
  return /inviteParticipants|^$/i.test(stringMember(operation, '@odata.type') ?? '');
}

function lackingOf(id: FactId, run: Run): readonly Lacking[] {
  const { needs, deviation }: Fact = FACTS[id];
  return run.invitations.flatMap((one) => {
    if (one.outcome !== 'accepted' || one.record.expect !== 'accepted') return [];
    const seenAt = evidenceFor(id, one);
    if (seenAt === undefined || !isCovered(one, run) || unmatchedOf(one, run)) return [];
    // What may not be missing here proves nothing about another invitation.
    if (!isTimed(one, [...one.operations, ...one.rosters])) return [];
    if (id.startsWith('roster.') && (mayHaveFollowed(one) || isShownBefore(one, run))) return [];
    if (!needs.every((need) => isShown(need, one, run)) || !deviation(one, run)) return [];
    const clocks = isOfOneSource(one) ? 0 : CLOCK_DIFFERENCE_MS;
    return [{ one, over: seenAt + run.header.quietMs + clocks, sentAt: one.exchange.request.sentAt }];
  });
}
