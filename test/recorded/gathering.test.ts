import type { Gathered } from '../../history/import/gathered';
import { callItem } from '../support/bodies';
import { drop, put } from '../support/edits';
import { NGROK } from './one-exchange';
import {
  BASE,
  BEGIN,
  ended,
  entry,
  gathered,
  harText,
  HOOK,
  invites,
  listed,
  notifies,
  type Over,
} from './small-recording';

/** What is read of files of recorded traffic, and what is left out. */

const from = <T>(entries: readonly object[], read: (all: Gathered) => T): T => gathered([harText(entries)], read);
const leftOut = (entries: readonly object[]): Record<string, number> =>
  from(entries, (all) => Object.fromEntries(all.leftOut));
const other = (over: Over = {}): object => entry({ url: 'https://other.example/', ...over });
const withoutResponse = { more: { response: { status: 0 } } };

test('invitations and notifications are kept, with what names them', () => {
  const call = { ...callItem('call', 'established'), resourceData: { id: 'call', state: 'established' } };
  const items = [ended('call', 'operation'), ended('call', 'failing', 'failed'), listed('call'), call];
  const entries = [
    other(),
    invites('call', 'operation', { at: 10 }),
    notifies(items, { at: 20, url: `${HOOK}?key=1` }),
  ];
  from(entries, (all) => {
    expect(all.invitations).toEqual([
      {
        source: 0,
        at: 0,
        startedAt: BEGIN + 10,
        endedAt: BEGIN + 20,
        timed: true,
        accepted: true,
        base: BASE,
        callId: 'call',
        operationId: 'operation',
        replaces: undefined,
        ofLaterEdition: false,
      },
    ]);
    expect(all.notifications).toEqual([
      {
        source: 0,
        at: 1,
        startedAt: BEGIN + 20,
        operations: ['operation', 'failing'],
        calls: ['call'],
        completed: ['operation'],
        failed: ['failing'],
        url: HOOK,
      },
    ]);
    expect(all.sources).toEqual([
      {
        name: '0.har',
        kind: 'har',
        entries: 3,
        invitations: 1,
        notifications: 1,
        keepsAuthorization: new Set(),
        startTimes: 3,
        unitMs: 10,
        bodies: { kept: 1, lost: 0 },
        first: BEGIN,
        last: BEGIN + 30,
      },
    ]);
    expect(all.rewritten).toEqual({ yes: 0, no: 1 });
    expect([...all.leftOut]).toEqual([]);
  });
});

describe('an invitation', () => {
  const kept = (over: Over): Gathered['invitations'][number] | undefined =>
    from([invites('call', 'operation', over)], ({ invitations }) => invitations[0]);

  test.each([
    [199, false],
    [200, true],
    [299, true],
    [300, false],
  ])('answered %i: accepted is %s', (status, accepted) => {
    expect(kept({ status })).toMatchObject({ accepted, operationId: accepted ? 'operation' : undefined });
  });

  test('without a response or its duration is not timed', () => {
    expect(kept(withoutResponse)).toMatchObject({ accepted: false, operationId: undefined });
    expect(kept({ more: { time: 0 } })).toMatchObject({ timed: false, endedAt: undefined });
    expect(kept({ more: { startedDateTime: 'x' } })).toMatchObject({ startedAt: undefined, endedAt: undefined });
  });

  test.each<[object[], string | undefined, boolean]>([
    [[{ replacesCallId: 'peer' }, { replacesCallId: 'second' }], 'peer', false],
    [[{}, { replacesCallId: 'second' }], undefined, false],
    [[{ participantId: 'p' }], undefined, true],
    [[{}, { participantId: 'p' }], undefined, true],
    [[{ participantId: null }], undefined, false],
    [[{ hidden: true }], undefined, true],
    [[{ hidden: false }], undefined, false],
    [[{ hidden: 'true' }], undefined, false],
  ])('of %j', (participants, replaces, ofLaterEdition) => {
    expect(kept({ text: JSON.stringify({ participants }) })).toMatchObject({ replaces, ofLaterEdition });
  });

  test.each<[string, Over, 'kept' | 'lost']>([
    ['with both bodies', {}, 'kept'],
    ['without the body of the response', { answer: undefined, headers: [] }, 'kept'],
    ['without a response', withoutResponse, 'kept'],
    [
      'whose request has no body',
      { more: { request: { method: 'POST', url: `${BASE}/communications/calls/c/participants/invite` } } },
      'lost',
    ],
    [
      'whose response has another length',
      { more: { response: { status: 200, content: { text: '{', size: 9 } } } },
      'lost',
    ],
  ])('%s counts as %s', (_, over, which) => {
    const counts = { kept: 0, lost: 0, [which]: 1 };
    expect(from([invites('c', 'o', over)], ({ sources }) => sources[0]?.bodies)).toEqual(counts);
  });
});

