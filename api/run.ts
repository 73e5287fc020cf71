import type { History } from '../history/events';
import { WriteError } from '../common/write-file';
import type { Result } from '../verdicts/result';
import type { Options, Progress } from './options';

/** A run's result and history. */
export interface RunWithHistory {
  result: Result;
  history: History;
}

/** Like `runConformance`, but also returns the recorded run. */
export async function runWithHistory(given: Options): Promise<RunWithHistory> {
  // The code of a run is loaded only for a run, so that the catalogue alone loads fast. import() does not work in
  // Jest's CommonJS.
  const { resolveOptions } = require('./resolve-options') as typeof import('./resolve-options');
  const { runAndJudge } = require('./run-and-judge') as typeof import('./run-and-judge');
  const { options, close } = await resolveOptions(given);
  const { signal, onProgress, onHistory, out: folder } = given;
  const report = (progress: Progress): void => onProgress?.(progress);
  try {
    const contracts = options.contracts
      ? await (require('./pacts') as typeof import('./pacts')).contractsForRun(options, signal)
      : undefined;
    const judged = await runAndJudge(options, {
      contracts,
      folder,
      signal,
      phase: (phase) => report({ kind: 'phase', phase }),
      progress: (done, of, name) => report({ kind: 'attempt', done, of, name }),
      note: (text) => report({ kind: 'note', text }),
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
 * Conducts a run and judges it; without a target, against the embedded mock. It prints nothing, does not end the
 * process, and writes files only if `out` names a folder.
 * @returns the result, whatever the verdict; its `exitCode` is the gate's
 * @throws UsageError for invalid options, naming each
 * @throws EnvironmentError if nothing can be judged: target or callback unreachable, provisioning failed
 * @throws Interrupted if the signal is aborted before anything can be judged
 * @throws HistoryFileError, WriteError if the folder can't be written
 */
export async function runConformance(options: Options = {}): Promise<Result> {
  return (await runWithHistory(options)).result;
}
