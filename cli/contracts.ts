import { BEHAVIORS } from '../behaviors/catalog';
import type { ContractsFlags } from '../config/flags';
import { brokerSecrets, interactionsIn, publishResult, verifyContracts, type NamedPact } from '../contracts';
import { plain } from '../reporters/plain';
import { contractLines } from '../reporters/wording/contracts';
import { contractCounts, WORDS } from '../reporters/words';
import { stoppedText } from '../reporters/wording/stopped';
import { UsageError } from '../target/errors';
import { counts } from '../verdicts/gate';
import type { ContractResult } from '../verdicts/result';
import type { Stopped } from '../verdicts/stopped';
import { countedContracts, weighContracts } from '../verdicts/weigh-contracts';
import { embedded } from './embedded';
import { optionsFor } from './options';
import { say, print, sayMistakable } from './output';
import { jsonText } from '../common/printable';
import { brokerAccess, pactsNamed } from './pacts';

/**
 * `contracts`: verifies the own contract, or the pacts that are named.
 * @returns 1 where an interaction failed that the gate counts, 3 where one could not be run
 */
export async function contracts(flags: ContractsFlags, signal: AbortSignal): Promise<number> {
  const { options } = await optionsFor(flags, signal);
  const { access, settings, gate, allowUntested } = options;
  const reading = { provider: options.pactProvider, signal };
  const pacts = await pactsNamed(flags.pact, settings.timeoutMs, reading);
  if (flags.publishAs !== undefined && !pacts.some(({ resultsTo }) => resultsTo !== undefined)) {
    throw new UsageError('--publish-as needs a --pact that is the URL of a pact at a broker');
  }
  const mock = access ? undefined : await embedded();
  try {
    const to = access ?? mock?.access;
    if (!to) throw new Error('neither a target nor the mock');
    if (mock) say('No target named: verifying the embedded mock.\n');
    const counted = new Set(BEHAVIORS.filter(({ level }) => counts(level, gate)).map(({ id }) => id));
    sayMistakable(to.tokens);
    const secrets = brokerSecrets(process.env);
    const remark = (text: string): void => say(`${plain(text)}\n`);
    const verification = { ...settings, ...to, pacts, own: pacts.length === 0, secrets };
    let gone: string | undefined;
    const stopped = (stop: Stopped): void => {
      gone = stoppedText(stop);
    };
    const results = weighContracts(await verifyContracts(verification, { signal, stopped, remark }), counted);
    if (gone !== undefined) say(`invite-conformance: stopped: ${plain(gone)}\n`);
    print(flags.json === true ? `${jsonText(results, 2)}\n` : inWords(results));
    if (flags.publishAs !== undefined) await publish(pacts, results, flags.publishAs, settings.timeoutMs);
    const { failed, untested, environment } = countedContracts(results);
    if (failed > 0) return 1;
    if (environment > 0 || gone !== undefined) return 4;
    return untested > 0 && !allowUntested ? 3 : 0;
  } finally {
    await mock?.close();
  }
}

function inWords(results: readonly ContractResult[]): string {
  const lines = results.flatMap((one) => {
    const { interaction, result, behaviors } = one;
    return [
      `${WORDS[result].padEnd(14)} ${plain(interaction)}${notCounted(one)}`,
      ...contractLines(one).map((line) => `           ${plain(line)}`),
      ...(result === 'failed' && behaviors.length > 0 ? [`           about ${behaviors.join(', ')}`] : []),
    ];
  });
  return `${[...lines, contractCounts(results)].join('\n')}\n`;
}

/** Why a result that is not a pass closes no gate. */
function notCounted({ result, counted, pending }: ContractResult): string {
  if (result !== 'failed' && result !== 'untested') return '';
  if (pending === true) return ' (pending, not counted)';
  return result === 'failed' && counted === false ? ' (not counted at this gate)' : '';
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
    const interactions = interactionsIn({ ...pact, pending: false });
    const own = results.slice(from, from + interactions.length);
    from += own.length;
    if (pact.resultsTo === undefined) continue;
    if (own.length === 0 || own.some(({ result }) => result === 'untested')) {
      say(`Not published, as it could not be verified as a whole: ${plain(pact.where)}\n`);
      continue;
    }
    // The broker wants to know what came of a pact that it holds for pending; an interaction that its bot marks so is no failure.
    const success = own.every(({ result }, i) => result !== 'failed' || interactions[i]?.pending === true);
    await publishResult(pact, success, version, brokerAccess(timeoutMs));
    say(`Published as ${success ? 'verified' : 'failed'} by ${plain(version)}: ${plain(pact.where)}\n`);
  }
}
