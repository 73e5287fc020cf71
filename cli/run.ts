import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { withoutQuery } from '../common/urls';
import type { RunFlags } from '../config/flags';
import type { RunOptions } from '../config/settings';
import type { History, HistoryEvent, HistoryHeader, LoadWish } from '../history/events';
import { openHistory, streamHistory } from '../history/store';
import { ownPageFingerprint } from '../page/fingerprint-file';
import { outputIsForMachines, readWishes } from '../reporters/wishes';
import type { ReportFault } from '../reporters';
import { checkWritable, WriteError, writeReport } from '../reporters/write';
import { plain } from '../reporters/plain';
import { conduct, type Phase, type RunHooks, type RunSettings } from '../suites/conduct';
import type { Contracts } from '../suites/scenario';
import { UsageError } from '../target/errors';
import { failsSoFar } from '../verdicts/bail';
import { resultOf, type Judging, type Result } from '../verdicts/result';
import { embedded } from './embedded';
import { withRerun } from './rerun';
import { needsOpenFiles } from './machine';
import { optionsFor } from './options';
import { print, reportOutput, say, sayMistakable, withReports } from './output';
import { Profile } from './profile';
import { jsonText } from '../common/printable';
import { progressLine } from './progress';

const RESULT_FILE = 'result.json';
const TAKEN = (out: string): string => `Another run has begun in ${out} since`;

/** A run that was recorded. */
interface Recorded<T> {
  value: T;
  /** Whether the folder is still this run's: another one may have begun there. */
  ours: boolean;
}

/**
 * Conducts a run whose history goes to a file in a folder, and shows how far it is. A history that can't be written any
 * more, as on a full disk, ends the run in order.
 * @param steps what the progress counts, in the plural
 * @throws HistoryFileError where the folder takes no history, WriteError where it could not be written to the end
 */
async function record<T>(
  out: string,
  steps: string,
  signal: AbortSignal,
  conducted: (hooks: RunHooks) => Promise<T>,
): Promise<Recorded<T>> {
  const file = openHistory(out);
  // A run that ends early must not leave the result of the one before.
  rmSync(join(out, RESULT_FILE), { force: true });
  const full = new AbortController();
  let broken: unknown;
  const sink = (line: HistoryEvent | HistoryHeader): void => {
    if (broken !== undefined) return;
    try {
      file.write(line);
    } catch (error) {
      broken = error;
      full.abort();
    }
  };
  const { step, end } = progressLine(steps);
  try {
    const hooks = { sink, progress: step, signal: AbortSignal.any([signal, full.signal]) };
    const value = await conducted(hooks).catch((error: unknown) => {
      throw broken ?? error;
    });
    if (broken !== undefined) throw broken;
    return { value, ours: file.isOurs() };
  } finally {
    end();
    file.close();
  }
}

/** Keeps the result beside the history; where that fails, the reports are written all the same. */
function keepResult(out: string, result: Result): ReportFault[] {
  try {
    writeReport(join(out, RESULT_FILE), `${jsonText(result, 2)}\n`);
    return [];
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return [{ message: error.message, internal: false }];
  }
}

type Judged = { result: Result; history: History; ours: boolean };

async function once(
  out: string,
  settings: RunSettings,
  judging: Judging,
  /** Whether it stops at the first counted failure. */
  bails: boolean,
  profile: Profile,
  signal: AbortSignal,
): Promise<Judged> {
  const phase = (name: Phase): void => profile.begin(name);
  const steps = settings.contracts && settings.selected?.length === 0 ? 'interactions' : 'attempts';
  const { value: history, ours } = await record(out, steps, signal, (hooks) =>
    conduct(settings, { ...hooks, phase, ...(bails ? { bail: (seen) => failsSoFar(seen, judging) } : {}) }),
  );
  profile.begin('judging');
  return { result: resultOf(history, judging), history, ours };
}

