import type { ContractsFlags } from '../config/flags';
import { interactionsIn, publishResult, type NamedPact } from '../contracts';
import { plain } from '../reporters/plain';
import { contractLines } from '../reporters/wording/contract-text';
import { contractCounts, VERDICT_WORDS } from '../reporters/verdict-words';
import { stoppedText } from '../reporters/wording/stopped-text';
import { EnvironmentError, UsageError, type Layer } from '../target/errors';
import type { ContractResult } from '../verdicts/result';
import { optionsFor } from './options';
import { printMessage, printOutput, reportError, withReportFaults } from './output';
import { jsonText } from '../common/printable';
import { brokerAccess, contractsOf, readNamedPacts } from '../api/pacts';
import { PhaseTimes } from './phase-times';
import { checkMachine, judgeRun, reportRun } from './run';

/**
 * `contracts`: a run that verifies only contracts: its own, or the named pacts. It writes the requested reports, or by
 * default a list of the interactions.
 * @returns the exit code
 */
export async function contracts(flags: ContractsFlags, signal: AbortSignal): Promise<number> {
  const { options: all } = await optionsFor(flags, signal);
  const { report = [], json = false, publishAs } = flags;
  const options = { ...all, scenarios: [], waivers: [], reports: report };
  const pacts = await readNamedPacts(options, signal);
  if (publishAs !== undefined && !pacts.some(({ resultsTo }) => resultsTo !== undefined)) {
    throw new UsageError('--publish-as needs --pact with the URL of a pact at a broker');
  }
  checkMachine(options);
  const verified = contractsOf(options, pacts.length === 0, pacts);
  const judged = await judgeRun(options, verified, new PhaseTimes(), signal);
  const { stopped, contracts: results, exitCode } = judged.result;
  if (stopped) printMessage(`invite-conformance: stopped: ${plain(stoppedText(stopped))}\n`);
  const lacks = results.flatMap(({ reason }) => (reason?.why === 'environment' ? [reason] : []))[0];
  if (lacks) reportError(new EnvironmentError(lacks.layer as Layer, lacks.missing, lacks.advice));
  const told = report.length > 0 ? await reportRun(judged, options) : [];
  if (json) printOutput(`${jsonText(results, 2)}\n`);
  else if (report.length === 0) printOutput(resultsText(results));
  if (publishAs !== undefined && exitCode !== 130) await publish(pacts, results, publishAs, options.timeoutMs);
  return withReportFaults(exitCode, [...judged.faults, ...told]);
}

function resultsText(results: readonly ContractResult[]): string {
  const lines = results.flatMap((one) => {
    const { interaction, result, behaviors } = one;
    return [
      `${VERDICT_WORDS[result].padEnd(14)} ${plain(interaction)}${notCounted(one)}`,
      ...contractLines(one).map((line) => `           ${plain(line)}`),
      ...(result === 'failed' && behaviors.length > 0 ? [`           about ${behaviors.join(', ')}`] : []),
    ];
  });
  return `${[...lines, contractCounts(results)].join('\n')}\n`;
}

/** Says why a failed or untested result does not count at the gate. */
function notCounted({ result, counted, pending }: ContractResult): string {
  if (result !== 'failed' && result !== 'untested') return '';
  if (pending === true) return ' (pending, not counted)';
  return result === 'failed' && counted === false ? ' (not counted at this gate)' : '';
}

/** Publishes the result of each pact that was verified completely. */
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
      printMessage(`Not published, because not every interaction could be verified: ${plain(pact.where)}\n`);
      continue;
    }
    // The broker needs the result even of a pending pact; a pending interaction does not count as failed.
    const success = own.every(({ result }, i) => result !== 'failed' || interactions[i]?.pending === true);
    await publishResult(pact, success, version, brokerAccess(timeoutMs));
    printMessage(`Published as ${success ? 'verified' : 'failed'} by ${plain(version)}: ${plain(pact.where)}\n`);
  }
}
