import { basename } from 'node:path';
import { plain } from '../reporters/plain';
import { checkWritable, isOutputForMachines, readReportOptions, report, writeReport } from '../reporters';
import { UsageError } from '../target/errors';
import { merge, MergeError, type Source } from '../verdicts/merge';
import { reportOutput, withReportFaults } from './output';
import { jsonText } from '../common/printable';
import { DEFAULTS } from '../schemas/options';
import type { MergeFlags } from './flags';
import { readResult } from './result-file';

/** Names each result by its file, or by its path if file names are equal. */
async function named(files: readonly string[]): Promise<Source[]> {
  const alike = new Set(files.map((file) => basename(file))).size < files.length;
  const sources: Source[] = [];
  // One after the other: the first file that can't be read ends the command, and no other is still being read then.
  for (const file of files)
    sources.push({ name: plain(alike ? file : basename(file)), result: await readResult(file) });
  return sources;
}

/** `merge A.json B.json…`: merges the results of several runs into one, with the exit code of the gate. */
export async function mergeFiles(files: readonly string[], flags: MergeFlags): Promise<number> {
  const reports = readReportOptions(flags.report ?? DEFAULTS.reports);
  const outs = [...reports.flatMap((one) => one.file ?? []), ...(flags.out === undefined ? [] : [flags.out])];
  for (const file of outs) checkWritable(file);
  const twice = files.find((file, i) => files.indexOf(file) !== i);
  if (twice !== undefined) throw new UsageError(`${twice} is given twice`);
  try {
    const { allowUntested = DEFAULTS.allowUntested, otherEdition = false } = flags;
    const result = merge(await named(files), allowUntested, otherEdition);
    if (flags.out !== undefined) writeReport(flags.out, `${jsonText(result, 2)}\n`);
    const faults = report(result, reports, reportOutput(isOutputForMachines(reports)));
    return withReportFaults(result.exitCode, faults);
  } catch (error) {
    if (error instanceof MergeError) throw new UsageError(error.message);
    throw error;
  }
}
