import type { Access } from '../config/run-options';
import type { MockEdition } from '../mock';

/** The number of the page's PSTN example: dialled in the embedded mock alone, where no phone rings. */
export const MOCK_PHONE = '+12345678901';

/**
 * The embedded default: a mock in this process, and the way into it.
 * @throws Error for an unknown fault or variant
 */
export async function embeddedMock(
  options: {
    edition?: MockEdition | undefined;
    faults?: readonly string[];
    variants?: readonly string[];
    latencyMs?: number;
  } = {},
): Promise<{ access: Access; close: () => Promise<void> }> {
  const { edition, ...rest } = options;
  const { startMock } = require('../mock') as typeof import('../mock');
  const mock = await startMock({ ...rest, ...(edition === undefined ? {} : { edition }), record: false });
  const access: Access = {
    target: mock.url,
    tokens: mock.tokens,
    provisioning: { states: mock.states },
    invitees: { phone: MOCK_PHONE },
    allowPstn: true,
    disposable: true,
  };
  return { access, close: () => mock.close() };
}
