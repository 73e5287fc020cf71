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
import { redactor } from '../history/redact';
import type { RunOptions } from '../schemas/run-options';
import type { Contracts } from '../suites/scenario';
import { EnvironmentError, UsageError } from '../target/errors';

/** The access to a broker, from the environment. */
export function brokerAccess(timeoutMs: number): BrokerAccess {
  const authorization = brokerAuthorization(process.env);
  return { timeoutMs, ...(authorization === undefined ? {} : { authorization }) };
}

/** The options that select the pacts of other bots, and the provider name of this service in them. */
type PactOptions = Pick<RunOptions, 'pacts' | 'pactProvider' | 'timeoutMs'>;

/**
 * Reads the pacts of --pact: files, folders, or URLs at a broker. They are read one after the other, because they share
 * a size limit.
 * @param signal ends the reading early
 * @throws UsageError, EnvironmentError for a pact that can't be read, or is for another service
 */
export async function readNamedPacts(options: PactOptions, signal?: AbortSignal): Promise<NamedPact[]> {
  const hide = redactor(brokerSecrets(process.env));
  try {
    const pacts = await readFrom(options, signal);
    checkPacts(pacts, options.pactProvider);
    return pacts.map((pact) => ({ ...pact, where: hide(pact.where) }));
  } catch (error) {
    // A broker's message may repeat credentials.
    if (error instanceof UsageError) throw new UsageError(hide(error.message));
    if (error instanceof EnvironmentError) throw new EnvironmentError(error.layer, hide(error.message), error.advice);
    throw error;
  }
}

async function readFrom(
  { pacts: addresses, pactProvider, timeoutMs }: PactOptions,
  signal: AbortSignal | undefined,
): Promise<NamedPact[]> {
  const access = brokerAccess(timeoutMs);
  const budget = new Budget();
  const pacts: NamedPact[] = [];
  for (const address of addresses) {
    const isUrl = /^https?:\/\//i.test(address);
    const read = isUrl ? fetchPacts(address, access, pactProvider, budget) : readPacts(address, budget, signal);
    pacts.push(...(await read));
  }
  return pacts;
}

/**
 * The contracts of a run: the project's own, and those of other bots.
 * @param own whether to verify the project's own
 * @param pacts the pacts of other bots
 */
export function contractsOf(
  options: Pick<RunOptions, 'capabilities' | 'timeoutMs' | 'edition'>,
  own: boolean,
  pacts: readonly NamedPact[],
): Contracts {
  const interactions = interactionsToVerify(pacts, own, options.edition);
  return contractAttempts(interactions, options, { secrets: brokerSecrets(process.env) });
}

/**
 * The contracts that a run verifies in addition to its scenarios: the project's own, and those of the given pacts.
 * @throws UsageError, EnvironmentError as `readNamedPacts` does
 */
export async function contractsForRun(
  options: Pick<RunOptions, 'capabilities' | 'edition'> & PactOptions,
  signal?: AbortSignal,
): Promise<Contracts> {
  return contractsOf(options, true, await readNamedPacts(options, signal));
}
