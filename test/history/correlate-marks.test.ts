import { bodyOf } from '../../history/body';
import { correlate, type CorrelatedInvitation } from '../../history/correlate';
import type { InvitationRecord } from '../../history/events';
import { readDelivery } from '../../history/notifications';
import { envelope, operationItem, user } from '../support/bodies';
import { aRun } from '../support/histories';

/** Which of two invitations a notification belongs to, by what it has of each. */

function invitation(name: string): CorrelatedInvitation {
  const [record] = aRun()
    .invite({
      clientContext: `context of ${name}`,
      invitees: [user(`user of ${name}`)],
      call: name,
      callId: `call-${name}`,
    })
    .history()
    .events.filter((event): event is InvitationRecord => event.kind === 'invitation');
  if (!record) throw new Error('no invitation');
  return { record, callId: `call-${name}`, operationId: `operation-${name}` };
}

/** The name of the invitation from which each member of the notification is; default: none. */
interface Marks {
  id?: string;
  resourceId?: string;
  context?: string;
  callback?: string;
  call?: string;
  invitees?: string;
}

function ownerOf(of: Marks, byId?: boolean): string | undefined {
  const { id = 'x', resourceId = 'x', context = 'x', callback = 'x', call = 'x', invitees = 'x' } = of;
  const [a, b] = [invitation('a'), invitation('b')];
  const members = {
    id: `operation-${id}`,
    clientContext: `context of ${context}`,
    invitees: [user(`user of ${invitees}`)],
  };
  const { resourceUrl: _, ...item } = operationItem(`call-${call}`, members, 'completed');
  const url = `/communications/calls/call-${call}/operations/operation-${resourceId}`;
  const body = bodyOf(Buffer.from(JSON.stringify(envelope([{ ...item, resourceUrl: url }]))));
  const times = { headersAt: 1, bodyAt: 2 };
  const delivery = {
    kind: 'delivery' as const,
    n: 1,
    method: 'POST',
    path: '/',
    call: callback,
    headers: [],
    body,
    ...times,
  };
  const given = correlate([a, b], readDelivery(delivery).notifications, byId);
  const names = [...given].flatMap(([one, all]) => all.map(() => (one === a ? 'a' : 'b')));
  expect(names.length).toBeLessThan(2);
  return names[0];
}

test.each<[Marks, string | undefined]>([
  [{ id: 'b', callback: 'a', call: 'a' }, 'b'],
  [{ resourceId: 'b', callback: 'a', call: 'a' }, 'b'],
  [{ id: 'b', resourceId: 'b', context: 'a', callback: 'a', call: 'a' }, 'b'],
  [{ id: 'b', context: 'a' }, 'b'],
  [{ context: 'b', callback: 'a' }, 'b'],
  [{ context: 'b', call: 'a', invitees: 'a' }, 'b'],
  [{ callback: 'b', call: 'a' }, 'b'],
  [{ call: 'b', invitees: 'a' }, 'b'],
  [{ callback: 'a', call: 'b', invitees: 'b' }, 'b'],
  [{ context: 'b', callback: 'a', call: 'a' }, 'a'],
  [{ invitees: 'b' }, 'b'],
  [{}, undefined],
])('%j', (marks, owner) => {
  expect(ownerOf(marks)).toBe(owner);
});

test.each<[Marks, string | undefined]>([
  [{ id: 'b', context: 'a', callback: 'a', call: 'a', invitees: 'a' }, 'b'],
  [{ resourceId: 'b', context: 'a' }, 'b'],
  [{ context: 'b', callback: 'b', call: 'b', invitees: 'b' }, undefined],
])('in recorded traffic, by the operation id only: %j', (marks, owner) => {
  expect(ownerOf(marks, true)).toBe(owner);
});

test('in recorded traffic, no id is not the id of an invitation without an operation', () => {
  const body = { value: [{ resourceData: { clientContext: 'context of a', status: 'x' } }] };
  const times = { headersAt: 1, bodyAt: 2 };
  const sent = { method: 'POST', path: '/', call: 'a', headers: [], body: bodyOf(Buffer.from(JSON.stringify(body))) };
  const { notifications } = readDelivery({ kind: 'delivery', n: 1, ...sent, ...times });
  const refused = { ...invitation('a'), operationId: undefined };
  const accepted = invitation('b');
  expect([...correlate([refused, accepted], notifications, true).values()]).toEqual([[], []]);
  expect([...correlate([refused, accepted], notifications).values()]).toEqual([notifications, []]);
});
