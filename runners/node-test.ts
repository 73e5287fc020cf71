import { after, before, describe, test } from 'node:test';
import { conformance as generic } from './conformance';
import type { ConformanceOptions, Provider } from './timed-run';
import type { Runner } from './runner';

export type { ConformanceOptions, Provided, Provider } from './timed-run';

const RUNNER: Runner = {
  describe: (title, body) => void describe(title, body),
  test: (title, body) => void test(title, async (t) => body({ skip: (reason) => t.skip(reason) })),
  skip: (title, reason) => void test(title, { skip: reason }),
  before: (body) => before(body),
  after: (body) => after(body),
};

/**
 * Puts the suite into a file of node's own test runner: a `describe` an area, a `test` a behaviour, and the gate.
 * @param given the options, or a function that gives them when the tests run; absent: those of the environment and the config file
 */
export function conformance(given?: ConformanceOptions | Provider, only?: readonly string[]): void {
  generic(RUNNER, given, only);
}