describe('an unreadable request', () => {
  const unread = (...more: object[]): number => leftOut([notifies([listed('call')]), ...more])['unreadable'] ?? 0;
  const cut = '{"value":[{"resourceUrl"';

  test.each<[string, Over, number]>([
    ['to the callback of notifications', { text: cut }, 1],
    ['to another path of its host', { text: cut, url: 'https://BOT.example/other' }, 1],
    ['to another host', { text: cut, url: 'https://other.example/hook' }, 0],
    ['without a host', { text: cut, url: '/hook' }, 0],
    ['by PUT', { text: cut, method: 'PUT' }, 1],
    ['by GET', { text: cut, method: 'GET' }, 0],
    ['by head', { text: cut, method: 'head' }, 0],
    ['by OPTIONS', { text: cut, method: 'OPTIONS' }, 0],
    ['by a method whose name begins like GET', { text: cut, method: 'GETALL' }, 1],
    ['by a method whose name ends like GET', { text: cut, method: 'FORGET' }, 1],
    ['that is JSON, to the callback', { text: '{"a":1}' }, 1],
    ['that is JSON, to the callback with a query', { text: '{"a":1}', url: `${HOOK}?a=1` }, 1],
    ['that is JSON, to another path', { text: '{"a":1}', url: 'https://bot.example/other' }, 0],
    ['without a body', { text: '', headers: [{ name: 'Content-Length', value: '0' }] }, 0],
    ['with a body that was not kept', { text: '', headers: [] }, 1],
  ])('%s', (_, over, count) => {
    expect(unread(entry(over))).toBe(count);
  });

  test('to a callback without TLS counts too', () => {
    const url = 'http://bot.example/hook';
    expect(leftOut([notifies([listed('call')], { url }), entry({ text: cut, url })])).toEqual({ unreadable: 1 });
  });

  test('counts as often as it came, in any order', () => {
    expect(leftOut([entry({ text: cut }), entry({ text: cut }), notifies([listed('call')])])).toEqual({
      unreadable: 2,
    });
  });
});

test('entries that are not exchanges are counted', () => {
  expect(leftOut([{}, { request: {} }, other()])).toEqual({ notAnEntry: 2 });
});

test.each<[string, unknown, { yes: number; no: number }]>([
  ['as documented', listed('call'), { yes: 0, no: 1 }],
  [
    'with capitals, without types',
    { ...callItem('call', 'x'), '@odata.type': undefined, changeType: 'Updated', resourceData: { id: 'x' } },
    { yes: 1, no: 0 },
  ],
  ['with capitals and types', { ...callItem('call', 'x'), changeType: 'Updated' }, { yes: 0, no: 1 }],
  ['without the type of its change', { resourceUrl: '/communications/calls/c' }, { yes: 0, no: 1 }],
  ['with two capitals', { resourceUrl: '/communications/calls/c', changeType: 'uP' }, { yes: 0, no: 1 }],
])('a notification written %s', (_, item, rewritten) => {
  expect(from([notifies([], { text: JSON.stringify({ value: [item] }) })], (all) => all.rewritten)).toEqual(rewritten);
});

