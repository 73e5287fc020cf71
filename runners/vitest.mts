import * as vitest from 'vitest';
import { conformance as generic } from './conformance.js';
import { MAX_TIMER_MS, type ConformanceOptions, type Provider } from './timed-run.js';
import type { Runner } from './runner.js';

export type { ConformanceOptions, Provided, Provider } from './timed-run.js';

/** Uses real timers during a run: nothing advances fake ones, and the run would wait forever. */
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
    vitest.test(title, (t) => inRealTime(() => body({ skip: (reason) => t.skip(reason) })), MAX_TIMER_MS),
  skip: (title, reason) => skipped(`${title} (${reason})`),
  before: (body) => vitest.beforeAll(() => inRealTime(body), MAX_TIMER_MS),
  after: (body) => vitest.afterAll(() => inRealTime(body), MAX_TIMER_MS),
};

/**
 * Adds the suite to a Vitest file: a `describe` per area, a `test` per behaviour, and the gate.
 * @param given the options, or a function that returns them when the tests run; by default those of the environment and
 * the config file
 */
export function conformance(given?: ConformanceOptions | Provider, only?: readonly string[]): void {
  generic(RUNNER, given, only);
}
