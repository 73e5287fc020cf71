import { bodyOf } from '../../history/body';
import type { Delivery } from '../../history/events';
import {
  arrivedAfter,
  endsOperation,
  intervalOf,
  intervalOfResponse,
  isDelta,
  isDeltaOf,
  isOfAnotherKind,
  readDelivery,
  rosterOf,
  saysTerminated,
  statusOf,
  type Notification,
} from '../../history/notifications';
import { order, type Interval } from '../../history/order';

const type = (name: string): Record<string, unknown> => ({ '@odata.type': `#microsoft.graph.${name}` });

function delivery(body: unknown, times: Partial<Delivery> = {}): Delivery {
  const sent = bodyOf(Buffer.from(JSON.stringify(body)));
  return {
    kind: 'delivery',
    n: 1,
    method: 'POST',
    path: '/',
    headers: [],
    body: sent,
    headersAt: 20,
    bodyAt: 22,
    ...times,
  };
}

/** A notification with this resourceData. */
function about(data: unknown, url?: string, changeType?: string): Notification {
  const item = { changeType, resourceUrl: url, resourceData: data };
  const [notification] = readDelivery(delivery({ value: [item] })).notifications;
  if (!notification) throw new Error('no notification');
  return notification;
}

describe('the subject of a notification', () => {
  const [OPERATION, ROSTER, CALL, OTHER] = ['/operations/o', '/participants', '', '/x'].map(
    (part) => `/communications/calls/c${part}`,
  );

  test.each<[Notification['about'], unknown, string | undefined]>([
    // One sure sign, or two weak ones, are enough.
    ['roster', undefined, ROSTER],
    ['roster', type('participant'), undefined],
    ['roster', type('participants'), undefined],
    ['roster', type('deltaParticipant'), undefined],
    ['roster', type('DELTAParticipants'), undefined],
    ['roster', [], undefined],
    ['operation', undefined, OPERATION],
    ['operation', type('x.commsOperation'), undefined],
    ['operation', { clientContext: 'x', status: 'x' }, undefined],
    ['operation', { clientContext: 'x', participants: [] }, undefined],
    ['operation', { status: 'x', participants: [] }, undefined],
    ['call', undefined, CALL],
    ['call', type('call'), undefined],
    // A single weak sign is not.
    ['other', { info: {} }, undefined],
    ['other', { state: 'x' }, undefined],
    ['other', { status: 'x' }, undefined],
    ['other', { status: 'x', participants: 'x' }, undefined],
    ['other', type('participantInfo'), undefined],
    ['other', type('operationResult'), undefined],
    ['other', type('callback'), undefined],
    // A list is no roster if its resource is none.
    ['other', [], OTHER],
    ['roster', [type('participant')], OTHER],
    // The most signs decide; of as many, those of an operation.
    ['operation', type('commsOperation'), ROSTER],
    ['roster', { ...type('commsOperation'), info: {} }, ROSTER],
    ['operation', { clientContext: 'x', status: 'x' }, CALL],
    ['call', { clientContext: 'x', status: 'x', state: 'x' }, CALL],
    ['call', { ...type('call'), clientContext: 'x', status: 'x', participants: [] }, CALL],
    ['roster', type('call'), ROSTER],
  ])('is %s: %j at %s', (what, data, url) => {
    expect(about(data, url).about).toBe(what);
  });
});

test.each([
  [
    [1, { value: [type('x')] }, { value: [type('y'), 2, type('z')] }],
    ['$[1].value[0]', '$[2].value[0]', '$[2].value[2]'],
  ],
  [
    [type('x'), { value: type('y') }],
    ['$[0]', '$[1]'],
  ],
  [{ value: [1, 'x', null] }, []],
  [{ value: 'x', resourceUrl: null }, []],
])('notifications are found in %j', (body, paths) => {
  expect(readDelivery(delivery(body)).notifications.map(({ path }) => path)).toStrictEqual(paths);
});

test.each([
  ['commsOperation', true],
  ['inviteParticipantsOperation', false],
  ['INVITEPARTICIPANTSOPERATION', false],
  ['inviteParticipantsOperation.otherOperation', true],
  ['operationResult', false],
  ['call', false],
])('%s is an operation of another kind: %s', (name, is) => {
  expect(isOfAnotherKind(about(type(name)))).toBe(is);
  expect(isOfAnotherKind(about({ status: 'x' }))).toBe(false);
});

test.each([
  ['Completed', 'updated', 'completed', true],
  ['FAILED', undefined, 'failed', true],
  ['running', 'updated', 'running', false],
  ['running', 'Deleted', 'running', true],
  [undefined, 'deleted', undefined, true],
  [7, undefined, undefined, false],
])('the status %s in a notification of the type %s is %s, and ends the operation: %s', (status, change, is, ends) => {
  const notification = about({ status }, undefined, change);
  expect([statusOf(notification), endsOperation(notification)]).toStrictEqual([is, ends]);
});

