import { conformance as generic } from './conformance';
import type { ConformanceOptions, Provider } from './timed-run';
import type { Runner } from './runner';

export type { ConformanceOptions, Provided, Provider } from './timed-run';

/** Mocha's `this` in tests and hooks. */
interface Context {
  timeout(ms: number): unknown;
  skip(): never;
  test?: { title: string };
}

/** The part of Mocha's API that is used; its interfaces bdd and tdd have different names for it. */
interface Globals {
  describe?: (title: string, body: () => void) => unknown;
  it?: (title: string, body?: (this: Context) => Promise<void>) => unknown;
  before?: (body: (this: Context) => Promise<void>) => unknown;
  after?: (body: (this: Context) => Promise<void>) => unknown;
  suite?: Globals['describe'];
  test?: Globals['it'];
  suiteSetup?: Globals['before'];
  suiteTeardown?: Globals['after'];
}

/** No limit: a run ends itself. */
const UNLIMITED = 0;

function runner(): Runner {
  const globals = globalThis as unknown as Globals;
  const describe = globals.describe ?? globals.suite;
  const it = globals.it ?? globals.test;
  const before = globals.before ?? globals.suiteSetup;
  const after = globals.after ?? globals.suiteTeardown;
  if (!describe || !it || !before || !after) {
    throw new Error('invite-conformance/mocha works only in test files that Mocha runs, with its interface bdd or tdd');
  }
  const hook = (body: () => Promise<void>) =>
    function hooked(this: Context): Promise<void> {
      this.timeout(UNLIMITED);
      return body();
    };
  return {
    describe,
    test: (title, body) =>
      it(title, function tested(this: Context) {
        this.timeout(UNLIMITED);
        const skip = (reason: string): void => {
          // Mocha's skip takes no reason.
          if (this.test) this.test.title = `${title} (${reason})`;
          this.skip();
        };
        return body({ skip });
      }),
    skip: (title, reason) => it(`${title} (${reason})`),
    before: (body) => before(hook(body)),
    after: (body) => after(hook(body)),
  };
}

/**
 * Adds the suite to a Mocha file: a `describe` per area, a test per behaviour, and the gate.
 * @param given the options, or a function that returns them when the tests run; by default those of the environment and
 * the config file
 */
export function conformance(given?: ConformanceOptions | Provider, only?: readonly string[]): void {
  generic(runner(), given, only);
}
