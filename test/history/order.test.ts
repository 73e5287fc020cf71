import { order, type Interval } from '../../history/order';

/** When one event is proved to come before another. */

describe('an event that was over before another one began', () => {
  const first: Interval = { from: 10, until: 20 };
  const next = (from: number): Interval => ({ from, until: 90 });

  test('came before it, and the other one after it', () => {
    expect(order(first, next(21))).toBe('before');
    expect(order(next(21), first)).toBe('after');
  });

  test('is not proved to at the same time, nor within the slack', () => {
    expect(order(first, next(20))).toBe('concurrent');
    expect(order(first, next(23), 3)).toBe('concurrent');
    expect(order(first, next(24), 3)).toBe('before');
    expect(order(next(24), first, 3)).toBe('after');
  });
});

describe('an event that was read before another one arrived', () => {
  /** Neither is over: only times of arrival prove an order. @param unread for how long each may have waited unread, ms */
  const pair = (gap: number, unread: readonly [number, number] = [0, 0]): [Interval, Interval] => {
    const [first, then] = unread;
    const from = 120 + then;
    return [
      { from: 100, until: Infinity, readAt: 120 - gap, slackMs: 8, arrivedAfter: 100 - first },
      { from, until: Infinity, readAt: from, slackMs: 8, arrivedAfter: 120 },
    ];
  };
  const orderOf = ([first, then]: [Interval, Interval], slackMs?: number): string => order(first, then, slackMs);

  test('came before it, if that is more than the slacks', () => {
    expect(orderOf(pair(9))).toBe('before');
    expect(orderOf(pair(8))).toBe('concurrent');
    expect(orderOf(pair(12), 3)).toBe('before');
    expect(orderOf(pair(11), 3)).toBe('concurrent');
  });

  test.each<[number, number]>([
    [5, 0],
    [0, 5],
    [5, 2],
    [2, 5],
  ])('and more than the longer of the times that they may have waited unread: %i and %i ms', (...unread) => {
    expect(orderOf(pair(14, unread))).toBe('before');
    expect(orderOf(pair(13, unread))).toBe('concurrent');
  });

  test('is not proved to if one of these times is not known', () => {
    const [first, then] = pair(20);
    expect(order(first, { from: then.from, until: then.until })).toBe('concurrent');
    const { readAt: _, ...unreadFirst } = first;
    expect(order(unreadFirst, then)).toBe('concurrent');
    const { slackMs: _slack, ...withoutSlack } = first;
    expect(order(withoutSlack, then)).toBe('concurrent');
  });
});
