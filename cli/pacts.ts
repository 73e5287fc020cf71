import { brokerAuthorization, fetchPacts, readPact, type BrokerAccess, type NamedPact } from '../contracts';

/** How to get into a broker. */
export function brokerAccess(timeoutMs: number): BrokerAccess {
  const authorization = brokerAuthorization(process.env);
  return { timeoutMs, ...(authorization === undefined ? {} : { authorization }) };
}

/**
 * The pacts that --pact names: files, or what URLs lead to at a broker.
 * @throws UsageError, EnvironmentError for what can't be read
 */
export async function pactsNamed(
  addresses: readonly string[] = [],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<NamedPact[]> {
  const access = brokerAccess(timeoutMs);
  const read = addresses.map(async (address) =>
    /^https?:\/\//i.test(address) ? await fetchPacts(address, access) : [await readPact(address, signal)],
  );
  return (await Promise.all(read)).flat();
}
