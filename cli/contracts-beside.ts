import type { ContractSettings } from '../contracts';
import type { Flags, RunOptions } from '../config/settings';
import { EnvironmentError } from '../target/errors';
import type { ContractResult } from '../verdicts/result';

/** Whether a run verifies the contracts too: unless they or the other scenarios are left out. */
export function wantsContracts({ settings }: RunOptions, flags: Flags): boolean {
  return flags.contracts !== false && settings.selected === undefined;
}

/**
 * Verifies the contracts while something else runs, or after it where both need the same callback port or the same
 * prepared calls. Surroundings that fail the contracts alone leave them untested, and what else was seen is kept.
 */
export async function beside<T>(
  settings: ContractSettings,
  run: () => Promise<T>,
): Promise<{ ran: T; results: ContractResult[] }> {
  const shares = settings.callback.port !== 0 || 'static' in settings.provisioning;
  if (shares) {
    const ran = await run();
    return { ran, results: await verified(settings) };
  }
  const [ran, results] = await Promise.all([run(), verified(settings)]);
  return { ran, results };
}

async function verified(settings: ContractSettings): Promise<ContractResult[]> {
  const { interactionsIn, ownInteractions, verifyContracts } = await import('../contracts/index.js');
  try {
    return await verifyContracts(settings);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const all = [...ownInteractions(), ...(settings.pactFiles ?? []).flatMap(interactionsIn)];
    const mismatches = [`${error.layer}: ${error.message}`];
    return all.map(({ name, covers }) => ({ interaction: name, result: 'untested', behaviors: covers, mismatches }));
  }
}
