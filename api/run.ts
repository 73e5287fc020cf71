import type { History } from '../history/events';
import { WriteError } from '../common/write';
import type { Result } from '../verdicts/result';
import type { Options, Progress } from './options';
import { wantsContracts } from './wants-contracts';

/** A run, and what was judged by it. */
export interface Performed {
  result: Result;
  history: History;
}

/** As `runConformance`, with the recorded run. */
export async function performRun(given: Options): Promise<Performed> {
  // What a run needs is loaded when one is made: whoever wants the catalogue alone waits for none of it.
  // Not by import(): Jest runs none in CommonJS.
  const { settle } = require('./settings') as typeof import('./settings');
  const { perform } = require('./perform') as typeof import('./perform');
  const { options, flags, close } = await settle(given);
  const { signal, onProgress, onHistory, out: folder } = given;
  const tell = (progress: Progress): void => onProgress?.(progress);
  try {
    const contracts = wantsContracts(options, flags)
      ? await (require('./pacts') as typeof import('./pacts')).contractsWanted(options, flags, signal)
      : undefined;
    const judged = await perform(options, {
      contracts,
      bails: given.bail === true,
      folder,
      signal,
      tell: {
        phase: (phase) => tell({ kind: 'phase', phase }),
        step: (done, of, name) => tell({ kind: 'attempt', done, of, name }),
        note: (text) => tell({ kind: 'note', text }),
      },
    });
    const { result, history, unkept } = judged;
    onHistory?.(history);
    if (unkept !== undefined) throw new WriteError(unkept);
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
  return (await performRun(options)).result;
}
