import { join } from 'node:path';
import { jsonText } from '../common/printable';
import { withoutQuery } from '../common/urls';
import type { RunOptions } from '../config/run-options';
import type { History, LoadOptions } from '../history/events';
import { streamHistory } from '../history/history-file';
import { ownPageFingerprint } from '../page/fingerprint-file';
import { plain } from '../reporters/plain';
import { WriteError, writeReport } from '../reporters/write';
import { recordRun, type RunHooks, type RunSettings } from '../suites/record-run';
import type { Contracts } from '../suites/scenario';
import { UsageError } from '../target/errors';
import { mistakableTokens } from '../target/tokens';
import { hasCountedFailure } from '../verdicts/bail';
import { resultOf, type Judging, type Result } from '../verdicts/result';
import { withCandidate } from './candidate';
import { embeddedMock } from './embedded-mock';
import { RESULT_FILE, recordIn, type FolderRecording } from './run-folder';

const FOLDER_TAKEN = (out: string): string => `Another run has started in ${plain(out)} since then`;

/** Messages during a run. */
export interface ProgressListener {
  /** A phase begins. */
  phase: (name: string) => void;
  /** An attempt has ended. */
  attemptEnded: (done: number, of: number, name: string) => void;
  /** Something that a person should know: harmless text, as one line or several. */
  note: (text: string) => void;
}

/** What is to be done beside what the options say. */
export interface RunContext {
  contracts?: Contracts | undefined;
  /** Whether it stops at the first counted failure. */
  bail?: boolean;
  /** The folder that keeps it; undefined: nothing is written. */
  folder?: string | undefined;
  signal?: AbortSignal | undefined;
  progress: ProgressListener;
}

/** A run, judged. */
export interface JudgedRun {
  result: Result;
  history: History;
  /** Whether the folder is still this run's. */
  isOwnFolder: boolean;
  /** Why the result could not be kept, where it could not. */
  writeFailure?: string;
}

async function recordInFolder<T>(
  { folder, signal, progress }: RunContext,
  work: (hooks: RunHooks) => Promise<T>,
): Promise<FolderRecording<T>> {
  const hooks: RunHooks = { progress: progress.attemptEnded, phase: progress.phase, ...(signal ? { signal } : {}) };
  if (folder !== undefined) return recordIn(folder, hooks, work);
  return { value: await work(hooks), isOwnFolder: true };
}

async function scenarioRun(settings: RunSettings, judging: Judging, context: RunContext): Promise<JudgedRun> {
  const { bail = false, progress } = context;
  const { value: history, isOwnFolder } = await recordInFolder(context, (hooks) =>
    recordRun(settings, { ...hooks, ...(bail ? { bail: (seen) => hasCountedFailure(seen, judging) } : {}) }),
  );
  progress.phase('judging');
  return { result: resultOf(history, judging), history, isOwnFolder };
}

/** A load run is judged when it is over, as its file is read: judging beside it would take from what it measures. */
async function loadRun(
  settings: RunSettings,
  load: LoadOptions,
  folder: string,
  judging: Judging,
  context: RunContext,
): Promise<JudgedRun> {
  const [{ recordLoadRun }, { loadResultOf }] = await Promise.all([
    import('../suites/load-run.js'),
    import('../verdicts/load-result.js'),
  ]);
  context.progress.phase('load');
  const { isOwnFolder } = await recordInFolder(context, (hooks) => recordLoadRun(settings, load, hooks));
  if (!isOwnFolder)
    throw new UsageError(`${FOLDER_TAKEN(folder)}; a load run is judged from its file, so this run can't be judged`);
  context.progress.phase('judging');
  const { result, evidence } = loadResultOf(streamHistory(folder), judging);
  return { result, history: evidence, isOwnFolder };
}

/** Keeps the result beside the history. @returns why that could not be done */
function keepResult(folder: string, result: Result): string | undefined {
  try {
    writeReport(join(folder, RESULT_FILE), `${jsonText(result, 2)}\n`);
    return undefined;
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return error.message;
  }
}

function warnBeforeRun({ settings }: RunOptions, tokens: RunSettings['tokens'], { note }: ProgressListener): void {
  for (const one of mistakableTokens(tokens)) note(one);
  const { url, unchecked } = settings.callback;
  if (unchecked !== true) return;
  const where = url === undefined ? 'the callback listener' : withoutQuery(url);
  note(`Not checked because of --callback-unchecked: whether the target reaches ${plain(where)}`);
}

/**
 * Conducts a run, judges it, and keeps history and result where a folder is named. Without a target it judges the embedded
 * mock; a target that the options say how to start is started for it, and ended.
 * @throws UsageError, EnvironmentError, Interrupted, HistoryFileError, WriteError
 */
export async function runAndJudge(options: RunOptions, context: RunContext): Promise<JudgedRun> {
  const { contracts, folder, signal, progress } = context;
  if (!options.access) progress.phase('mock');
  const mock = options.access ? undefined : await embeddedMock({ edition: options.settings.edition });
  try {
    const access = options.access ?? mock?.access;
    if (!access) throw new Error('neither a target nor the mock');
    if (mock) progress.note('No target given: testing the embedded mock.');
    warnBeforeRun(options, access.tokens, progress);
    const settings = { ...options.settings, ...access, ...(contracts ? { contracts } : {}) };
    const { gate, allowUntested, waivers, load } = options;
    const pageFingerprint = ownPageFingerprint(settings.edition);
    const judging = { gate, allowUntested, waivers, now: Date.now(), pageFingerprint };
    if (options.start) progress.phase('target');
    const died = ({ what, details }: { what: string; details: readonly string[] }): void =>
      progress.note([what, ...details].map((line) => plain(line)).join('\n  '));
    const judged = await withCandidate(options, folder, signal, died, () => {
      if (!load) return scenarioRun(settings, judging, context);
      if (folder === undefined) throw new Error('a load run needs a folder');
      return loadRun(settings, load, folder, judging, context);
    });
    if (folder === undefined) return judged;
    if (!judged.isOwnFolder) progress.note(`${FOLDER_TAKEN(folder)}; the folder keeps only the other run.`);
    const writeFailure = judged.isOwnFolder ? keepResult(folder, judged.result) : undefined;
    return { ...judged, ...(writeFailure === undefined ? {} : { writeFailure }) };
  } finally {
    await mock?.close();
  }
}
