import { startMock, type Mock, type MockOptions } from '../../mock';
import type { ContractSettings } from '../../contracts';

/** Settings by which a mock's contracts are verified. */
export function settingsFor(
  mock: Pick<Mock, 'url' | 'states' | 'tokens'>,
  more: Partial<ContractSettings> = {},
): ContractSettings {
  return {
    target: mock.url,
    tokens: { ...mock.tokens },
    provisioning: { states: mock.states },
    callback: { host: '127.0.0.1', port: 0 },
    invitees: { phone: '+12345678901' },
    capabilities: { pstn: true, replace: true, multiple: true, failure: true },
    timeoutMs: 10_000,
    concurrency: 32,
    allowPstn: true,
    ...more,
  };
}

/** Runs something against a mock, and ends the mock. */
export async function withMock<T>(options: MockOptions, run: (mock: Mock) => Promise<T>): Promise<T> {
  const mock = await startMock(options);
  try {
    return await run(mock);
  } finally {
    await mock.close();
  }
}
