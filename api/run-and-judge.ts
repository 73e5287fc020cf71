import { join } from 'node:path';
import { jsonText } from '../common/printable';
import { withoutQuery } from '../common/urls';
import type { ResolvedOptions } from '../config/run-options';
import type { History } from '../history/events';
import { streamHistory } from '../history/history-file';
import { ownPageFingerprint } from '../page/fingerprint-file';
import { plain } from '../reporters/plain';
import { WriteError, writeReport } from '../reporters/write';
import type { RunOptions } from '../schemas/run-options';
import type { LoadRunOptions } from '../suites/load-run';
import { recordRun, type RunContext } from '../suites/record-run';
import { UsageError } from '../target/errors';
import { mistakableTokens } from '../target/tokens';
import { hasCountedFailure } from '../verdicts/bail';
import { resultOf, type Judging, type Result } from '../verdicts/result';
import { withCandidate } from './candidate';
import { withTarget } from './embedded-mock';
import { RESULT_FILE, recordIn, type FolderRecording } from './run-folder';

const FOLDER_TAKEN = (out: string): string => `Another run has started in ${plain(out)} since then`;

/** What a judged run needs besides its options. */
export interface JudgedRunContext extends Pick<RunContext, 'contracts' | 'signal'> {
  /** The folder of the run; undefined: nothing is written. */
  folder: string | undefined;
  /** Called when a phase begins. */
  phase: (name: string) => void;
  /** Called when an attempt ends. */
  progress: (done: number, of: number, name: string) => void;
  /** Receives messages for the user: escaped text, in one or more lines. */
  note: (text: string) => void;
}

/** What recording a run needs besides its options. */
type RecordingContext = RunContext & Pick<JudgedRunContext, 'phase'>;

/** A judged run. */
export interface JudgedRun {
  result: Result;
  history: History;
  /** Whether the folder still belongs to this run. */
  isOwnFolder: boolean;
  /** Why the result could not be written, if it could not. */
  writeFailure?: string;
}

async function recordInFolder<T>(
  folder: string | undefined,
  context: RunContext,
  work: (context: RunContext) => Promise<T>,
): Promise<FolderRecording<T>> {
  if (folder !== undefined) return recordIn(folder, context, work);
  return { value: await work(context), isOwnFolder: true };
}

async function scenarioRun(
  options: RunOptions,
  judging: Judging,
  folder: string | undefined,
  context: RecordingContext,
): Promise<JudgedRun> {
  const bail = options.bail ? { bail: (seen: History) => hasCountedFailure(seen, judging) } : {};
  const { value: history, isOwnFolder } = await recordInFolder(folder, { ...context, ...bail }, (recording) =>
    recordRun(options, recording),
  );
  context.phase('judging');
  return { result: resultOf(history, judging), history, isOwnFolder };
}

function isLoadRun(options: RunOptions): options is RunOptions & LoadRunOptions {
  return options.load !== undefined;
}

/** Judges a load run after its end, from its file, because judging during the run would distort its measurements. */
async function loadRun(
  options: LoadRunOptions,
  judging: Judging,
  folder: string,
  context: RecordingContext,
): Promise<JudgedRun> {
  const [{ recordLoadRun }, { loadResultOf }] = await Promise.all([
    import('../suites/load-run.js'),
    import('../verdicts/load-result.js'),
  ]);
  context.phase('load');
  const { isOwnFolder } = await recordIn(folder, context, (recording) => recordLoadRun(options, recording));
  if (!isOwnFolder)
    throw new UsageError(`${FOLDER_TAKEN(folder)}; a load run is judged from its file, so this run can't be judged`);
  context.phase('judging');
  const { result, evidence } = loadResultOf(streamHistory(folder), judging);
  return { result, history: evidence, isOwnFolder };
}

/** Writes the result next to the history. @returns why that failed, if it did */
function keepResult(folder: string, result: Result): string | undefined {
  try {
    writeReport(join(folder, RESULT_FILE), `${jsonText(result, 2)}\n`);
    return undefined;
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return error.message;
  }
}

function warnBeforeRun({ tokens, callback: { url, unchecked } }: RunOptions, note: JudgedRunContext['note']): void {
  for (const one of mistakableTokens(tokens)) note(one);
  if (unchecked !== true) return;
  const where = url === undefined ? 'the callback listener' : withoutQuery(url);
  note(`Not checked because of --callback-unchecked: whether the target reaches ${plain(where)}`);
}

/**
 * Conducts a run, judges it, and writes history and result if a folder is given. Without a target it judges the
 * embedded mock; it starts and ends the target if the options say how.
 * @throws UsageError, EnvironmentError, Interrupted, HistoryFileError, WriteError
 */
export async function runAndJudge(given: ResolvedOptions, judged: JudgedRunContext): Promise<JudgedRun> {
  const { folder, note, ...context } = judged;
  const { phase, signal } = context;
  if (given.target === undefined) phase('mock');
  const { options, disposable, close } = await withTarget(given);
  try {
    if (given.target === undefined) note('No target given: testing the embedded mock.');
    warnBeforeRun(options, note);
    const { gate, allowUntested, waivers, edition } = options;
    const judging = { gate, allowUntested, waivers, now: Date.now(), pageFingerprint: ownPageFingerprint(edition) };
    if (options.start) phase('target');
    const died = ({ what, details }: { what: string; details: readonly string[] }): void =>
      note([what, ...details].map((line) => plain(line)).join('\n  '));
    const run = await withCandidate(options, folder, signal, died, () => {
      if (!isLoadRun(options)) return scenarioRun(options, judging, folder, { ...context, disposable });
      if (folder === undefined) throw new Error('a load run needs a folder');
      return loadRun(options, judging, folder, { ...context, disposable });
    });
    if (folder === undefined) return run;
    if (!run.isOwnFolder) note(`${FOLDER_TAKEN(folder)}; the folder keeps only the other run.`);
    const writeFailure = run.isOwnFolder ? keepResult(folder, run.result) : undefined;
    return { ...run, ...(writeFailure === undefined ? {} : { writeFailure }) };
  } finally {
    await close();
  }
}
