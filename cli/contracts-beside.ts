import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readYaml } from '../config/load';
import type { ContractSettings } from '../contracts';
import type { History } from '../history/events';
import { list, text } from '../history/values';
import { writeReport } from '../reporters/write';
import type { Flags, RunOptions } from '../config/settings';
import { EnvironmentError, UsageError } from '../target/errors';
import type { ContractResult } from '../verdicts/result';

/** Whether a run verifies the contracts too: unless they or the other scenarios are left out. */
export function wantsContracts({ settings }: RunOptions, flags: Flags): boolean {
  return flags.contracts !== false && settings.selected === undefined;
}

/**
 * Verifies the contracts while a run is conducted, or after it where both need the same callback port or the same
 * prepared calls. Surroundings that fail the contracts alone leave them untested, and what else was seen is kept.
 * @returns the run's history, and a result an interaction; none where the run was interrupted, which waits for nothing
 */
export async function beside(
  settings: ContractSettings,
  run: () => Promise<History>,
): Promise<{ history: History; contracts: ContractResult[] }> {
  const shares = settings.callback.port !== 0 || 'static' in settings.provisioning;
  const early = shares ? undefined : verified(settings);
  // A fault of the verification's is told when it is awaited, not while the run goes on.
  early?.catch(() => undefined);
  const history = await run();
  const interrupted = history.events.some((event) => event.kind === 'end' && event.interrupted);
  return { history, contracts: interrupted ? [] : await (early ?? verified(settings)) };
}

/** The name of the file in the run's folder that keeps the contracts' results, for judging again. */
const FILE = 'contracts.json';

/** Keeps the contracts' results beside the history. */
export function keepContracts(folder: string, contracts: readonly ContractResult[]): void {
  writeReport(join(folder, FILE), `${JSON.stringify(contracts, null, 2)}\n`);
}

/**
 * The contracts' results that were kept with a run; none where it verified none.
 * @throws UsageError where the file is damaged
 */
export function keptContracts(folder: string): ContractResult[] {
  const file = join(folder, FILE);
  if (!existsSync(file)) return [];
  const kept = readYaml(file, 'contracts');
  const isOne = (one: unknown): one is ContractResult =>
    text(one, 'interaction') !== undefined &&
    ['passed', 'failed', 'untested', 'notApplicable'].includes(text(one, 'result') ?? '') &&
    list(one, 'behaviors') !== undefined &&
    list(one, 'mismatches') !== undefined;
  if (Array.isArray(kept) && kept.every(isOne)) return kept;
  throw new UsageError(`${file} does not hold the results of contracts`);
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
