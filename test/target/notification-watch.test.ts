import { NotificationWatch, type SentInvitation } from '../../target/notification-watch';

afterEach(() => {
  jest.useRealTimers();
});

test('closing a watch ends present waits, and later ones at once', () => {
  jest.useFakeTimers();
  const watch = new NotificationWatch(() => 0);
  const call = { kind: 'call' as const, n: 1, key: 'a#1', callId: 'c' };
  const sent = { call } as unknown as SentInvitation;
  void watch.waitForCall(sent, () => false, 10_000);
  expect(jest.getTimerCount()).toBe(1);
  watch.close();
  void watch.waitForCall(sent, () => false, 10_000);
  expect(jest.getTimerCount()).toBe(0);
});
