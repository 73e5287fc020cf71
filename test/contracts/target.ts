import { startMock, type Mock, type MockOptions } from '../../mock';
import { DEFAULTS } from '../../schemas/options';
import type { RunOptions } from '../../schemas/run-options';
import type { TargetOptions } from '../../target/session';

type VerifyingOptions = TargetOptions & Pick<RunOptions, 'capabilities'>;

/** The options to verify a mock's contracts. */
export function optionsFor(
  mock: Pick<Mock, 'url' | 'states' | 'tokens'>,
  more: Partial<VerifyingOptions> = {},
): VerifyingOptions {
  return {
    ...DEFAULTS,
    target: mock.url,
    tokens: { ...mock.tokens },
    provisioning: { states: mock.states },
    invitees: { phone: '+12345678901' },
    allowPstn: true,
    ...more,
  };
}

/** Runs a function with a mock, and closes the mock. */
export async function withMock<T>(options: MockOptions, run: (mock: Mock) => Promise<T>): Promise<T> {
  const mock = await startMock(options);
  try {
    return await run(mock);
  } finally {
    await mock.close();
  }
}
