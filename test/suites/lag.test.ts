import { Lag } from '../../suites/lag';

test('the longest delay since a time is told, also while it lasts', () => {
  let now = 1000;
  const lag = new Lag(() => now);
  const lookAt = (at: number): void => {
    now = at;
    lag.look();
  };
  lookAt(1020);
  expect(lag.since(0)).toBe(0);
  lookAt(1340);
  lookAt(1360);
  expect(lag.since(1000)).toBe(300);
  expect(lag.since(1350)).toBe(0);
  now = 1880;
  expect(lag.since(1350)).toBe(500);
  // What is long past is forgotten.
  lookAt(1900);
  lookAt(200_000);
  lookAt(200_020);
  expect(lag.since(1000)).toBe(198_080);
  lookAt(400_000);
  expect(lag.since(1000)).toBe(199_960);
});
