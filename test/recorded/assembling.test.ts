import type { Delivery, Exchange, History } from '../../history/events';
import type { InvitationPlan } from '../../history/import/plan';
import { callItem } from '../support/bodies';
import {
  assembled,
  BASE,
  BEGIN,
  ended,
  entry,
  eventsOf,
  HOOK,
  invites,
  listed,
  notifies,
  onlyOne,
  planOf,
  type Over,
} from './small-recording';

/** Recorded traffic as the events of histories. */

const OTHER_BASE = 'https://graph.example/beta';
const to = (base: string, callId: string): string => `${base}/communications/calls/${callId}/participants/invite`;
const callsOf = (history: History): (string | undefined)[] => eventsOf(history, 'delivery').map(({ call }) => call);

test('an invitation, its notification, and the ends of both', () => {
  const made = assembled([
    [
      invites('call', 'operation', { at: 10 }),
      notifies([ended('call', 'operation')], { at: 60, url: `${HOOK}?key=1` }),
    ],
  ]);
  const { header, events } = onlyOne(made);
  expect(events.map(({ n, kind }) => `${n} ${kind}`)).toEqual([
    '1 exchange',
    '2 delivery',
    '3 call',
    '4 invitation',
    '5 attemptEnd',
    '6 end',
  ]);
  const [exchange, delivery, call, invitation, attemptEnd, end] = events;
  const plan = { scenario: 'recorded', attempt: 'plain-1' };
  const { name: _, ...planned } = planOf();
  const key = 'recorded/plain-1/invitation';
  expect(exchange).toMatchObject({
    purpose: 'invite',
    scenario: 'recorded',
    invitation: key,
    request: { sentAt: 0, method: 'POST', url: to(BASE, 'call') },
    response: { status: 200, headersAt: 9, endAt: 10 },
    recorded: { source: 0, times: 'full' },
  });
  expect(delivery).toMatchObject({
    method: 'POST',
    path: '/hook?key=[redacted]',
    call: 'recorded/call-1#1',
    headersAt: 50,
    bodyAt: 51,
    acknowledgedAt: 61,
    recorded: { source: 0, times: 'full' },
  });
  const callbackUri = HOOK;
  expect(call).toEqual({
    kind: 'call',
    n: 3,
    key: 'recorded/call-1#1',
    scenario: 'recorded',
    shape: 'unknown',
    callId: 'call',
    callbackUri,
  });
  expect(invitation).toEqual({ kind: 'invitation', n: 4, key, ...plan, call: 'recorded/call-1#1', ...planned });
  expect(attemptEnd).toEqual({ kind: 'attemptEnd', n: 5, ...plan, at: 60 });
  expect(end).toEqual({ kind: 'end', n: 6, at: 60, interrupted: false, remarks: [] });
  expect(header).toEqual({
    kind: 'header',
    format: 1,
    target: BASE,
    startedAt: new Date(BEGIN + 10).toISOString(),
    suiteVersion: '1',
    catalogDigest: 'd',
    timeoutMs: 1000,
    quietMs: 50,
    roundTripMs: 10,
    plan: [{ ...plan, tries: ['response.json'] }],
    recording: {
      sources: [{ name: '0.har', kind: 'har', entries: 2, invitations: 1, notifications: 1, from: 0, until: 60 }],
      callbacks: [HOOK],
      calls: 1,
      invitations: 1,
      notifications: 1,
      leftOut: [],
    },
  });
  expect(made.all.targets).toEqual(new Map([[BASE, 1]]));
  expect(made.all.withoutBodies).toEqual([]);
});

test('a named edition is in the header', () => {
  const made = assembled([[invites('call', 'o')]], { edition: '2025-07-23' });
  expect(onlyOne(made).header.edition).toBe('2025-07-23');
  expect(onlyOne(assembled([[invites('call', 'o')]])).header).not.toHaveProperty('edition');
});

describe('the target', () => {
  const both = [
    [
      invites('a', 'a'),
      invites('b', 'b', { url: to(OTHER_BASE, 'b') }),
      invites('c', 'c', { url: to(OTHER_BASE, 'c') }),
    ],
  ];

  test('is the base URL of the most invitations', () => {
    const { all, histories } = assembled(both);
    expect(all.header()).toMatchObject({
      target: OTHER_BASE,
      recording: { invitations: 2, leftOut: [{ why: 'otherTarget', count: 1 }] },
    });
    expect(histories.flatMap((history) => eventsOf(history, 'call').map(({ callId }) => callId))).toEqual(['b', 'c']);
    expect([...all.targets]).toEqual([
      [BASE, 1],
      [OTHER_BASE, 2],
    ]);
  });

  test.each([BASE, `${BASE}//`, BASE.toUpperCase()])('is the named one: %s', (target) => {
    expect(assembled(both, { target }).all.header().recording).toMatchObject({ invitations: 1, calls: 1 });
  });

  test('of nothing is empty', () => {
    const { all, histories } = assembled([[entry({ more: { startedDateTime: 'x' } })]]);
    expect(all.header()).toMatchObject({ target: '', startedAt: '1970-01-01T00:00:00.000Z', roundTripMs: 0 });
    expect(histories.map(({ events }) => events)).toEqual([
      [{ kind: 'end', n: 1, at: 0, interrupted: false, remarks: [] }],
    ]);
  });
});

