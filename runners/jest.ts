import { conformance as generic } from './conformance';
import { MAX_TIMER_MS, type ConformanceOptions, type Provider } from './timed-run';
import type { Runner } from './runner';

export type { ConformanceOptions, Provided, Provider } from './timed-run';

/** What is used of Jest; also of what has the same globals, as Vitest with --globals. */
interface Api {
  describe: (title: string, body: () => void) => void;
  test: ((title: string, body: () => Promise<void>, timeout?: number) => void) & {
    skip: (title: string, body: () => void) => void;
  };
  beforeAll: (body: () => Promise<void>, timeout?: number) => void;
  afterAll: (body: () => Promise<void>, timeout?: number) => void;
  jest?: { useRealTimers: () => void; useFakeTimers: () => void };
}

/** Jest gives its API by this name in any module of a test file, whether its globals are injected or not. */
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
 * Gives back the real timers where Jest's configuration fakes them: nobody advances them, and a run would wait for ever.
 * @returns puts the fake ones in their place again
 */
function realTimers({ jest }: Api): () => void {
  // Modern ones carry their clock; legacy ones are mock functions.
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
  // Jest fails every test of a group whose hook failed, each with the whole error: here one test has it.
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
 * Puts the suite into a Jest file: a `describe` an area, a `test` a behaviour, and the gate. Jest can't skip a test that has
 * begun: what could not be tried fails its own test beside the gate's, and what options rule out that a function gives has a
 * test that passes.
 * @param given the options, or a function that gives them when the tests run; absent: those of the environment and the config file
 */
export function conformance(given?: ConformanceOptions | Provider, only?: readonly string[]): void {
  generic(runner(), given, only);
}

/**
 * Puts scenarios into a Jest file, against what environment and config file name or the embedded mock. Where
 * `INVITE_RESULTS` names a folder, the file's result is kept there by the scenarios' names, for `merge`.
 * @param scenarios their names; default all
 */
export function configuredConformance(scenarios?: readonly string[]): void {
  conformance(undefined, scenarios);
}
