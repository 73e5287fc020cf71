import { array, assert, double, property } from 'fast-check';
import { Histogram, type Latency } from '../../verdicts/histogram';

function of(times: readonly number[]): Latency | undefined {
  const histogram = new Histogram();
  for (const ms of times) histogram.add(ms);
  return histogram.latency();
}

/** The exact percentile of the times. */
function exact(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

const times = array(double({ min: 0.02, max: 600_000, noNaN: true }), { minLength: 1, maxLength: 300 });

test('a percentile is exact to within the width of a bucket and the rounding', () => {
  assert(
    property(times, (all) => {
      const latency = of(all);
      for (const [share, found] of [
        [0.5, latency?.p50Ms],
        [0.95, latency?.p95Ms],
        [0.99, latency?.p99Ms],
      ] as const) {
        const right = exact(all, share);
        expect(found).toBeGreaterThanOrEqual(right * 0.994);
        expect(found).toBeLessThanOrEqual(right * 1.026);
      }
      expect(latency?.maxMs).toBeCloseTo(Math.max(...all), -4);
      expect(latency?.count).toBe(all.length);
    }),
  );
});

test('merged histograms are the same as a single one', () => {
  assert(
    property(times, times, (a, b) => {
      const merged = new Histogram();
      for (const part of [of(a), of(b)]) if (part) merged.merge(part);
      const together = of([...a, ...b]);
      expect(merged.latency()?.count).toBe(together?.count);
      expect(merged.latency()?.buckets).toEqual(together?.buckets);
    }),
  );
});

test('a duration of zero or less counts as the shortest', () => {
  expect(of([0, -3])).toMatchObject({ count: 2, p50Ms: 0, maxMs: 0, buckets: [[0.01, 2]] });
});

test('an empty histogram has no percentiles', () => {
  expect(of([])).toBeUndefined();
});