describe('a notification belongs to the call', () => {
  const [one, two] = [invites('one', 'of-one'), invites('two', 'of-two')];

  test.each<[string, unknown[], string | undefined]>([
    ['of the operation that it names, though it names another call', [ended('two', 'of-one')], 'recorded/call-1#1'],
    ['that it names', [listed('two')], 'recorded/call-2#1'],
    ['of the first operation that is known', [ended('two', 'unknown'), ended('two', 'of-one')], 'recorded/call-1#1'],
    ['of any of its notifications', [callItem('unknown', 'x'), listed('two')], 'recorded/call-2#1'],
    ['of none, if it names an unknown one', [ended('unknown', 'unknown')], undefined],
  ])('%s', (_, items, call) => {
    const made = assembled([[one, two, notifies(items)]]);
    expect(callsOf(onlyOne(made))).toStrictEqual([call]);
    const leftOut = call === undefined ? [{ why: 'unknownCall', count: 1 }] : [];
    expect(onlyOne(made).header.recording).toMatchObject({ notifications: call === undefined ? 0 : 1, leftOut });
  });

  test('of none, if operations of two calls have the id', () => {
    const same = [invites('one', 'same'), invites('two', 'same'), notifies([ended('unknown', 'same')])];
    expect(callsOf(onlyOne(assembled([same])))).toStrictEqual([undefined]);
  });

  test('of none, if another target uses the same ids', () => {
    const beta = (id: string, callId = 'other'): object => invites(callId, id, { url: to(OTHER_BASE, callId) });
    const judged = (other: object) =>
      callsOf(onlyOne(assembled([[one, other, notifies([ended('one', 'of-one')])]], { target: BASE })));
    expect(judged(beta('of-one'))).toStrictEqual([undefined]);
    expect(judged(beta('x', 'one'))).toStrictEqual([undefined]);
    expect(judged(beta('x'))).toStrictEqual(['recorded/call-1#1']);
  });
});

describe('a replaced call', () => {
  const text = (...ids: string[]): string =>
    JSON.stringify({ participants: ids.map((replacesCallId) => ({ replacesCallId })) });
  const replacing = (callId: string, id: string, replaced: string): object =>
    invites(callId, id, { text: text(replaced) });
  const plan = (replaces: string) => () => ({ ...planOf(), replaces });

  test('has a key of its own, to which its notifications go', () => {
    const made = assembled([[replacing('call', 'o', 'peer'), notifies([callItem('peer', 'terminated')])]], {
      planOf: plan('peer'),
    });
    const history = onlyOne(made);
    expect(eventsOf(history, 'call').map(({ key, callId }) => [callId, key])).toEqual([
      ['call', 'recorded/call-1#1'],
      ['peer', 'recorded/replaced-call-1#1'],
    ]);
    expect(eventsOf(history, 'invitation')).toMatchObject([
      { call: 'recorded/call-1#1', replaces: 'recorded/replaced-call-1#1' },
    ]);
    expect(callsOf(history)).toEqual(['recorded/replaced-call-1#1']);
    expect(history.header.recording?.calls).toBe(1);
  });

  test('has no notification that is also about an operation of the other call', () => {
    const items = [ended('call', 'o'), callItem('peer', 'terminated')];
    expect(callsOf(onlyOne(assembled([[replacing('call', 'o', 'peer'), notifies(items)]])))).toEqual([
      'recorded/call-1#1',
    ]);
  });

  test('that two invitations replace is one', () => {
    const entries = [replacing('call', 'o', 'peer'), replacing('other', 'p', 'peer'), replacing('last', 'q', 'third')];
    const keys = eventsOf(onlyOne(assembled([entries], { planOf: plan('peer') })), 'invitation').map(
      ({ replaces }) => replaces,
    );
    expect(keys).toEqual(Array.from({ length: 3 }, () => 'recorded/replaced-call-1#1'));
  });

  test('to which an invitation went has the key of that call', () => {
    const entries = [
      replacing('call', 'o', 'other'),
      invites('other', 'p'),
      notifies([callItem('other', 'terminated')]),
    ];
    const history = onlyOne(assembled([entries], { planOf: plan('other') }));
    expect(eventsOf(history, 'invitation').map(({ replaces }) => replaces)).toEqual([
      'recorded/call-2#1',
      'recorded/call-2#1',
    ]);
    expect(callsOf(history)).toEqual(['recorded/call-2#1']);
    expect(eventsOf(history, 'call').map(({ callbackUri }) => callbackUri)).toEqual(['', HOOK]);
  });
});

