import { array, assert, double, property, record } from 'fast-check';
import { commonRange, ClockSamples, clockOffset } from '../../history/clocks';
import { aRun } from '../support/histories';

/** Samples of a clock that this one is ahead of by `aheadMs`, with the transmission times in each direction. */
function looks(aheadMs: number, ways: readonly { there: number; back: number }[]) {
  return ways.map(({ there, back }, i) => {
    const shows = 1000 * i;
    return { least: shows + aheadMs - there - shows, most: shows + aheadMs + back - shows };
  });
}

const way = double({ min: 0.1, max: 500, noNaN: true });

test('the offset is correct within its uncertainty, whatever the transmission times', () => {
  assert(
    property(
      double({ min: -1e6, max: 1e6, noNaN: true }),
      array(record({ there: way, back: way }), { minLength: 1, maxLength: 20 }),
      (ahead, ways) => {
        const { ms = 0, uncertaintyMs = 0 } = clockOffset(looks(ahead, ways)) ?? {};
        expect(Math.abs(ms - ahead)).toBeLessThanOrEqual(uncertaintyMs + 1e-6);
        const both = commonRange(looks(ahead, ways));
        expect(both?.least).toBeLessThanOrEqual(ahead + 1e-6);
        expect(both?.most).toBeGreaterThanOrEqual(ahead - 1e-6);
      },
    ),
  );
});

test('a drifting clock increases the uncertainty', () => {
  const steady = clockOffset([
    { least: 9, most: 11 },
    { least: 9, most: 11 },
  ]);
  const drifting = clockOffset([
    { least: 9, most: 11 },
    { least: 29, most: 31.5 },
  ]);
  expect(steady).toEqual({ ms: 10, uncertaintyMs: 1 });
  expect(drifting).toEqual({ ms: 10, uncertaintyMs: 21.5 });
});

test('contradictory samples have no common range, and without samples there is no offset', () => {
  expect(
    commonRange([
      { least: 0, most: 1 },
      { least: 2, most: 3 },
    ]),
  ).toBeUndefined();
  expect(commonRange([])).toBeUndefined();
  expect(clockOffset([])).toBeUndefined();
});

test("Date headers of responses narrow the range of the target's clock", () => {
  const date = (text: string) => ({ headers: [['date', text]] as [string, string][] });
  const run = aRun()
    .invite()
    .answer(undefined, date('Thu, 01 Jan 1970 00:00:10 GMT'))
    .invite()
    .answer(undefined, date('Thu, 01 Jan 1970 00:00:11 GMT'));
  const known = new ClockSamples();
  for (const event of run.history().events) known.take(event);
  // Sent at 10 and 30 ms, answered at 20 and 41 ms of the test's clock.
  expect(known.target).toEqual({ least: 10 - 11_000, most: 41 - 11_000 });
});
