import type { History } from '../history/events';
import { WriteError } from '../common/write-file';
import type { Result } from '../verdicts/result';
import type { Options, Progress } from './options';
import { includesContracts } from './includes-contracts';

/** A run, and what was judged by it. */
export interface RunWithHistory {
  result: Result;
  history: History;
}

/** As `runConformance`, with the recorded run. */
export async function runWithHistory(given: Options): Promise<RunWithHistory> {
  // What a run needs is loaded when one is made: whoever wants the catalogue alone waits for none of it.
  // Not by import(): Jest runs none in CommonJS.
  const { resolveOptions } = require('./resolve-options') as typeof import('./resolve-options');
  const { runAndJudge } = require('./run-and-judge') as typeof import('./run-and-judge');
  const { options, flags, close } = await resolveOptions(given);
  const { signal, onProgress, onHistory, out: folder } = given;
  const report = (progress: Progress): void => onProgress?.(progress);
  try {
    const contracts = includesContracts(options, flags)
      ? await (require('./pacts') as typeof import('./pacts')).contractsForRun(options, flags, signal)
      : undefined;
    const judged = await runAndJudge(options, {
      contracts,
      bail: given.bail === true,
      folder,
      signal,
      progress: {
        phase: (phase) => report({ kind: 'phase', phase }),
        attemptEnded: (done, of, name) => report({ kind: 'attempt', done, of, name }),
        note: (text) => report({ kind: 'note', text }),
      },
    });
    const { result, history, writeFailure } = judged;
    onHistory?.(history);
    if (writeFailure !== undefined) throw new WriteError(writeFailure);
    return { result, history };
  } finally {
    await close();
  }
}

/**
 * Conducts a run and judges it. Without a target it judges the embedded mock. It prints nothing and ends no process; it
 * writes files only where `out` names a folder.
 * @returns the result, whatever it says; its `exitCode` is the gate's
 * @throws UsageError for options that are none, with each that is at fault
 * @throws EnvironmentError where nothing can be judged: target or callback unreachable, provisioning failed
 * @throws Interrupted where the signal comes before anything can be judged
 * @throws HistoryFileError, WriteError where the folder takes no files
 */
export async function runConformance(options: Options = {}): Promise<Result> {
  return (await runWithHistory(options)).result;
}
