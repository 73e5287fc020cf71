import * as vitest from 'vitest';
import { conformance as generic } from './conformance.js';
import { LONGEST, type ConformanceOptions, type Provider } from './run.js';
import type { Runner } from './runner.js';

export type { ConformanceOptions, Provided, Provider } from './run.js';

/** Real timers while a run is made: nobody advances fake ones, and it would wait for ever. */
async function inRealTime(body: () => Promise<void>): Promise<void> {
  const faked = vitest.vi.isFakeTimers();
  if (faked) vitest.vi.useRealTimers();
  try {
    await body();
  } finally {
    if (faked) vitest.vi.useFakeTimers();
  }
}

const { skip: skipped } = vitest.test;

const RUNNER: Runner = {
  describe: (title, body) => vitest.describe(title, body),
  test: (title, body) =>
    vitest.test(title, (t) => inRealTime(() => body({ skip: (reason) => t.skip(reason) })), LONGEST),
  skip: (title, reason) => skipped(`${title} (${reason})`),
  before: (body) => vitest.beforeAll(() => inRealTime(body), LONGEST),
  after: (body) => vitest.afterAll(() => inRealTime(body), LONGEST),
};

/**
 * Puts the suite into a Vitest file: a `describe` an area, a `test` a behaviour, and the gate.
 * @param given the options, or a function that gives them when the tests run; absent: those of the environment and the config file
 */
export function conformance(given?: ConformanceOptions | Provider, only?: readonly string[]): void {
  generic(RUNNER, given, only);
}
