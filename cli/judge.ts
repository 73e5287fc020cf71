import { judgeFolders } from '../api/judge';
import { resolver } from '../config/resolve-option';
import { loadWaivers } from '../config/waivers-file';
import { checkWritable, isOutputForMachines, readReportOptions, report } from '../reporters';
import { UsageError } from '../target/errors';
import type { JudgeFlags } from './flags';
import { judgeRecordedTraffic, recordedFiles } from './judge-recorded-traffic';
import { reportOutput, withReportFaults } from './output';

/** @returns whether recorded traffic is given, rather than folders of runs */
function isRecorded(folders: readonly string[], flags: JudgeFlags): boolean {
  const named = recordedFiles(flags).length > 0;
  if (named && folders.length > 0) {
    throw new UsageError(
      `give either the folder of a run (${folders[0]}) or recorded traffic (--har, --ngrok, --wiremock), not both`,
    );
  }
  if (!named && folders.length === 0) {
    throw new UsageError('give the folder of a run, or recorded traffic by --har, --ngrok or --wiremock');
  }
  const alone = (['target', 'timeoutMs', 'out'] as const).find((flag) => flags[flag] !== undefined);
  if (!named && alone !== undefined) {
    const flag = alone.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${flag} needs recorded traffic (--har, --ngrok or --wiremock)`);
  }
  return named;
}

/**
 * `judge RUN_DIR…`: judges again a recorded run, the recordings of a load run on several machines, or recorded traffic.
 */
export async function judgeAgain(folders: readonly string[], flags: JudgeFlags): Promise<number> {
  // For recorded traffic this is a separate flag, not the option of a run.
  const { timeoutMs: _, ...given } = flags;
  const option = resolver({ flags: given, env: process.env, file: {} });
  const gate = option('gate').value;
  const reports = readReportOptions(option('reports').value);
  for (const file of reports.flatMap((one) => one.file ?? [])) checkWritable(file);
  const recorded = isRecorded(folders, flags);
  const waivers = await loadWaivers(option('waivers')?.value);
  const judging = {
    gate,
    allowUntested: option('allowUntested').value,
    waivers,
    now: Date.now(),
  };
  if (recorded) {
    const { result, history, folder: kept, faults } = judgeRecordedTraffic(flags, judging);
    const told = report(result, reports, reportOutput(isOutputForMachines(reports)), history, kept);
    return withReportFaults(result.exitCode, [...faults, ...told]);
  }
  const { result, history } = judgeFolders(folders, judging, flags.edition);
  const [folder, ...others] = folders;
  // The result of a run on several machines, and of a new judgement, is not kept in a folder.
  const kept = others.length === 0 ? folder : undefined;
  const faults = report(result, reports, reportOutput(isOutputForMachines(reports)), history, kept);
  return withReportFaults(result.exitCode, faults);
}
