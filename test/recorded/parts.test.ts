import type { History } from '../../history/events';
import { assembled, ended, eventsOf, invites, listed, notifies, onlyOne } from './small-recording';

/** A long recording as several histories, of whole calls each. */

/** The calls and the notifications of each history, by the ids of the calls. */
const partsOf = (histories: readonly History[]): string[] =>
  histories.map(({ events }) =>
    events
      .flatMap((event) =>
        event.kind === 'call' ? [event.callId] : event.kind === 'delivery' ? [`>${event.call ?? '?'}`] : [],
      )
      .toSorted()
      .join(' '),
  );

/** Calls with one invitation each, one second apart. */
const calls = (...names: string[]): object[] => names.map((name, i) => invites(name, name, { at: i * 1000 }));

test.each([
  [1, ['a', 'b', 'c']],
  [2, ['a b', 'c']],
  [3, ['a b c']],
  [4, ['a b c']],
])('of at most %i invitations', (most, parts) => {
  const { histories, all } = assembled([calls('a', 'b', 'c')], { most });
  expect(partsOf(histories)).toEqual(parts);
  expect(histories.flatMap(({ header }) => header.plan.map(({ attempt }) => attempt))).toEqual([
    'plain-1',
    'plain-2',
    'plain-3',
  ]);
  expect(all.header()).toMatchObject({ plan: [], recording: { calls: 3, invitations: 3 } });
});

test.each([
  [1000, [1000]],
  [1001, [200, 200, 200, 200, 200, 1]],
])('of a recording with %i invitations', (count, parts) => {
  const entries = Array.from({ length: count }, (_, i) => invites(`${i}`, `${i}`, { at: i * 20 }));
  expect(assembled([entries]).histories.map(({ header }) => header.plan.length)).toEqual(parts);
});

test('a call stays whole, even if it has more invitations', () => {
  const many = [...calls('a', 'b'), invites('a', 'a2', { at: 5000 }), invites('a', 'a3', { at: 6000 })];
  expect(partsOf(assembled([many], { most: 2 }).histories)).toEqual(['a', 'b']);
});

test('calls are in the order of their beginning, whatever the order of the file', () => {
  const [a, b, c] = calls('a', 'b', 'c') as [object, object, object];
  expect(partsOf(assembled([[c, a, b]], { most: 1 }).histories)).toEqual(['a', 'b', 'c']);
  const early = notifies([ended('c', 'c')], { at: -500 });
  expect(partsOf(assembled([[c, a, b, early]], { most: 1 }).histories)).toEqual(['>recorded/call-1#1 c', 'a', 'b']);
});

test('no event has the number of another', () => {
  const { histories } = assembled([calls('a', 'b', 'c')], { most: 1 });
  const numbers = histories.flatMap(({ events }) => events.map(({ n }) => n));
  expect(new Set(numbers).size).toBe(numbers.length);
});

describe('a notification of an unknown call', () => {
  // The limit of time is one second; the first call lasts from 0 to 0, the last from 2000 to 2000.
  const stray = (at: number | undefined): object =>
    notifies([ended('unknown', 'unknown')], at === undefined ? { more: { startedDateTime: 'x' } } : { at });

  test.each<[number | undefined, string[]]>([
    [0, ['>? a', '>? b', 'c']],
    [1000, ['>? a', '>? b', '>? c']],
    [1001, ['a', '>? b', '>? c']],
    [3000, ['a', 'b', '>? c']],
    [3001, ['a', 'b', 'c']],
    [-1001, ['a', 'b', 'c']],
    [undefined, ['>? a', '>? b', '>? c']],
  ])('at %s ms is in the parts that it may belong to', (at, parts) => {
    expect(partsOf(assembled([[...calls('a', 'b', 'c'), stray(at)]], { most: 1 }).histories)).toEqual(parts);
  });

  test('is in a part of several calls from the first one on, until after the last one', () => {
    const at = (time: number) =>
      partsOf(assembled([[...calls('a', 'b', 'c', 'd'), stray(time)]], { most: 2 }).histories);
    expect(at(-1000)).toEqual(['>? a b', 'c d']);
    expect(at(4000)).toEqual(['a b', '>? c d']);
  });

  test('is in the part of a call that also has a notification without a time', () => {
    const timeless = notifies([ended('a', 'a')], { more: { startedDateTime: 'x' } });
    const { histories } = assembled([[...calls('a', 'b', 'c'), timeless, stray(500)]], { most: 1 });
    expect(partsOf(histories)).toEqual(['>? >recorded/call-1#1 a', '>? b', 'c']);
  });

  test('is in an only history at any time', () => {
    expect(partsOf(assembled([[...calls('a', 'b'), stray(90_000)]]).histories)).toEqual(['>? a b']);
  });
});

