import type { AnyFactId } from '../../behaviors/behavior';
import type { Value, Who } from '../../behaviors/finding';
import { valueOf } from '../../behaviors/values';
import type { InvitedIdentity } from '../../history/events';
import { listedIn, same } from '../../history/identities';
import { saysTerminated, type Notification } from '../../history/notifications';
import { text } from '../../history/values';
import { reaches } from '../../history/view';
import type { ContractMismatch } from '../../verdicts/contract-result';
import type { Inbox } from './inbox';
import type { NotificationKind } from './notification-kind';
import type { CalledBack, Given } from './provider-states';

/** What the Verifier compares nothing with: a notification that does not come, and one that names something else. */

/** A behaviour that does not hold, and how that was seen. */
export interface Broken {
  behavior: string;
  mismatch: ContractMismatch;
}

/** What is broken where the notification does not come. */
const ABSENT: Record<NotificationKind, { behavior: string; fact: AnyFactId }> = {
  completion: { behavior: 'completion.announced', fact: 'completion.arrives' },
  failure: { behavior: 'failure.announced', fact: 'completion.arrives' },
  roster: { behavior: 'roster.announced', fact: 'roster.announced' },
  callTerminated: { behavior: 'replace.peer-call-terminated', fact: 'replace.peer-call-terminated' },
  callDeleted: { behavior: 'replace.peer-call-deleted', fact: 'replace.peer-call-deleted' },
};

/** A notification without a Content-Type, of which the Verifier says nothing. */
export const NO_CONTENT_TYPE: Broken = {
  behavior: 'notification.json',
  mismatch: {
    part: 'header',
    path: 'Content-Type',
    expected: { is: 'json', value: 'application/json' },
    observed: { is: 'absent' },
  },
};

/** The entries of a roster, with whom they show. */
export function rosterEntries({ data }: Notification) {
  return (Array.isArray(data) ? data : []).map((entry: unknown) => ({
    entry,
    identities: listedIn(entry),
  }));
}

/** Where a notification names another operation or call than the answer; Pact compares nothing with the answer. */
export function strangers(
  kind: NotificationKind,
  { data, resource, resourceUrl }: Notification,
  call: CalledBack,
  operationId: string | undefined,
): Broken[] {
  const broken: Broken[] = [];
  const calls = `/communications/calls/${call.callId}`;
  const url = (behavior: string, fact: AnyFactId, path: string): Broken => {
    const observed = valueOf(resourceUrl);
    const expected: Value = { is: 'resource', path };
    return { behavior, mismatch: { part: 'body', path: '$.value[0].resourceUrl', fact, expected, observed } };
  };
  if (kind === 'roster' && resource && resource.callId !== call.callId) {
    broken.push(url('roster.resource-url', 'roster.resource-url', `${calls}/participants`));
  }
  if ((kind !== 'completion' && kind !== 'failure') || operationId === undefined || operationId === '') return broken;
  const behavior = (of: string): string => (kind === 'failure' ? 'failure.announced' : `completion.${of}`);
  const id = text(data, 'id');
  if (id !== undefined && id !== operationId) {
    const fact = 'completion.operation-id';
    const [expected, observed] = [valueOf(operationId), valueOf(id)];
    const mismatch: ContractMismatch = { part: 'body', path: '$.value[0].resourceData.id', fact, expected, observed };
    broken.push({ behavior: behavior('operation-id'), mismatch });
  }
  if (resource && (resource.callId !== call.callId || (resource.id !== undefined && resource.id !== operationId))) {
    broken.push(url(behavior('resource-url'), 'completion.names-operation', `${calls}/operations/${operationId}`));
  }
  return broken;
}

/** Where the end of the replaced call is said of the group call as well: a bot would take the call that it is in for over. */
export function ofTheGroupCall(kind: NotificationKind, replaced: string, call: CalledBack, inbox: Inbox): Broken[] {
  if (kind !== 'callTerminated' && kind !== 'callDeleted') return [];
  const [wrong] = inbox.all((one) => {
    if (one.about !== 'call' || one.resource?.part !== 'call' || one.resource.callId !== call.callId) return false;
    // A deletion may give the last state as well; it is the deletion's own matter.
    const deletes = one.changeType === 'deleted';
    return kind === 'callDeleted' ? deletes : saysTerminated(one) && !deletes;
  });
  if (!wrong) return [];
  const { behavior, fact } = ABSENT[kind];
  const expected: Value = { is: 'resource', path: `/communications/calls/${replaced}` };
  const observed = valueOf(wrong.notification.resourceUrl);
  const mismatch: ContractMismatch = { part: 'body', path: '$.value[0].resourceUrl', fact, expected, observed };
  return [{ behavior, mismatch }];
}

/** That a notification did not come; of a roster that shows somebody else, whom. */
export function absence(
  kind: NotificationKind,
  given: Given,
  call: CalledBack,
  inbox: Inbox,
  timeoutMs: number,
): Broken {
  const rosters = inbox.all((one) => one.about === 'roster' && reaches(call, one));
  if (kind === 'roster' && rosters.length > 0) {
    const listed = rosters.flatMap(({ notification }) => rosterEntries(notification).flatMap((one) => one.identities));
    const fact = 'roster.invitees';
    const [expected, observed] = [peopleIn(given.invitees, given), peopleIn(listed, given)];
    return { behavior: fact, mismatch: { part: 'notification', fact, expected, observed } };
  }
  const { behavior, fact } = ABSENT[kind];
  const expected: Value = { is: 'delay', ms: timeoutMs, limitMs: timeoutMs };
  return { behavior, mismatch: { part: 'notification', fact, expected, observed: { is: 'absent' } } };
}

/** Identities, and which invitee of the interaction each is. */
function peopleIn(identities: readonly InvitedIdentity[], { invitees }: Given): Value {
  const known = identities.map((one): Who => {
    const at = invitees.findIndex((other) => same(one, other));
    return { ...one, role: at === -1 ? { of: 'unknown' } : { of: 'invitee', number: at + 1, count: invitees.length } };
  });
  return { is: 'identities', identities: known };
}
