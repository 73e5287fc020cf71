import type { Latency } from '../schemas/generated/result';

export type { Latency };

/** The ratio of consecutive bucket ends: a percentile is at most that inexact. */
const GROWTH = 1.02;
/** The end of the first bucket, ms. */
const LEAST = 0.01;

/** Rounds to three significant digits. */
function rounded(ms: number): number {
  return Number(ms.toPrecision(3));
}

/** Counts durations in buckets of growing width, so that memory does not grow with their number. */
export class Histogram {
  readonly #counts = new Map<number, number>();
  #count = 0;
  #max = 0;

  /** @param ms the duration; a negative one counts as 0 */
  add(ms: number): void {
    const bucket = ms <= LEAST ? 0 : Math.ceil(Math.log(ms / LEAST) / Math.log(GROWTH));
    this.#put(bucket, 1);
    this.#max = Math.max(this.#max, ms);
  }

  /** Adds the counts of another histogram. */
  merge({ buckets, maxMs }: Latency): void {
    for (const [upToMs, count] of buckets) {
      this.#put(Math.max(0, Math.round(Math.log(upToMs / LEAST) / Math.log(GROWTH))), count);
    }
    this.#max = Math.max(this.#max, maxMs);
  }

  /** The counts and percentiles; undefined if nothing was counted. */
  latency(): Latency | undefined {
    if (this.#count === 0) return undefined;
    const sorted = [...this.#counts].toSorted(([a], [b]) => a - b);
    const buckets = sorted.map(([bucket, count]): [number, number] => [LEAST * GROWTH ** bucket, count]);
    const percentile = (share: number): number => {
      let seen = 0;
      const [upToMs] = buckets.find(([, count]) => (seen += count) >= share * this.#count) ?? [this.#max];
      return rounded(Math.min(upToMs, this.#max));
    };
    return {
      count: this.#count,
      p50Ms: percentile(0.5),
      p95Ms: percentile(0.95),
      p99Ms: percentile(0.99),
      maxMs: rounded(this.#max),
      buckets: buckets.map(([upToMs, count]) => [Number(upToMs.toPrecision(6)), count]),
    };
  }

  #put(bucket: number, count: number): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
    this.#count += count;
  }
}
