import { BEHAVIORS } from '../behaviors/catalog';
import { loadConfig } from '../config/load';
import { runOptions, type Flags } from '../config/settings';
import { interactionsIn, publishResult, verifyContracts, type NamedPact } from '../contracts';
import { plain } from '../reporters/plain';
import { contractCounts, WORDS } from '../reporters/words';
import { SCENARIOS } from '../suites/scenarios';
import { UsageError } from '../target/errors';
import { counts } from '../verdicts/gate';
import type { ContractResult } from '../verdicts/result';
import { countedContracts, weighContracts } from '../verdicts/weigh-contracts';
import { embedded } from './embedded';
import { say } from './output';
import { brokerAccess, pactsNamed } from './pacts';

/**
 * `contracts`: verifies the own contract, or the pacts that are named.
 * @returns 1 where an interaction failed that the gate counts, 3 where one could not be run
 */
export async function contracts(
  flags: Flags & { json?: boolean; publishAs?: string },
  signal: AbortSignal,
): Promise<number> {
  const options = await runOptions(
    await loadConfig(flags.config, process.cwd(), signal),
    flags,
    process.env,
    SCENARIOS,
    signal,
  );
  const { access, settings, gate, allowUntested } = options;
  const pacts = await pactsNamed(flags.pact, settings.timeoutMs, signal);
  if (flags.publishAs !== undefined && !pacts.some(({ resultsTo }) => resultsTo !== undefined)) {
    throw new UsageError('--publish-as needs a --pact that is the URL of a pact at a broker');
  }
  const mock = access ? undefined : await embedded();
  try {
    const to = access ?? mock?.access;
    if (!to) throw new Error('neither a target nor the mock');
    if (mock) say('No target named: verifying the embedded mock.\n');
    const counted = new Set(BEHAVIORS.filter(({ level }) => counts(level, gate)).map(({ id }) => id));
    const found = await verifyContracts({ ...settings, ...to, pacts, own: pacts.length === 0 }, { signal });
    const results = weighContracts(found, counted);
    process.stdout.write(flags.json === true ? `${JSON.stringify(results, null, 2)}\n` : inWords(results));
    if (flags.publishAs !== undefined) await publish(pacts, results, flags.publishAs, settings.timeoutMs);
    const { failed, untested } = countedContracts(results);
    if (failed > 0) return 1;
    return untested > 0 && !allowUntested ? 3 : 0;
  } finally {
    await mock?.close();
  }
}

function inWords(results: readonly ContractResult[]): string {
  const lines = results.flatMap(({ interaction, result, behaviors, mismatches, counted }) => [
    `${WORDS[result].padEnd(14)} ${plain(interaction)}${counted === false && result === 'failed' ? ' (not counted at this gate)' : ''}`,
    ...mismatches.map((mismatch) => `           ${plain(mismatch)}`),
    ...(result === 'failed' && behaviors.length > 0 ? [`           touches ${behaviors.join(', ')}`] : []),
  ]);
  return `${[...lines, contractCounts(results)].join('\n')}\n`;
}

/** Tells the broker of each pact that was verified as a whole: of one that was not, nothing is known. */
async function publish(
  pacts: readonly NamedPact[],
  results: readonly ContractResult[],
  version: string,
  timeoutMs: number,
): Promise<void> {
  let from = 0;
  for (const pact of pacts) {
    const own = results.slice(from, from + interactionsIn(pact).length);
    from += own.length;
    if (pact.resultsTo === undefined) continue;
    if (own.length === 0 || own.some(({ result }) => result === 'untested')) {
      say(`Not published, as it could not be verified as a whole: ${plain(pact.where)}\n`);
      continue;
    }
    const success = own.every(({ result }) => result !== 'failed');
    await publishResult(pact, success, version, brokerAccess(timeoutMs));
    say(`Published as ${success ? 'verified' : 'failed'} by ${plain(version)}: ${plain(pact.where)}\n`);
  }
}
