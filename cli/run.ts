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
import { UsageError } from '../target/errors';
import { phoneOf } from '../target/phone';
import { failsSoFar } from '../verdicts/bail';
import { resultOf, type Judging, type Result } from '../verdicts/result';
import { beside, CONTRACTS_FILE, keepContracts, otherPacts, wantsContracts } from './contracts-beside';
import type { NamedPact } from '../contracts';
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
  for (const name of [RESULT_FILE, CONTRACTS_FILE]) rmSync(join(out, name), { force: true });
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
  options: RunOptions,
  settings: RunSettings,
  /** The pacts of other bots to be verified beside the own; undefined: no contract is verified. */
  pacts: NamedPact[] | undefined,
  judging: Judging,
  /** Whether it stops at the first counted failure. */
  bails: boolean,
  profile: Profile,
  signal: AbortSignal,
): Promise<Judged> {
  let ours = true;
  const phase = (name: Phase): void => profile.begin(name);
  const conducted = async (): Promise<History> => {
    const recorded = await record(options.out, 'attempts', signal, (hooks) =>
      conduct(settings, { ...hooks, phase, ...(bails ? { bail: (history) => failsSoFar(history, judging) } : {}) }),
    );
    ({ ours } = recorded);
    // What is left of them, once the scenarios are over.
    profile.begin('contracts');
    return recorded.value;
  };
  const { history, contracts, interrupted, remarks } = pacts
    ? await beside({ ...settings, pacts }, conducted, signal)
    : { history: await conducted(), contracts: [], interrupted: false, remarks: [] };
  profile.begin('judging');
  if (ours) keepContracts(options.out, contracts);
  return { result: resultOf(history, { ...judging, contracts, interrupted, remarks }), history, ours };
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
  keepContracts(out, []);
  const { result, evidence } = loadResultOf(streamHistory(out), judging);
  return { result, history: evidence, ours };
}

/**
 * `run`: judges a target, or the embedded mock where none is named.
 * @returns the exit code
 */
export async function run(flags: RunFlags, signal: AbortSignal): Promise<number> {
  const profile = new Profile();
  const { options, listed } = await optionsFor(await withRerun(flags), signal);
  const wishes = readWishes(options.reports);
  const wanted = options.load === undefined && wantsContracts(options, flags);
  if (flags.dryRun === true) {
    const { dryRun } = await import('./dry-run.js');
    print(await dryRun(options, listed, wanted));
    return 0;
  }
  needsOpenFiles(options.settings.concurrency);
  for (const file of wishes.flatMap((wish) => wish.file ?? [])) checkWritable(file);
  for (const name of [RESULT_FILE, CONTRACTS_FILE]) checkWritable(join(options.out, name));
  const pacts = wanted ? await otherPacts(flags, options, signal) : undefined;
  if (!options.access) profile.begin('mock');
  const mock = options.access ? undefined : await embedded();
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
    // One phone, so that scenarios and contracts together dial it no more often than a run may.
    const both = { ...options.settings, ...access, phone: phoneOf({ ...options.settings, ...access }) };
    const { gate, allowUntested, waivers, out } = options;
    const judging = { gate, allowUntested, waivers, now: Date.now(), pageFingerprint: ownPageFingerprint() };
    const { result, history, ours } = options.load
      ? await underLoad(both, options.load, out, judging, profile, signal)
      : await once(options, both, pacts, judging, flags.bail === true, profile, signal);
    const faults: ReportFault[] = [];
    if (ours) faults.push(...keepResult(out, result));
    else say(`${TAKEN(out)}; what is kept there is that one's alone.\n`);
    profile.begin('reports');
    const { report } = await import('../reporters/index.js');
    const told = report(result, wishes, reportOutput(outputIsForMachines(wishes)), history, ours ? out : undefined);
    if (flags.profile === true) say(profile.table());
    return withReports(result.exitCode, [...faults, ...told]);
  } finally {
    await mock?.close();
  }
}
