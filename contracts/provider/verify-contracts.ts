import type { RunOptions } from '../../schemas/run-options';
import { recordRun } from '../../suites/record-run';
import type { TargetOptions } from '../../target/session';
import { contractsIn, type ContractResult } from '../../verdicts/contract-result';
import { contractAttempts, type ContractHooks } from './contract-attempts';
import { interactionsToVerify, type NamedPact } from './pact-file';

/** The contracts to verify, and what the verification needs. */
export interface VerifyContractsContext extends ContractHooks {
  /** Pacts of other bots. */
  pacts?: readonly NamedPact[];
  /** Whether the project's own contract is verified; default true. */
  own?: boolean;
  /** Whether the target ends with the verification, so that nothing must be released. */
  disposable?: boolean;
  /** Ends the verification early. */
  signal?: AbortSignal;
}

/**
 * Verifies the project's own contract, and the given ones of other bots, against a target, in a run with only their
 * attempts.
 * @returns one result per interaction, in the contracts' order; passed only if the Verifier said so
 * @throws EnvironmentError if the target or the callback listener can't be reached, or nothing can be provisioned
 * @throws UsageError for a pact that contains nothing, or too much
 * @throws Interrupted if it was ended before anything could be verified
 */
export async function verifyContracts(
  options: TargetOptions & Pick<RunOptions, 'capabilities'>,
  { pacts = [], own = true, disposable = false, signal, ...hooks }: VerifyContractsContext = {},
): Promise<ContractResult[]> {
  const contracts = contractAttempts(interactionsToVerify(pacts, own, options.edition), options, hooks);
  return contractsIn(await recordRun({ ...options, quietMs: 0 }, { contracts, scenarios: [], disposable, signal }));
}
