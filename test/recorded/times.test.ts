import type { Gathered, GatheredSource, KeptInvitation, KeptNotifications } from '../../history/import/gathered';
import { callsOf, idsOf } from '../../history/import/ids';
import { summaryOf } from '../../history/import/summary';
import { alignedTo, ofTwoClocks, precisionOf, overlapsOf, roundTripOf, timesOf } from '../../history/import/times';

/** What the times of recorded traffic prove. */

function invitation(over: Partial<KeptInvitation> = {}): KeptInvitation {
  return {
    source: 0,
    at: 0,
    startedAt: 100,
    endedAt: 130,
    timed: true,
    accepted: true,
    base: 'https://host/v1.0',
    callId: 'call',
    operationId: 'operation',
    replaces: undefined,
    ofLaterEdition: false,
    ...over,
  };
}

function notification(over: Partial<KeptNotifications> = {}): KeptNotifications {
  const none = { operations: [], calls: [], completed: [], failed: [] };
  return { source: 0, at: 0, startedAt: 200, url: 'https://bot/hook', ...none, ...over };
}

function source(over: Partial<GatheredSource> = {}): GatheredSource {
  const counts = { entries: 5, invitations: 1, notifications: 1, startTimes: 2, unitMs: 1 };
  const bodies = { kept: 0, lost: 0 };
  return { name: 'a.har', kind: 'har', ...counts, keepsAuthorization: new Set(), bodies, ...over };
}

function gathered(over: Partial<Gathered> = {}): Gathered {
  const none = { invitations: [], notifications: [], leftOut: new Map(), rewritten: { yes: 0, no: 0 } };
  const spool = {} as Gathered['spool'];
  return { sources: [source(), source({ name: 'b.har' })], ...none, spool, ...over };
}

test.each([
  [2, 5, true],
  [1, 3, false],
  [1, 2, false],
  [1, 1, true],
])('%i different times of %i entries: known is %s', (startTimes, entries, known) => {
  expect(timesOf(gathered({ sources: [source({ startTimes, entries })] }), 0)).toBe(known);
});

test('a source that does not exist has no times', () => {
  expect(timesOf(gathered(), 2)).toBe(false);
});

describe('the clock of a source', () => {
  const shifts = (...notifications: KeptNotifications[]): number[] =>
    alignedTo(gathered({ notifications }), [invitation(), invitation({ operationId: 'later', startedAt: 300 })]);
  const of = (startedAt: number | undefined, id = 'operation', from = 1): KeptNotifications =>
    notification({ startedAt, source: from, operations: [id] });

  test.each<[string, KeptNotifications[], number[]]>([
    ['is slow by the time that a notification precedes its invitation', [of(60)], [0, 40]],
    ['is slow by the most', [of(60), of(250, 'later'), of(90)], [0, 50]],
    ['is right if the notification follows', [of(101)], [0, 0]],
    ['of the invitation itself is never shifted', [of(60, 'operation', 0)], [0, 0]],
    ['is not known by a notification of another operation', [of(60, 'other')], [0, 0]],
    ['is not known without a time', [of(undefined)], [0, 0]],
  ])('%s', (_, notifications, expected) => {
    expect(shifts(...notifications)).toEqual(expected);
  });

  test('is not known by an invitation without a time', () => {
    expect(alignedTo(gathered({ notifications: [of(60)] }), [invitation({ startedAt: undefined })])).toEqual([0, 0]);
  });
});

test.each([
  [1000, 3, 1000],
  [10, 3, 10],
  [1000, 2, 1],
])('start times in units of %i ms, of %i entries, are precise to %i ms', (unitMs, entries, precise) => {
  expect(precisionOf(gathered({ sources: [source({ unitMs, entries })] }), 0)).toBe(precise);
});

