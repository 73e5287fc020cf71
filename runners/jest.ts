import { conformance as generic } from './conformance';
import { MAX_TIMER_MS, type ConformanceOptions, type Provider } from './timed-run';
import type { Runner } from './runner';

export type { ConformanceOptions, Provided, Provider } from './timed-run';

/** The part of Jest's API that is used; also that of compatible globals, such as Vitest with --globals. */
interface Api {
  describe: (title: string, body: () => void) => void;
  test: ((title: string, body: () => Promise<void>, timeout?: number) => void) & {
    skip: (title: string, body: () => void) => void;
  };
  beforeAll: (body: () => Promise<void>, timeout?: number) => void;
  afterAll: (body: () => Promise<void>, timeout?: number) => void;
  jest?: { useRealTimers: () => void; useFakeTimers: () => void };
}

/** Jest's API, which every module of a test file can require by this name, even if the globals are not injected. */
function api(): Api {
  try {
    return require('@jest/globals') as Api;
  } catch (error) {
    const globals = globalThis as unknown as Partial<Api>;
    if (globals.describe && globals.test && globals.beforeAll && globals.afterAll) return globals as Api;
    throw new Error('invite-conformance/jest works only in test files that Jest runs', { cause: error });
  }
}

/**
 * Restores the real timers if Jest's configuration fakes them: nothing advances them, and a run would wait forever.
 * @returns a function that restores the fake ones
 */
function realTimers({ jest }: Api): () => void {
  // Modern fake timers have a clock; legacy ones are mock functions.
  if (!jest || !('clock' in globalThis.setTimeout || '_isMockFunction' in globalThis.setTimeout))
    return () => undefined;
  jest.useRealTimers();
  return () => jest.useFakeTimers();
}

function runner(): Runner {
  const jest = api();
  const timed = (body: () => Promise<void>) => async (): Promise<void> => {
    const fakeAgain = realTimers(jest);
    try {
      await body();
    } finally {
      fakeAgain();
    }
  };
  // Jest fails every test of a group whose hook failed, each with the whole error; here only one test shows it.
  let failure: { error: unknown; shownBy?: string } | undefined;
  const tested = async (title: string, body: () => Promise<void>): Promise<void> => {
    if (!failure) return body();
    failure.shownBy ??= title;
    throw failure.shownBy === title ? failure.error : new Error('no run could be made: the first failed test says why');
  };
  const prepared = async (body: () => Promise<void>): Promise<void> => {
    await body().catch((error: unknown) => (failure = { error }));
  };
  return {
    describe: jest.describe,
    test: (title, body) =>
      jest.test(
        title,
        timed(() => tested(title, () => body({}))),
        MAX_TIMER_MS,
      ),
    skip: (title, reason) => jest.test.skip(`${title} (${reason})`, () => undefined),
    before: (body) =>
      jest.beforeAll(
        timed(() => prepared(body)),
        MAX_TIMER_MS,
      ),
    after: (body) => jest.afterAll(timed(body), MAX_TIMER_MS),
  };
}

/**
 * Adds the suite to a Jest file: a `describe` per area, a `test` per behaviour, and the gate. Jest can't skip a running
 * test: an untested behaviour fails its own test and the gate's, and a behaviour that the options of a function exclude
 * has a passing test.
 * @param given the options, or a function that returns them when the tests run; by default those of the environment and
 * the config file
 */
export function conformance(given?: ConformanceOptions | Provider, only?: readonly string[]): void {
  generic(runner(), given, only);
}

/**
 * Adds scenarios to a Jest file, against the target in the environment and config file, or the embedded mock. If
 * `INVITE_RESULTS` names a folder, the file's result is written there, named by the scenarios, for `merge`.
 * @param scenarios their names; by default all
 */
export function configuredConformance(scenarios?: readonly string[]): void {
  conformance(undefined, scenarios);
}
