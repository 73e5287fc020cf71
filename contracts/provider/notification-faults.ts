import type { AnyFactId } from '../../behaviors/behavior';
import type { Deviation, Place, Value } from '../../behaviors/finding';
import type { FactId } from '../../behaviors/facts';
import { deviationOf } from '../../behaviors/judge';
import { identitiesValue } from '../../behaviors/finding-values';
import type { CallRecord, HistoryHeader } from '../../history/events';
import { rosterEntryIdentities } from '../../history/identities';
import { rosterOf, type Notification } from '../../history/notifications';
import { invitationDraft, type Invitation, type Run } from '../../history/run-view';
import type { InvitationExchange } from '../../target/notification-watch';
import type { ContractMismatch } from '../../verdicts/contract-result';
import type { Kind } from './pact-file';
import type { NotificationKind } from './notification-kind';

/** Checks what the Verifier does not compare, with the facts that also judge scenarios. */

/** A broken behaviour, with the mismatch that shows it. */
export interface BrokenBehavior {
  behavior: string;
  mismatch: ContractMismatch;
}

/** What the absence of the notification breaks. */
const ABSENT: Record<NotificationKind, { behavior: string; fact: AnyFactId }> = {
  completion: { behavior: 'completion.announced', fact: 'completion.arrives' },
  failure: { behavior: 'failure.announced', fact: 'completion.arrives' },
  roster: { behavior: 'roster.announced', fact: 'roster.announced' },
  callTerminated: { behavior: 'replace.peer-call-terminated', fact: 'replace.peer-call-terminated' },
  callDeleted: { behavior: 'replace.peer-call-deleted', fact: 'replace.peer-call-deleted' },
};

/** Facts that compare a message with another one, with the behaviour that they break, by kind. */
const ACROSS: Partial<Record<Kind, Partial<Record<FactId, string>>>> = {
  accepted: { 'response.location': 'response.location', 'response.location-operation': 'response.location-operation' },
  completion: {
    'completion.operation-id': 'completion.operation-id',
    'completion.names-operation': 'completion.resource-url',
  },
  failure: { 'completion.operation-id': 'failure.announced', 'completion.names-operation': 'failure.announced' },
  roster: { 'roster.resource-url': 'roster.resource-url' },
  callTerminated: { 'replace.peer-call-terminated': 'replace.peer-call-terminated' },
  callDeleted: { 'replace.peer-call-deleted': 'replace.peer-call-deleted' },
};

/** What arrived for an invitation. */
export interface ReceivedNotifications {
  /** The calls of the invitation. */
  calls?: CallRecord[];
  endings?: Notification[];
  rosters?: Notification[];
  notifications?: Notification[];
}

/** Builds the facts' view of an invitation from the given notifications. */
function invitationView(
  { record, call, exchange }: InvitationExchange,
  header: HistoryHeader,
  { calls = [call], endings = [], rosters = [], notifications = [] }: ReceivedNotifications,
): { invitation: Invitation; run: Run } {
  const rest = { cutOffInvitations: [], unanswered: [], deliveries: [], missing: [], cutOff: [], remarks: [] };
  const operations = endings;
  const invitation = {
    ...invitationDraft(record, call, exchange),
    operations,
    endings,
    rosters,
    rostersAnywhere: rosters,
  };
  return { invitation, run: { header, calls, invitations: [invitation], notifications, ...rest } };
}

/** Finds where a response or notification contradicts another message of its invitation. */
export function brokenBehavior(
  kind: Kind,
  invited: InvitationExchange,
  header: HistoryHeader,
  came: ReceivedNotifications = {},
): BrokenBehavior[] {
  const { invitation, run } = invitationView(invited, header, came);
  return Object.entries(ACROSS[kind] ?? {}).flatMap(([fact, behavior]): BrokenBehavior[] => {
    // An empty id names no operation, so it can't show whose failure this is; the response's own defect is reported
    // elsewhere.
    if (behavior === 'failure.announced' && invitation.operationId === '') return [];
    const deviation = deviationOf(fact as FactId, invitation, run);
    // Pact reports missing members.
    if (!deviation || deviation.observed.is === 'absent') return [];
    return [{ behavior, mismatch: mismatchOf(fact as FactId, deviation) }];
  });
}

function mismatchOf(fact: FactId, { expected, observed, at }: Deviation): ContractMismatch {
  const [first] = at;
  const part = first?.part === 'header' ? 'header' : 'body';
  return { part, ...(first?.path === undefined ? {} : { path: first.path }), fact, expected, observed, at: [...at] };
}

/** A notification without a Content-Type, which the Verifier does not report. */
export function withoutContentType({ delivery }: Notification): BrokenBehavior {
  const at: Place[] = [{ event: delivery.n, part: 'header', path: 'content-type' }];
  const expected: Value = { is: 'json', value: 'application/json' };
  const mismatch = { part: 'header' as const, path: 'Content-Type', expected, observed: { is: 'absent' as const }, at };
  return { behavior: 'notification.json', mismatch };
}

/** Describes a missing notification; for a roster that shows others, whom it shows. */
export function absence(
  kind: NotificationKind,
  invited: InvitationExchange,
  header: HistoryHeader,
  rosters: Notification[],
): BrokenBehavior {
  const { record, exchange } = invited;
  if (kind === 'roster' && rosters.length > 0) {
    const listed = rosters.flatMap(rosterOf).flatMap(({ entry }) => rosterEntryIdentities(entry));
    const { invitation, run } = invitationView(invited, header, { rosters });
    const fact = 'roster.invitees';
    const [expected, observed] = [
      identitiesValue(record.invitees, invitation, run),
      identitiesValue(listed, invitation, run),
    ];
    const at = rosters.map(({ delivery, path }): Place => {
      return { event: delivery.n, part: 'body', path: `${path}.resourceData` };
    });
    return { behavior: fact, mismatch: { part: 'notification', fact, expected, observed, at } };
  }
  const { behavior, fact } = ABSENT[kind];
  const { timeoutMs } = header;
  const expected: Value = { is: 'delay', ms: timeoutMs, limitMs: timeoutMs };
  const at: Place[] = [{ event: exchange.n, part: 'time' }];
  return { behavior, mismatch: { part: 'notification', fact, expected, observed: { is: 'absent' }, at } };
}
