import {
  Budget,
  brokerAuthorization,
  brokerSecrets,
  checkPacts,
  contractAttempts,
  fetchPacts,
  interactionsToVerify,
  readPacts,
  type BrokerAccess,
  type NamedPact,
} from '../contracts';
import type { Flags, RunOptions } from '../config/run-options';
import { redactor } from '../history/redact';
import type { Contracts } from '../suites/scenario';
import { EnvironmentError, UsageError } from '../target/errors';

/** How to get into a broker. */
export function brokerAccess(timeoutMs: number): BrokerAccess {
  const authorization = brokerAuthorization(process.env);
  return { timeoutMs, ...(authorization === undefined ? {} : { authorization }) };
}

/** How pacts are read. */
interface PactReading {
  /** The name by which this service goes in them. */
  provider?: string | undefined;
  /** Ends the reading early. */
  signal?: AbortSignal | undefined;
}

/**
 * The pacts that --pact names: files, folders, or what URLs lead to at a broker. One is read after the other, as they
 * share what may be read in all.
 * @throws UsageError, EnvironmentError for what can't be read, or is for another service
 */
export async function readNamedPacts(
  addresses: readonly string[] = [],
  timeoutMs: number,
  { provider, signal }: PactReading = {},
): Promise<NamedPact[]> {
  const hide = redactor(brokerSecrets(process.env));
  try {
    const pacts = await readFrom(addresses, timeoutMs, { provider, signal });
    checkPacts(pacts, provider);
    return pacts.map((pact) => ({ ...pact, where: hide(pact.where) }));
  } catch (error) {
    // What a broker says may repeat what it was asked with.
    if (error instanceof UsageError) throw new UsageError(hide(error.message));
    if (error instanceof EnvironmentError) throw new EnvironmentError(error.layer, hide(error.message), error.advice);
    throw error;
  }
}

async function readFrom(
  addresses: readonly string[],
  timeoutMs: number,
  { provider, signal }: PactReading,
): Promise<NamedPact[]> {
  const access = brokerAccess(timeoutMs);
  const budget = new Budget();
  const pacts: NamedPact[] = [];
  for (const address of addresses) {
    const isUrl = /^https?:\/\//i.test(address);
    const read = isUrl ? fetchPacts(address, access, provider, budget) : readPacts(address, budget, signal);
    pacts.push(...(await read));
  }
  return pacts;
}

/**
 * The contracts of a run: the project's own, and those of other bots.
 * @param own whether the project's own is verified
 * @param pacts of other bots, as they were read
 */
export function contractsOf(options: RunOptions, own: boolean, pacts: readonly NamedPact[]): Contracts {
  const { capabilities, timeoutMs, edition } = options.settings;
  const secrets = brokerSecrets(process.env);
  return contractAttempts(interactionsToVerify(pacts, own, edition), { capabilities, timeoutMs, secrets });
}

/**
 * The contracts that a run verifies beside its scenarios: our own, and those of the pacts that are named.
 * @throws UsageError, EnvironmentError as `readNamedPacts` does
 */
export async function contractsForRun(
  options: RunOptions,
  flags: Pick<Flags, 'pact'>,
  signal?: AbortSignal,
): Promise<Contracts> {
  const reading = { provider: options.pactProvider, signal };
  return contractsOf(options, true, await readNamedPacts(flags.pact, options.settings.timeoutMs, reading));
}