test('a delivery to what is no URL has the path /', () => {
  const made = onlyOne(assembled([[invites('call', 'o'), notifies([listed('call')], { url: 'hook' })]]));
  expect(eventsOf(made, 'delivery')).toMatchObject([{ path: '/' }]);
});

test('what was recorded twice says so', () => {
  const [sent, came] = [invites('call', 'o'), notifies([listed('call')])];
  const events = onlyOne(assembled([[sent, sent, came, came]])).events as (Exchange | Delivery)[];
  expect(events.slice(0, 2).map(({ recorded }) => recorded?.twice)).toEqual([true, true]);
});

describe('the plan of an invitation', () => {
  const seenOf = (entries: object[]) => assembled([entries]).seen;
  const authorized = [{ name: 'Authorization', value: 'Bearer x' }];

  test('is by its request, and by what the recording keeps', () => {
    const sent = invites('call', 'o');
    expect(seenOf([sent])).toMatchObject([
      { request: { url: to(BASE, 'call') }, keepsAuthorization: false, overlap: 'no', failed: false },
    ]);
    const other = invites('call', 'p', { headers: authorized });
    expect(seenOf([sent, other])).toMatchObject([{ keepsAuthorization: true }, { keepsAuthorization: true }]);
  });

  test.each<[string, unknown[], boolean]>([
    ['failed', [ended('call', 'o', 'failed')], true],
    ['failed and completed', [ended('call', 'o', 'failed'), ended('call', 'o')], false],
    ['completed', [ended('call', 'o')], false],
    ['failed, another one', [ended('call', 'x', 'failed')], false],
  ])('is by its end: %s', (_, items, failed) => {
    expect(seenOf([invites('call', 'o'), notifies(items)])).toMatchObject([{ failed }]);
  });

  test.each<[string, number | undefined, number | undefined, boolean]>([
    ['failed before', 100, 101, true],
    ['completed before', 101, 100, false],
    ['failed at an unknown time', undefined, 100, false],
    ['completed at an unknown time', 100, undefined, false],
  ])('is by which of two ends came first: %s', (_, failedAt, completedAt, failed) => {
    const at = (time: number | undefined): Over =>
      time === undefined ? { more: { startedDateTime: 'x' } } : { at: time };
    const entries = [
      invites('call', 'o'),
      notifies([ended('call', 'o', 'failed')], at(failedAt)),
      notifies([ended('call', 'o')], at(completedAt)),
      notifies([ended('call', 'o'), listed('call')], at(completedAt === undefined ? undefined : 500)),
    ];
    expect(seenOf(entries)).toMatchObject([{ failed }]);
  });

  test('is by others that run at the same time', () => {
    const [first, second] = [invites('call', 'o'), invites('call', 'p', { at: 50 })];
    expect(seenOf([first, second, notifies([ended('call', 'o')])])).toMatchObject([
      { overlap: 'yes' },
      { overlap: 'yes' },
    ]);
  });

  test('may be only that of its refusal: then it also counts as left out', () => {
    const leftOut = (): InvitationPlan => ({ ...planOf(), tries: [], leftOut: 'otherForm' });
    const made = onlyOne(assembled([[invites('a', 'a'), invites('b', 'b', { at: 5 })]], { planOf: leftOut }));
    expect(eventsOf(made, 'exchange').length).toBe(2);
    expect(eventsOf(made, 'invitation')[0]).not.toHaveProperty('leftOut');
    expect(made.header).toMatchObject({ recording: { leftOut: [{ why: 'otherForm', count: 2 }] } });
  });
});

test('a source whose invitations have no bodies is named, with its tool', () => {
  const bare = { request: { method: 'POST', url: to(BASE, 'call') } };
  const names = (...files: object[][]) => assembled(files).all.withoutBodies.map(({ name }) => name);
  expect(names([invites('call', 'o', { more: bare })], [invites('other', 'p')])).toEqual(['0.har']);
  expect(names([invites('call', 'o', { more: bare }), invites('other', 'p')])).toEqual([]);
  expect(names([entry({})])).toEqual([]);
});
