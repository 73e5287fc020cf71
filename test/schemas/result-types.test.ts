import type * as written from '../../schemas/generated/result';
import type { Result } from '../../verdicts/result';

/** Compares the types of the code with those generated from the schema of a result, at compile time. */

/** Ids with known names in the code are strings in the schema. */
type AsWritten<T> = T extends object ? { [K in keyof T]: K extends 'fact' | 'lacks' ? string : AsWritten<T[K]> } : T;

type Assignable<From, To> = From extends To ? true : false;

const bothWays: [Assignable<AsWritten<Result>, written.Result>, Assignable<written.Result, AsWritten<Result>>] = [
  true,
  true,
];

test('the result of the code and the result of the schema have the same type', () => {
  expect(bothWays).toEqual([true, true]);
});
