import { join } from 'node:path';
import { jsonText } from '../common/printable';
import { withoutQuery } from '../common/urls';
import type { RunOptions } from '../config/settings';
import type { History, LoadOptions } from '../history/events';
import { streamHistory } from '../history/history-file';
import { ownPageFingerprint } from '../page/fingerprint-file';
import { plain } from '../reporters/plain';
import { WriteError, writeReport } from '../reporters/write';
import { recordRun, type RunHooks, type RunSettings } from '../suites/record-run';
import type { Contracts } from '../suites/scenario';
import { UsageError } from '../target/errors';
import { mistakableTokens } from '../target/tokens';
import { failsSoFar } from '../verdicts/bail';
import { resultOf, type Judging, type Result } from '../verdicts/result';
import { withCandidate } from './candidate';
import { embedded } from './embedded';
import { RESULT_FILE, recordIn, type Recorded } from './record';

const TAKEN = (out: string): string => `Another run has begun in ${plain(out)} since`;

/** What is told while a run is under way. */
export interface Tell {
  /** A phase begins. */
  phase: (name: string) => void;
  /** An attempt has ended. */
  step: (done: number, of: number, name: string) => void;
  /** Something that a person should know: harmless text, as one line or several. */
  note: (text: string) => void;
}

/** What is to be done beside what the options say. */
export interface Manner {
  contracts?: Contracts | undefined;
  /** Whether it stops at the first counted failure. */
  bails?: boolean;
  /** The folder that keeps it; undefined: nothing is written. */
  folder?: string | undefined;
  signal?: AbortSignal | undefined;
  tell: Tell;
}

/** A run, judged. */
export interface Judged {
  result: Result;
  history: History;
  /** Whether the folder is still this run's. */
  ours: boolean;
  /** Why the result could not be kept, where it could not. */
  unkept?: string;
}

async function recorded<T>(
  { folder, signal, tell }: Manner,
  work: (hooks: RunHooks) => Promise<T>,
): Promise<Recorded<T>> {
  const hooks: RunHooks = { progress: tell.step, phase: tell.phase, ...(signal ? { signal } : {}) };
  if (folder !== undefined) return recordIn(folder, hooks, work);
  return { value: await work(hooks), ours: true };
}

async function once(settings: RunSettings, judging: Judging, manner: Manner): Promise<Judged> {
  const { bails = false, tell } = manner;
  const { value: history, ours } = await recorded(manner, (hooks) =>
    recordRun(settings, { ...hooks, ...(bails ? { bail: (seen) => failsSoFar(seen, judging) } : {}) }),
  );
  tell.phase('judging');
  return { result: resultOf(history, judging), history, ours };
}

/** A load run is judged when it is over, as its file is read: judging beside it would take from what it measures. */
async function underLoad(
  settings: RunSettings,
  load: LoadOptions,
  folder: string,
  judging: Judging,
  manner: Manner,
): Promise<Judged> {
  const [{ recordLoadRun }, { loadResultOf }] = await Promise.all([
    import('../suites/load-run.js'),
    import('../verdicts/load.js'),
  ]);
  manner.tell.phase('load');
  const { ours } = await recorded(manner, (hooks) => recordLoadRun(settings, load, hooks));
  if (!ours) throw new UsageError(`${TAKEN(folder)}; a load run is judged from its file, so that this one can't be`);
  manner.tell.phase('judging');
  const { result, evidence } = loadResultOf(streamHistory(folder), judging);
  return { result, history: evidence, ours };
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

function tellBeforehand({ settings }: RunOptions, tokens: RunSettings['tokens'], { note }: Tell): void {
  for (const one of mistakableTokens(tokens)) note(one);
  const { url, unchecked } = settings.callback;
  if (unchecked !== true) return;
  const where = url === undefined ? 'the callback listener' : withoutQuery(url);
  note(`Not checked, as --callback-unchecked says: whether the target reaches ${plain(where)}`);
}

/**
 * Conducts a run, judges it, and keeps history and result where a folder is named. Without a target it judges the embedded
 * mock; a target that the options say how to start is started for it, and ended.
 * @throws UsageError, EnvironmentError, Interrupted, HistoryFileError, WriteError
 */
export async function perform(options: RunOptions, manner: Manner): Promise<Judged> {
  const { contracts, folder, signal, tell } = manner;
  if (!options.access) tell.phase('mock');
  const mock = options.access ? undefined : await embedded({ edition: options.settings.edition });
  try {
    const access = options.access ?? mock?.access;
    if (!access) throw new Error('neither a target nor the mock');
    if (mock) tell.note('No target named: judging the embedded mock.');
    tellBeforehand(options, access.tokens, tell);
    const settings = { ...options.settings, ...access, ...(contracts ? { contracts } : {}) };
    const { gate, allowUntested, waivers, load } = options;
    const pageFingerprint = ownPageFingerprint(settings.edition);
    const judging = { gate, allowUntested, waivers, now: Date.now(), pageFingerprint };
    if (options.start) tell.phase('target');
    const died = ({ what, details }: { what: string; details: readonly string[] }): void =>
      tell.note([what, ...details].map((line) => plain(line)).join('\n  '));
    const judged = await withCandidate(options, folder, signal, died, () => {
      if (!load) return once(settings, judging, manner);
      if (folder === undefined) throw new Error('a load run needs a folder');
      return underLoad(settings, load, folder, judging, manner);
    });
    if (folder === undefined) return judged;
    if (!judged.ours) tell.note(`${TAKEN(folder)}; what is kept there is that one's alone.`);
    const unkept = judged.ours ? keepResult(folder, judged.result) : undefined;
    return { ...judged, ...(unkept === undefined ? {} : { unkept }) };
  } finally {
    await mock?.close();
  }
}
