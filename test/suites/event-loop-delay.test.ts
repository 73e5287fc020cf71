import { EventLoopDelay } from '../../suites/event-loop-delay';

test('reports the longest delay since a time, also during a delay', () => {
  let now = 1000;
  const delay = new EventLoopDelay(() => now);
  const lookAt = (at: number): void => {
    now = at;
    delay.sample();
  };
  lookAt(1020);
  expect(delay.maxSince(0)).toBe(0);
  lookAt(1340);
  lookAt(1360);
  expect(delay.maxSince(1000)).toBe(300);
  expect(delay.maxSince(1350)).toBe(0);
  now = 1880;
  expect(delay.maxSince(1350)).toBe(500);
  // Earlier delays are forgotten.
  lookAt(1900);
  lookAt(200_000);
  lookAt(200_020);
  expect(delay.maxSince(1000)).toBe(198_080);
  lookAt(400_000);
  expect(delay.maxSince(1000)).toBe(199_960);
});
