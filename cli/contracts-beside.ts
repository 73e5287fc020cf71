import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './result-file';
import type { ContractSettings, NamedPact } from '../contracts';
import type { History } from '../history/events';
import { writeReport } from '../reporters/write';
import type { Flags, RunOptions } from '../config/settings';
import { faultIn } from '../schemas/records';
import { EnvironmentError, Interrupted, UsageError } from '../target/errors';
import { Phone } from '../target/phone';
import { jsonText } from '../common/printable';
import { currentContract, type ContractReason, type ContractResult } from '../verdicts/contract-result';

/** Whether a run verifies the contracts too: unless they, or other scenarios and no pact of another bot, are left out. */
export function wantsContracts({ settings }: RunOptions, flags: Flags): boolean {
  return (
    flags.contracts !== false && ((settings.selected ?? settings.behaviors) === undefined || flags.pact !== undefined)
  );
}

/** The pacts of other bots that a run verifies too; Pact's client is loaded only where some are named. */
export async function otherPacts({ pact = [] }: Flags, options: RunOptions, signal: AbortSignal): Promise<NamedPact[]> {
  if (pact.length === 0) return [];
  const { pactsNamed } = await import('./pacts.js');
  return pactsNamed(pact, options.settings.timeoutMs, { provider: options.pactProvider, signal });
}

/**
 * Verifies the contracts while a run is conducted, or after it where both need the same callback port or the same
 * prepared calls. Where the environment fails the contracts alone, they are untested, and what else was seen is kept.
 * @param run conducts the run; it is interrupted by the same signal
 * @returns the run's history, a result an interaction, and what is worth knowing of them; no result where the run was
 *   interrupted, which waits for nothing
 */
export async function beside(
  settings: ContractSettings,
  run: () => Promise<History>,
  signal: AbortSignal,
): Promise<{ history: History; contracts: ContractResult[]; interrupted: boolean; remarks: string[] }> {
  const remarks: string[] = [];
  const remark = (said: string): void => void remarks.push(said);
  const shares = settings.callback.port !== 0 || 'static' in settings.provisioning;
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const early = shares ? undefined : verified(settings, either, remark);
  // A fault of the verification's is told when it is awaited, not while the run goes on.
  early?.catch(() => undefined);
  try {
    const history = await run();
    const cutOff = history.events.some((event) => event.kind === 'end' && event.interrupted);
    const seen = await (early ?? verified(leftBy(history, settings), either, remark));
    const stopped = history.events.find((event) => event.kind === 'stopped');
    // Of a target that was gone in mid-run: a failure may have come of that alone.
    const contracts = stopped ? seen.map(failedWithTheTarget) : seen;
    const interrupted = cutOff || contracts.some(wasInterrupted);
    return { history, contracts: cutOff ? [] : contracts, interrupted, remarks };
  } catch (error) {
    // Without a run nobody asks for the contracts; what they provisioned is given back all the same.
    failed.abort();
    await early?.catch(() => undefined);
    throw error;
  }
}

function failedWithTheTarget(one: ContractResult): ContractResult {
  return one.result === 'failed' ? { ...one, result: 'untested', mismatches: [], reason: { why: 'stopped' } } : one;
}

/** What a run has left of what was prepared by hand: whom it invited is in the call, and the call that it replaced is over. */
function leftBy(history: History, settings: ContractSettings): ContractSettings {
  const { provisioning, invitees } = settings;
  if (!('static' in provisioning)) return settings;
  const { peerToPeerCall, ...calls } = provisioning.static;
  const { invited, called } = usedIn(history);
  const users = (invitees.users ?? []).filter((id) => !invited.has(id));
  const peers = [peerToPeerCall ?? []].flat().filter(({ callId }) => !called.has(callId));
  const { phone } = invitees;
  const spent = phone !== undefined && invited.has(phone);
  return {
    ...settings,
    provisioning: { static: { ...calls, peerToPeerCall: peers } },
    invitees: { ...invitees, users },
    ...(spent ? { phone: new Phone(phone, 0, true) } : {}),
  };
}

function usedIn({ events }: History): { invited: Set<string>; called: Set<string> } {
  const named = events.flatMap((event) => (event.kind === 'invitation' ? [...event.invitees, ...event.ignored] : []));
  const calls = events.flatMap((event) =>
    event.kind === 'call' && event.shape === 'peerToPeer' ? [event.callId] : [],
  );
  return { invited: new Set(named.map(({ id }) => id)), called: new Set(calls) };
}

/** The name of the file in the run's folder that keeps the contracts' results, for judging again. */
export const CONTRACTS_FILE = 'contracts.json';

/** Keeps the contracts' results beside the history. */
export function keepContracts(folder: string, contracts: readonly ContractResult[]): void {
  writeReport(join(folder, CONTRACTS_FILE), `${jsonText(contracts, 2)}\n`);
}

/**
 * The contracts' results that were kept with a run; none where it verified none.
 * @throws UsageError where the file is damaged
 */
export async function keptContracts(folder: string): Promise<ContractResult[]> {
  const file = join(folder, CONTRACTS_FILE);
  if (!existsSync(file)) return [];
  const kept = await readJson(file, 'contracts');
  const results: unknown = Array.isArray(kept) ? kept.map(currentContract) : kept;
  const fault = faultIn('contractResults', results);
  if (fault === undefined) return results as ContractResult[];
  throw new UsageError(`${file} does not hold the results of contracts: ${fault.text}`);
}

function wasInterrupted({ reason }: ContractResult): boolean {
  return reason?.why === 'interrupted';
}

async function verified(
  settings: ContractSettings,
  signal: AbortSignal,
  remark: (text: string) => void,
): Promise<ContractResult[]> {
  const { brokerSecrets, interactionsToVerify, verifyContracts } = await import('../contracts/index.js');
  try {
    return await verifyContracts({ ...settings, secrets: brokerSecrets(process.env) }, { signal, remark });
  } catch (error) {
    if (!(error instanceof EnvironmentError || error instanceof Interrupted)) throw error;
    const reason = reasonOf(error);
    return interactionsToVerify(settings.pacts ?? [], true).map(({ name, consumer, covers, pending }) => ({
      interaction: name,
      ...(consumer === undefined ? {} : { consumer }),
      result: 'untested',
      behaviors: covers,
      mismatches: [],
      reason,
      ...(pending ? { pending } : {}),
      ...(reason.why === 'environment' ? { environment: true } : {}),
    }));
  }
}

function reasonOf(error: EnvironmentError | Interrupted): ContractReason {
  if (error instanceof Interrupted) return { why: 'interrupted' };
  const { layer, message: missing, advice } = error;
  return { why: 'environment', layer, missing, advice };
}
