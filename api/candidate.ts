import { join } from 'node:path';
import type { RunOptions } from '../schemas/run-options';
import { startCandidate } from '../target/candidate';

/** The file in a run's folder that keeps what the candidate wrote. */
export const CANDIDATE_LOG = 'candidate.log';

/** That the target, which a run had started, ended by itself in mid-run. */
export interface CandidateEnded {
  what: string;
  /** What it wrote last, line by line. */
  details: readonly string[];
}

/**
 * Does something while the target runs, where the options say how it is started; otherwise it runs already. It is ended
 * afterwards with all that it has started, whatever happened.
 * @param folder the run's, which keeps what the target writes; undefined: nothing is kept
 * @param died told where it ended by itself before that
 * @throws UsageError, EnvironmentError, Interrupted where it can't be started, or does not come to answer
 */
export async function withCandidate<T>(
  { start, target, tokens }: Pick<RunOptions, 'start' | 'target' | 'tokens'>,
  folder: string | undefined,
  signal: AbortSignal | undefined,
  died: (ended: CandidateEnded) => void,
  work: () => Promise<T>,
): Promise<T> {
  if (!start) return work();
  const log = folder === undefined ? undefined : join(folder, CANDIDATE_LOG);
  const candidate = await startCandidate({ start, target, tokens }, log, signal);
  try {
    return await work();
  } finally {
    const ended = candidate.ended();
    if (ended) died(ended);
    await candidate.stop();
  }
}