test('one notification as documented shows that its delivery was not written again', () => {
  const items = ['Updated', 'updated'].map((changeType) => ({ resourceUrl: '/communications/calls/c', changeType }));
  const text = JSON.stringify({ value: items });
  expect(from([notifies([], { text })], (all) => all.rewritten)).toEqual({ yes: 0, no: 1 });
});

describe('a notification', () => {
  const first = (item: unknown, over: Over = {}): Gathered['notifications'][number] | undefined =>
    from([notifies([item], over)], ({ notifications }) => notifications[0]);

  test('without a resource is about no call', () => {
    const item = drop('/resource')(drop('/resourceUrl')(ended('call', 'operation')));
    expect(first(item)).toMatchObject({ operations: ['operation'], calls: [], completed: ['operation'] });
  });

  test('without a status ends no operation', () => {
    const item = drop('/resourceData/status')(ended('call', 'operation'));
    expect(first(item)).toMatchObject({ operations: ['operation'], completed: [], failed: [] });
  });

  test('shows at most 2048 characters of the URL of its callback', () => {
    const url = `${HOOK}/${'x'.repeat(2048)}`;
    expect(first(listed('call'), { url })?.url).toBe(url.slice(0, 2048));
    expect(first(listed('call'), { url: '/hook' })?.url).toBe('');
  });
});

test('an operation is known by the id in its data, and by that in its resource', () => {
  const operationsOf = (item: unknown): unknown =>
    from([notifies([item])], ({ notifications }) => notifications[0]?.operations);
  const item = ended('call', 'in-resource');
  expect(operationsOf(put('/resourceData/id', 'in-data')(item))).toEqual(['in-data', 'in-resource']);
  expect(operationsOf(drop('/resourceData/id')(item))).toEqual(['in-resource']);
  expect(operationsOf(drop('/resourceUrl')(item))).toEqual(['in-resource']);
});

test('a duration without the time of the response does not time an invitation', () => {
  const uri = `${BASE}/communications/calls/call/participants/invite`;
  const text = JSON.stringify({ requests: [{ ...NGROK, request: { ...NGROK.request, uri } }] });
  const [invitation] = gathered([text], ({ invitations }) => invitations, 'ngrok');
  expect(invitation).toMatchObject({ timed: false, startedAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678) });
  expect(invitation?.endedAt).toBe(Date.UTC(2026, 0, 2, 3, 4, 5, 708));
});

test('a source keeps Authorization headers of a base URL if an invitation to it has one', () => {
  const headers = [{ name: 'Authorization', value: 'Bearer x' }];
  const keeps = (...entries: object[]): string[] =>
    from(entries, ({ sources }) => [...(sources[0]?.keepsAuthorization ?? [])]);
  expect(keeps(invites('call', 'o', { headers }), invites('call', 'p'))).toEqual([BASE]);
  expect(keeps(invites('call', 'o'), other({ headers }), notifies([listed('call')], { headers }))).toEqual([]);
});

test('a source has the time of its first and of its last exchange, and the number of different times up to four', () => {
  const at = (...times: number[]) =>
    from(
      times.map((time) => other({ at: time })),
      ({ sources }) => sources[0],
    );
  expect(at(50, 20, 90)).toMatchObject({ first: BEGIN + 20, last: BEGIN + 100, startTimes: 3 });
  expect(at(50, 50)).toMatchObject({ first: BEGIN + 50, last: BEGIN + 60, startTimes: 1 });
  expect(at(1, 2, 3, 4, 5, 6)?.startTimes).toBe(4);
  const timeless = from([other({ more: { startedDateTime: 'x' } })], ({ sources }) => sources[0]);
  expect(timeless).toMatchObject({ startTimes: 0 });
  expect(timeless).not.toHaveProperty('first');
});
