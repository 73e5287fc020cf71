import type { ResolvedOptions } from '../config/run-options';
import type { MockEdition } from '../mock';
import type { MockGivenOptions, RunOptions } from '../schemas/run-options';

/** The number of the page's PSTN example: it is dialled only in the embedded mock, where no phone rings. */
export const MOCK_PHONE = '+12345678901';

/**
 * Starts a mock in this process.
 * @returns the options for it, and a function that stops it
 * @throws Error for an unknown fault or variant
 */
export async function embeddedMock(
  options: {
    edition?: MockEdition | undefined;
    faults?: readonly string[];
    variants?: readonly string[];
    latencyMs?: number;
  } = {},
): Promise<{ access: MockGivenOptions; close: () => Promise<void> }> {
  const { edition, ...rest } = options;
  const { startMock } = require('../mock') as typeof import('../mock');
  const mock = await startMock({ ...rest, ...(edition === undefined ? {} : { edition }), record: false });
  const access: MockGivenOptions = {
    target: mock.url,
    tokens: mock.tokens,
    provisioning: { states: mock.states },
    invitees: { phone: MOCK_PHONE },
    allowPstn: true,
  };
  return { access, close: () => mock.close() };
}

/** The options of a run with its target, and a function that stops a target that was started for the run. */
export interface OptionsWithTarget {
  options: RunOptions;
  /** Whether the target ends with the run. */
  disposable: boolean;
  close: () => Promise<void>;
}

/** Starts the embedded mock if no target is named. */
export async function withTarget(options: ResolvedOptions): Promise<OptionsWithTarget> {
  if (options.target !== undefined) return { options, disposable: false, close: async () => undefined };
  const { access, close } = await embeddedMock({ edition: options.edition });
  return { options: { ...options, ...access }, disposable: true, close };
}
