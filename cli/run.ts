import { join } from 'node:path';
import { perform, type Judged } from '../api/perform';
import { RESULT_FILE } from '../api/record';
import type { RunFlags } from '../config/flags';
import type { RunOptions } from '../config/settings';
import { outputIsForMachines, readWishes } from '../reporters/wishes';
import type { ReportFault } from '../reporters';
import { checkWritable } from '../reporters/write';
import type { Contracts } from '../suites/scenario';
import { wantsContracts } from '../api/wants-contracts';
import { withRerun } from './rerun';
import { needsOpenFiles } from './machine';
import { optionsFor } from './options';
import { print, reportOutput, say, withReports } from './output';
import { Profile } from './profile';
import { progressLine } from './progress';

/** The contracts of a run; what is theirs is loaded only where some are verified. */
async function contractsFor(options: RunOptions, flags: RunFlags, signal: AbortSignal): Promise<Contracts> {
  const { contractsWanted } = await import('../api/pacts.js');
  return contractsWanted(options, flags, signal);
}

/** Makes sure, before anything is sent, that there is room for a run and that what it will write can be written. */
export function checkMachine({ settings, out, reports }: RunOptions): void {
  needsOpenFiles(settings.concurrency);
  for (const file of readWishes(reports).flatMap((wish) => wish.file ?? [])) checkWritable(file);
  checkWritable(join(out, RESULT_FILE));
}

/** A run, judged, and what of it could not be kept. */
type Kept = Judged & { faults: ReportFault[] };

/**
 * Conducts a run, judges it, and keeps history and result in its folder. It shows how far it is.
 * @param what the contracts to be verified by it, and whether it stops at the first counted failure
 */
export async function judgeRun(
  options: RunOptions,
  { contracts, bails = false }: { contracts: Contracts | undefined; bails?: boolean },
  profile: Profile,
  signal: AbortSignal,
): Promise<Kept> {
  const alone = contracts !== undefined && options.settings.selected?.length === 0;
  const { step, end } = progressLine(options.load ? 'invitations' : alone ? 'interactions' : 'attempts');
  const note = (text: string): void => {
    end();
    say(`${text}\n`);
  };
  const tell = { step, note, phase: (name: string) => profile.begin(name) };
  try {
    const judged = await perform(options, { contracts, bails, folder: options.out, signal, tell });
    const { unkept } = judged;
    return { ...judged, faults: unkept === undefined ? [] : [{ message: unkept, internal: false }] };
  } finally {
    end();
  }
}

/** Renders the reports that are wanted of a run. @returns those that could not be made or written */
export async function reportRun(
  { result, history, ours }: Judged,
  { reports, out }: Pick<RunOptions, 'reports' | 'out'>,
): Promise<ReportFault[]> {
  const wishes = readWishes(reports);
  const { report } = await import('../reporters/index.js');
  return report(result, wishes, reportOutput(outputIsForMachines(wishes)), history, ours ? out : undefined);
}

/**
 * `run`: judges a target, or the embedded mock where none is named.
 * @returns the exit code
 */
export async function run(flags: RunFlags, signal: AbortSignal): Promise<number> {
  const profile = new Profile();
  const { options, listed } = await optionsFor(await withRerun(flags), signal);
  readWishes(options.reports);
  const wanted = wantsContracts(options, flags);
  if (flags.dryRun === true) {
    const { dryRun } = await import('./dry-run.js');
    print(await dryRun(options, listed, wanted));
    return 0;
  }
  checkMachine(options);
  const contracts = wanted ? await contractsFor(options, flags, signal) : undefined;
  const judged = await judgeRun(options, { contracts, bails: flags.bail === true }, profile, signal);
  profile.begin('reports');
  const told = await reportRun(judged, options);
  if (flags.profile === true) say(profile.table());
  return withReports(judged.result.exitCode, [...judged.faults, ...told]);
}