describe('a source was timed by two clocks', () => {
  const found = (notified: Partial<KeptNotifications>, ...own: KeptInvitation[]): number[] => [
    ...ofTwoClocks(gathered({ notifications: [notification({ operations: ['operation'], ...notified })] }), own),
  ];

  test.each<[string, Partial<KeptNotifications>, number[]]>([
    ['if a notification precedes its invitation', { startedAt: 99 }, [0]],
    ['not if it follows', { startedAt: 100 }, []],
    ['not if it is in another source', { startedAt: 99, source: 1 }, []],
    ['not if it is about another operation', { startedAt: 99, operations: ['other'] }, []],
    ['not if it has no time', { startedAt: undefined }, []],
  ])('%s', (_, notified, expected) => {
    expect(found(notified, invitation())).toEqual(expected);
  });

  test('not if the invitation has no time', () => {
    expect(found({ startedAt: 99 }, invitation({ startedAt: undefined }))).toEqual([]);
  });

  test('not if several responses contain the id, because the notification may be about an earlier one', () => {
    expect(found({ startedAt: 99 }, invitation({ startedAt: 50 }), invitation())).toEqual([]);
  });
});

describe('invitations to one call', () => {
  const first = invitation();
  const second = invitation({ operationId: 'second', startedAt: 200 });
  const third = invitation({ operationId: 'third', startedAt: 300 });
  const ends = (id: string, startedAt: number | undefined, how: 'completed' | 'failed' = 'completed') =>
    notification({ [how]: [id], startedAt });
  const overlaps = (own: KeptInvitation[], ...notifications: KeptNotifications[]): unknown[] => {
    const found = overlapsOf(own, notifications, 1000);
    return own.map((one) => found.get(one) ?? 'no');
  };

  test.each<[string, KeptNotifications[], string[]]>([
    ['of which the first ends later', [ends('operation', 201), ends('second', 400)], ['yes', 'yes']],
    ['of which the first fails later', [ends('operation', 201, 'failed'), ends('second', 400)], ['yes', 'yes']],
    ['of which the first ends just then', [ends('operation', 200), ends('second', 400)], ['no', 'no']],
    [
      'of which the last end counts',
      [ends('operation', 150), ends('operation', 250), ends('operation', 160)],
      ['yes', 'yes'],
    ],
    ['of which the first is not seen to end', [ends('second', 400)], ['unended', 'unknown']],
    [
      'of which the end of the first has no time',
      [ends('operation', undefined), ends('second', 400)],
      ['unknown', 'unknown'],
    ],
    [
      'of which the first fails at an unknown time',
      [ends('operation', undefined, 'failed'), ends('second', 400)],
      ['unknown', 'unknown'],
    ],
    ['of which none is seen to end', [], ['unended', 'unended']],
  ])('%s', (_, notifications, expected) => {
    expect(overlaps([first, second], ...notifications)).toEqual(expected);
    expect(overlaps([second, first], ...notifications)).toEqual(expected.toReversed());
  });

  test('run with the earlier one that runs longest', () => {
    const [one, other] = [ends('operation', 350), ends('second', 250)];
    expect(overlaps([first, second, third], one, other, ends('third', 400))).toEqual(['yes', 'yes', 'yes']);
    expect(overlaps([first, second, third], ends('operation', 150), other)).toEqual(['no', 'no', 'no']);
    expect(overlaps([first, second, third], ends('operation', 150), ends('second', 350))).toEqual(['no', 'yes', 'yes']);
    expect(overlaps([first, second, third], ends('second', 350))).toEqual(['unended', 'yes', 'yes']);
    expect(overlaps([first, second, third], ends('second', 250))).toEqual(['unended', 'unknown', 'unended']);
    const last = ends('third', 400);
    expect(overlaps([first, second, third], ends('operation', 150), last)).toEqual(['no', 'unended', 'unknown']);
    expect(overlaps([first, second, third], ends('operation', 250), last)).toEqual(['yes', 'yes', 'unknown']);
  });

  test.each([
    [130, 'unended'],
    [129, 'yes'],
    [1129, 'unended'],
    [1130, 'no'],
  ])('of which the first is answered at 130, not seen to end, and the second sent at %i: %s', (startedAt, overlap) => {
    const later = { ...second, startedAt, endedAt: startedAt + 10 };
    expect(overlaps([first, later])).toEqual([overlap, overlap]);
  });

  test('whose operation is not known may have run together', () => {
    expect(overlaps([{ ...first, operationId: undefined }, second], ends('second', 400))).toEqual([
      'unknown',
      'unknown',
    ]);
  });

  test('run with none that is to another call, or was not accepted', () => {
    expect(overlaps([first, { ...second, callId: 'other' }])).toEqual(['no', 'no']);
    expect(overlaps([first, { ...second, accepted: false }])).toEqual(['no', 'no']);
  });

  test.each<[string, Partial<KeptInvitation>]>([
    ['duration', { timed: false }],
    ['time', { startedAt: undefined }],
  ])('of which one has no %s may have run together', (_, over) => {
    const done = [ends('operation', 150), ends('second', 250)];
    expect(overlaps([first, { ...second, ...over }], ...done)).toEqual(['unknown', 'unknown']);
    expect(overlaps([first, { ...second, ...over }])).toEqual(['unended', 'unended']);
    expect(overlaps([{ ...second, ...over }], ...done)).toEqual(['no']);
  });
});

