import * as fc from 'fast-check';

/** When a step began and ended. */
export interface Interval {
  from: number;
  until: number;
}

/** A step and its interval. */
export interface Timed<T> extends Interval {
  step: T;
}

/**
 * Any interleaving of some chains that keeps the order of each chain, with any times in which no step begins before a
 * preceding one: steps may be apart, touch, or overlap.
 * @param start earliest begin of the first step
 */
export function interleaved<T>(chains: readonly (readonly T[])[], start: number): fc.Arbitrary<Timed<T>[]> {
  const lots = chains.flatMap((chain, i) => chain.map(() => i));
  const length = lots.length;
  return fc
    .tuple(
      fc.shuffledSubarray(lots, { minLength: length, maxLength: length }),
      fc.array(fc.nat({ max: 20 }), { minLength: length, maxLength: length }),
      fc.array(fc.nat({ max: 30 }), { minLength: length, maxLength: length }),
    )
    .map(([turns, pauses, lengths]) => {
      const next = chains.map((chain) => chain[Symbol.iterator]());
      let from = start;
      return turns.flatMap((turn, i): Timed<T>[] => {
        const taken = next[turn]?.next();
        if (!taken || taken.done === true) return [];
        from += pauses[i] ?? 0;
        return [{ step: taken.value, from, until: from + (lengths[i] ?? 0) }];
      });
    });
}

/** Two different numbers below a limit. */
export function twoOf(count: number): fc.Arbitrary<[number, number]> {
  return fc
    .tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 2 }))
    .map(([a, b]): [number, number] => [a, b < a ? b : b + 1]);
}