describe('notifications about several calls in one request', () => {
  const both = notifies([ended('a', 'a'), listed('b')], { at: 1500 });
  const recorded = [...calls('a', 'b', 'c'), both];
  const sharing = (history: History): unknown[] =>
    eventsOf(history, 'call').map(({ sharedCallback = false }) => sharedCallback);
  const isUnread = ({ header }: History): boolean =>
    header.recording?.leftOut.some(({ why }) => why === 'unreadable') === true;

  test('say that these calls have one callback', () => {
    const history = onlyOne(assembled([recorded]));
    expect(sharing(history)).toEqual([true, true, false]);
    expect(isUnread(history)).toBe(false);
  });

  test('say so of the call of an operation, too', () => {
    const entries = [...calls('a', 'b', 'c'), notifies([ended('unknown', 'a'), listed('b')])];
    expect(sharing(onlyOne(assembled([entries])))).toEqual([true, true, false]);
  });

  test('may be missing in the part of another of these calls', () => {
    const { histories } = assembled([recorded], { most: 1 });
    expect(histories.map(isUnread)).toEqual([true, true, false]);
    expect(assembled([recorded], { most: 2 }).histories.map(isUnread)).toEqual([false, false]);
    const apart = [...calls('a', 'b', 'c', 'd'), notifies([ended('b', 'b'), listed('c')], { at: 2500 })];
    expect(assembled([apart], { most: 2 }).histories.map(isUnread)).toEqual([true, true]);
  });
});

describe('a history of limited length', () => {
  const long = (name: string, at: number): object =>
    notifies([{ ...(ended(name, name) as object), pad: 'x'.repeat(3000) }], { at });
  const noEntry = { why: 'notAnEntry', count: 1 };
  const recorded = [{}, ...calls('a', 'b'), long('a', 100), long('a', 200), long('b', 1100)];
  const kept = ({ events }: History): boolean[] =>
    events.flatMap((event) => (event.kind === 'delivery' ? [!event.body.truncated] : []));

  test.each([
    [100_000, [[true, true, true]]],
    [10_000, [[true, true], [true]]],
    [6000, [[true, false], [true]]],
    [3000, [[false, false], [false]]],
  ])('of %i bytes has whole calls; bodies beyond it are not recorded', (mostBytes, bodies) => {
    const { histories } = assembled([recorded], { mostBytes });
    expect(histories.map(kept)).toEqual(bodies);
    const unread = bodies.map((all) => all.filter((isKept) => !isKept).length);
    expect(histories.map(({ header }) => header.recording?.leftOut)).toEqual(
      unread.map((count) => (count > 0 ? [noEntry, { why: 'unreadable', count }] : [noEntry])),
    );
  });

  test('shows everything else of an exchange whose bodies are beyond it', () => {
    const more = { response: { status: 0 } };
    const { histories } = assembled([[...calls('a'), invites('a', 'b', { at: 500, more })]], { mostBytes: 1 });
    const body = { content: '', notRecorded: true };
    const headers = expect.arrayContaining([['content-type', 'application/json']]) as unknown;
    const [answered, aborted] = histories.flatMap((history) => eventsOf(history, 'exchange'));
    expect(answered).toMatchObject({
      request: { method: 'POST', sentAt: 0, headers, body },
      response: { status: 200, headersAt: 9, headers, body },
    });
    expect(aborted).not.toHaveProperty('response');
  });
});