/** A load run is judged when it is over, as its file is read: judging beside it would take from what it measures. */
async function underLoad(
  settings: RunSettings,
  load: LoadWish,
  out: string,
  judging: Judging,
  profile: Profile,
  signal: AbortSignal,
): Promise<Judged> {
  const [{ conductLoad }, { loadResultOf }] = await Promise.all([
    import('../suites/load.js'),
    import('../verdicts/load.js'),
  ]);
  profile.begin('load');
  const { ours } = await record(out, 'invitations', signal, (hooks) => conductLoad(settings, load, hooks));
  if (!ours) throw new UsageError(`${TAKEN(out)}; a load run is judged from its file, so that this one can't be`);
  profile.begin('judging');
  const { result, evidence } = loadResultOf(streamHistory(out), judging);
  return { result, history: evidence, ours };
}

/** Whether a run verifies the contracts too: unless they, or other scenarios and no pact of another bot, are left out. */
function wantsContracts({ settings, load }: RunOptions, flags: RunFlags): boolean {
  if (load !== undefined || flags.contracts === false) return false;
  return (settings.selected ?? settings.behaviors) === undefined || flags.pact !== undefined;
}

/** The contracts of a run; what is theirs is loaded only where some are verified. */
async function contractsFor(flags: RunFlags, options: RunOptions, signal: AbortSignal): Promise<Contracts> {
  const { contractsOf, pactsNamed } = await import('./pacts.js');
  const reading = { provider: options.pactProvider, signal };
  return contractsOf(options, true, await pactsNamed(flags.pact, options.settings.timeoutMs, reading));
}

/** Makes sure, before anything is sent, that there is room for a run and that what it will write can be written. */
export function checkMachine({ settings, out, reports }: RunOptions): void {
  needsOpenFiles(settings.concurrency);
  for (const file of readWishes(reports).flatMap((wish) => wish.file ?? [])) checkWritable(file);
  checkWritable(join(out, RESULT_FILE));
}

/**
 * Conducts a run, judges it, and keeps history and result in its folder.
 * @param what the contracts to be verified by it, and whether it stops at the first counted failure
 */
export async function judgeRun(
  options: RunOptions,
  { contracts, bails = false }: { contracts: Contracts | undefined; bails?: boolean },
  profile: Profile,
  signal: AbortSignal,
): Promise<Judged & { faults: ReportFault[] }> {
  if (!options.access) profile.begin('mock');
  const mock = options.access ? undefined : await embedded({ edition: options.settings.edition });
  try {
    const access = options.access ?? mock?.access;
    if (!access) throw new Error('neither a target nor the mock');
    if (mock) say('No target named: judging the embedded mock.\n');
    sayMistakable(access.tokens);
    const { url, unchecked } = options.settings.callback;
    if (unchecked === true) {
      const where = url === undefined ? 'the callback listener' : withoutQuery(url);
      say(`Not checked, as --callback-unchecked says: whether the target reaches ${plain(where)}\n`);
    }
    const settings = { ...options.settings, ...access, ...(contracts ? { contracts } : {}) };
    const { gate, allowUntested, waivers, out } = options;
    const judging = {
      gate,
      allowUntested,
      waivers,
      now: Date.now(),
      pageFingerprint: ownPageFingerprint(settings.edition),
    };
    const judged = options.load
      ? await underLoad(settings, options.load, out, judging, profile, signal)
      : await once(out, settings, judging, bails, profile, signal);
    if (!judged.ours) say(`${TAKEN(out)}; what is kept there is that one's alone.\n`);
    return { ...judged, faults: judged.ours ? keepResult(out, judged.result) : [] };
  } finally {
    await mock?.close();
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
  const contracts = wanted ? await contractsFor(flags, options, signal) : undefined;
  const judged = await judgeRun(options, { contracts, bails: flags.bail === true }, profile, signal);
  profile.begin('reports');
  const told = await reportRun(judged, options);
  if (flags.profile === true) say(profile.table());
  return withReports(judged.result.exitCode, [...judged.faults, ...told]);
}
