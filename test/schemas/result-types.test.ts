import type * as written from '../../schemas/generated/result';
import type { Result } from '../../verdicts/result';

/**
 * Holds the types that the code works with against those that are generated from the schema of a result. The comparison
 * happens when this file is compiled.
 */

/** Ids that the code knows by name are texts in the schema. */
type AsWritten<T> = T extends object ? { [K in keyof T]: K extends 'fact' | 'lacks' ? string : AsWritten<T[K]> } : T;

type Assignable<From, To> = From extends To ? true : false;

const bothWays: [Assignable<AsWritten<Result>, written.Result>, Assignable<written.Result, AsWritten<Result>>] = [
  true,
  true,
];

test('the result of the code and the result of the schema have the same type', () => {
  expect(bothWays).toEqual([true, true]);
});
