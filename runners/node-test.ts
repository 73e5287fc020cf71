import { after, describe, test } from 'node:test';
import { conformance as generic } from './conformance';
import type { ConformanceOptions, Provider } from './timed-run';
import type { Runner } from './runner';

export type { ConformanceOptions, Provided, Provider } from './timed-run';

/**
 * The first test that is not filtered out makes the run, because Node 20 calls hooks even for a file whose tests
 * --test-name-pattern excludes. If the run fails, that test reports the error, and the others are skipped.
 */
function runner(): Runner {
  let prepare: () => Promise<void> = async () => undefined;
  let prepared: Promise<void> | undefined;
  return {
    describe: (title, body) => void describe(title, body),
    test: (title, body) =>
      void test(title, async (t) => {
        const isFirst = prepared === undefined;
        prepared ??= prepare();
        try {
          await prepared;
        } catch (error) {
          if (isFirst) throw error;
          return t.skip('the run could not be made');
        }
        return body({ skip: (reason) => t.skip(reason) });
      }),
    skip: (title, reason) => void test(title, { skip: reason }),
    before: (body) => void (prepare = body),
    after: (body) => after(body),
  };
}

/**
 * Adds the suite to a file of Node's test runner: a `describe` per area, a `test` per behaviour, and the gate.
 * @param given the options, or a function that returns them when the tests run; by default those of the environment and
 * the config file
 */
export function conformance(given?: ConformanceOptions | Provider, only?: readonly string[]): void {
  generic(runner(), given, only);
}
