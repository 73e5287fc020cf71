import * as fc from 'fast-check';

/** When a step began and when it was over. */
export interface Interval {
  from: number;
  until: number;
}

/** A step and its interval. */
export interface Timed<T> extends Interval {
  step: T;
}

/**
 * Any order of the steps of some chains in which each chain keeps its own, with any times in which no step begins before
 * one that precedes it: they may lie apart, touch, or overlap at will.
 * @param start when the first may begin
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