test.each([
  ['terminating', true],
  ['Terminated', true],
  ['notTerminated', false],
  ['terminatedX', false],
  [undefined, false],
])('the state %s says that the call ends: %s', (state, ends) => {
  expect(saysTerminated(about({ state }))).toBe(ends);
});

describe('a roster', () => {
  const delta = {
    ...type('deltaParticipants'),
    participants: [{ id: 'a' }, { id: 'b', removedState: {} }, 'x', { id: 'c' }],
  };
  const paths = (data: unknown): string[] => rosterOf(about(data)).map(({ path }) => path);
  const at = '$.value[0].resourceData';

  test.each([
    [delta, true],
    [{ ...delta, ...type('DeltaParticipants') }, true],
    [{ ...delta, ...type('deltaParticipantsX') }, false],
    [{ ...delta, ...type('participants') }, false],
    [{ ...delta, participants: 'x' }, false],
    [{ participants: [] }, false],
    [undefined, false],
  ])('%j contains only changes: %s', (value, is) => {
    expect([isDeltaOf(value), isDelta(about(value)), isDelta(about([{ id: 'x' }, value]))]).toEqual([is, is, is]);
  });

  test('lists those who are in the call, with their places', () => {
    expect(paths(delta)).toStrictEqual([`${at}.participants[0]`, `${at}.participants[3]`]);
    expect(paths([{ id: 'd' }, delta, 7])).toStrictEqual([
      `${at}[0]`,
      `${at}[1].participants[0]`,
      `${at}[1].participants[3]`,
    ]);
    expect(paths({ id: 'd', removedState: null })).toStrictEqual([at]);
    expect(paths({ id: 'd', removedState: { reason: 'left' } })).toStrictEqual([]);
    expect(paths(undefined)).toStrictEqual([]);
  });
});

describe('the interval', () => {
  test.each<[Partial<Delivery>, Interval]>([
    [{}, { from: 20, until: Infinity }],
    [
      { acknowledgedAt: 30, leftAt: 25 },
      { from: 20, until: 30 },
    ],
    [
      { leftAt: 25, unreadMs: 3 },
      { from: 20, until: 25 },
    ],
    [
      { openedAt: 15, acknowledgedAt: 30 },
      { from: 15, until: 30 },
    ],
    [{ slackMs: 8 }, { from: 20, until: Infinity, readAt: 22, slackMs: 8 }],
    [
      { slackMs: 8, acknowledgedAt: 25 },
      { from: 20, until: 30, readAt: 22, slackMs: 8 },
    ],
    [
      { slackMs: 8, acknowledgedAt: 35, unreadMs: 3 },
      { from: 20, until: 35, readAt: 22, slackMs: 8, arrivedAfter: 17 },
    ],
    [
      { slackMs: 8, acknowledgedAt: 35, unreadMs: 3, openedAt: 10 },
      { from: 10, until: 35, readAt: 22, slackMs: 8, arrivedAfter: 10 },
    ],
  ])('of a delivery with %j', (times, interval) => {
    expect(intervalOf(delivery({}, times))).toStrictEqual(interval);
  });

  test('of a response is that of its bytes', () => {
    const response = { status: 200, headers: [], body: bodyOf(Buffer.alloc(0)), headersAt: 10, endAt: 12 };
    expect(intervalOfResponse(response)).toStrictEqual({ from: 10, until: 12 });
    expect(intervalOfResponse({ ...response, unreadMs: 4 })).toStrictEqual({ from: 10, until: 12, arrivedAfter: 6 });
  });

  test('between an instant and an arrival is shorter by the time unread', () => {
    expect([arrivedAfter(delivery({}), 5), arrivedAfter(delivery({}, { unreadMs: 4 }), 5)]).toEqual([15, 11]);
  });
});

describe('the order of two events', () => {
  const [first, second] = [
    { from: 0, until: 10 },
    { from: 12, until: 20 },
  ];
  const read = { from: 0, until: Infinity, readAt: 10, slackMs: 5 };

  test.each<[Interval, Interval, number, ReturnType<typeof order>, ReturnType<typeof order>]>([
    [first, second, 1, 'before', 'after'],
    [first, second, 2, 'concurrent', 'concurrent'],
    [read, { ...second, arrivedAfter: 18 }, 2, 'before', 'after'],
    [read, { ...second, arrivedAfter: 18 }, 3, 'concurrent', 'concurrent'],
    [read, second, 0, 'concurrent', 'concurrent'],
    [{ ...first, until: 100 }, { ...second, arrivedAfter: 18 }, 0, 'concurrent', 'concurrent'],
    [{ ...first, until: 100, readAt: 1 }, { ...second, arrivedAfter: 18 }, 0, 'concurrent', 'concurrent'],
  ])('%j and %j, at least %i ms apart: %s', (a, b, apart, is, reversed) => {
    expect([order(a, b, apart), order(b, a, apart)]).toEqual([is, reversed]);
  });
});
