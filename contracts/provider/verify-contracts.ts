import type { RunSettings } from '../../suites/record-run';
import { recordRun } from '../../suites/record-run';
import { contractsIn, type ContractResult } from '../../verdicts/contract-result';
import { contractAttempts, type ContractOptions } from './contract-attempts';
import { interactionsToVerify, type NamedPact } from './pact-file';

/** What verifying contracts depends on. */
export type ContractSettings = Omit<RunSettings, 'quietMs' | 'scenarios' | 'selected' | 'contracts'> & {
  /** Pacts of other bots. */
  pacts?: readonly NamedPact[];
  /** Whether the project's own contract is verified; default true. */
  own?: boolean;
};

export type ContractHooks = Omit<ContractOptions, 'capabilities' | 'timeoutMs'> & {
  /** Ends the verification early. */
  signal?: AbortSignal;
};

/**
 * Verifies the project's own contract, and those of other bots that are named, against a target: a run of their attempts
 * alone.
 * @returns one result an interaction, in the contracts' order: each interaction is there, and passed only where the
 *   Verifier said so
 * @throws EnvironmentError where the target or the callback listener can't be reached, or nothing can be provisioned
 * @throws UsageError for a pact that holds nothing, or too much
 * @throws Interrupted where it was ended before anything could be verified
 */
export async function verifyContracts(
  { pacts = [], own = true, ...settings }: ContractSettings,
  { signal, ...hooks }: ContractHooks = {},
): Promise<ContractResult[]> {
  const { capabilities, timeoutMs } = settings;
  const contracts = contractAttempts(interactionsToVerify(pacts, own, settings.edition), {
    ...hooks,
    capabilities,
    timeoutMs,
  });
  const run = { ...settings, quietMs: 0, scenarios: [], contracts };
  return contractsIn(await recordRun(run, signal ? { signal } : {}));
}
