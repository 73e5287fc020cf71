import { join } from 'node:path';
import { runAndJudge, type JudgedRun } from '../api/run-and-judge';
import { RESULT_FILE } from '../api/run-folder';
import type { RunFlags } from '../config/flags';
import type { ResolvedOptions } from '../config/run-options';
import { isOutputForMachines, readReportOptions } from '../reporters/report-options';
import type { ReportFault } from '../reporters';
import { checkWritable } from '../reporters/write';
import type { RunOptions } from '../schemas/run-options';
import type { Contracts } from '../suites/scenario';
import { withRerunBehaviors } from './rerun-failed';
import { checkOpenFiles } from './machine-limits';
import { optionsFor } from './options';
import { printOutput, reportOutput, printMessage, withReportFaults } from './output';
import { PhaseTimes } from './phase-times';
import { progressLine } from './progress';

/** The contracts of a run; their code is loaded only if some are verified. */
async function contractsFor(options: ResolvedOptions, signal: AbortSignal): Promise<Contracts> {
  const { contractsForRun } = await import('../api/pacts.js');
  return contractsForRun(options, signal);
}

/** Checks, before anything is sent, that the machine has enough files and that all outputs can be written. */
export function checkMachine({ concurrency, out, reports }: Pick<RunOptions, 'concurrency' | 'out' | 'reports'>): void {
  checkOpenFiles(concurrency);
  for (const file of readReportOptions(reports).flatMap((one) => one.file ?? [])) checkWritable(file);
  checkWritable(join(out, RESULT_FILE));
}

/** A judged run, and the outputs that could not be written. */
type KeptRun = JudgedRun & { faults: ReportFault[] };

/**
 * Conducts a run with a progress display, judges it, and writes history and result to its folder.
 * @param contracts the contracts to verify
 */
export async function judgeRun(
  options: ResolvedOptions,
  contracts: Contracts | undefined,
  profile: PhaseTimes,
  signal: AbortSignal,
): Promise<KeptRun> {
  const alone = contracts !== undefined && options.scenarios?.length === 0;
  const { step, end } = progressLine(options.load ? 'invitations' : alone ? 'interactions' : 'attempts');
  const note = (text: string): void => {
    end();
    printMessage(`${text}\n`);
  };
  const phase = (name: string): void => profile.begin(name);
  try {
    const judged = await runAndJudge(options, { contracts, folder: options.out, signal, phase, progress: step, note });
    const { writeFailure } = judged;
    return { ...judged, faults: writeFailure === undefined ? [] : [{ message: writeFailure, internal: false }] };
  } finally {
    end();
  }
}

/** Renders the requested reports of a run. @returns errors of those that could not be rendered or written */
export async function reportRun(
  { result, history, isOwnFolder }: JudgedRun,
  { reports, out }: Pick<RunOptions, 'reports' | 'out'>,
): Promise<ReportFault[]> {
  const wanted = readReportOptions(reports);
  const { report } = await import('../reporters/index.js');
  return report(result, wanted, reportOutput(isOutputForMachines(wanted)), history, isOwnFolder ? out : undefined);
}

/**
 * `run`: judges a target, or by default the embedded mock.
 * @returns the exit code
 */
export async function run(flags: RunFlags, signal: AbortSignal): Promise<number> {
  const profile = new PhaseTimes();
  const { options, listed } = await optionsFor(await withRerunBehaviors(flags), signal);
  readReportOptions(options.reports);
  if (flags.dryRun === true) {
    const { dryRun } = await import('./dry-run.js');
    printOutput(await dryRun(options, listed));
    return 0;
  }
  checkMachine(options);
  const contracts = options.contracts ? await contractsFor(options, signal) : undefined;
  const judged = await judgeRun(options, contracts, profile, signal);
  profile.begin('reports');
  const told = await reportRun(judged, options);
  if (flags.profile === true) printMessage(profile.table());
  return withReportFaults(judged.result.exitCode, [...judged.faults, ...told]);
}