test.each<[string, KeptInvitation[], number]>([
  ['the shortest response time', [invitation(), invitation({ endedAt: 120 }), invitation({ endedAt: 140 })], 20],
  ['not one that was not measured', [invitation(), invitation({ endedAt: 120, timed: false })], 30],
  ['not one without a beginning', [invitation(), invitation({ startedAt: undefined, endedAt: 1 })], 30],
  ['0 without any', [invitation({ endedAt: undefined })], 0],
])('the round trip: %s', (_, own, ms) => {
  expect(roundTripOf(own)).toBe(ms);
});

test('an operation id belongs to the call of its invitations, if it is the same', () => {
  const calls = callsOf([
    invitation({ operationId: 'one' }),
    invitation({ operationId: 'one' }),
    invitation({ operationId: 'two' }),
    invitation({ operationId: 'two', callId: 'other' }),
    invitation({ operationId: 'two' }),
    invitation({ operationId: undefined }),
  ]);
  expect([...calls]).toEqual([
    ['one', 'call'],
    ['two', undefined],
  ]);
  expect(idsOf(invitation({ replaces: 'peer' }))).toEqual(['call', 'operation', 'peer']);
  expect(idsOf(invitation({ operationId: undefined }))).toStrictEqual(['call']);
});

describe('the summary', () => {
  test('has the sources with their times on the clock of the history, if they are known', () => {
    const times = { first: 1000, last: 1500 };
    const sources = [
      source({ ...times, cutOff: true }),
      source({ ...times, name: 'b.har', startTimes: 1 }),
      source({ name: 'c.har', first: 1000 }),
    ];
    const counts = { kind: 'har', entries: 5, invitations: 1, notifications: 1 };
    expect(summaryOf(gathered({ sources }), [-900, 0, 0]).sources).toEqual([
      { name: 'a.har', ...counts, from: 100, until: 600, cutOff: true },
      { name: 'b.har', ...counts },
      { name: 'c.har', ...counts },
    ]);
  });

  test('names up to five callbacks, each once', () => {
    const urls = ['a', 'a', '', 'b', 'c', 'd', 'e', 'f'];
    const notifications = urls.map((url) => notification({ url }));
    expect(summaryOf(gathered({ notifications }), []).callbacks).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test.each([
    [1, 0, true],
    [1, 1, undefined],
    [0, 0, undefined],
  ])('with %i notifications that look written again and %i that do not', (yes, no, reserialized) => {
    expect(summaryOf(gathered({ rewritten: { yes, no } }), []).reserialized).toBe(reserialized);
  });
});
