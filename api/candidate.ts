import { join } from 'node:path';
import type { RunOptions } from '../schemas/run-options';
import { startCandidate } from '../target/candidate';

/** The file for the candidate's output in a run's folder. */
const CANDIDATE_LOG = 'candidate.log';

/** Reports that a target which the run had started ended during the run. */
export interface CandidateEnded {
  what: string;
  /** Its last output, line by line. */
  details: readonly string[];
}

/**
 * Does some work while the target runs. If the options say how to start the target, starts it, and always ends it
 * afterwards with its children.
 * @param folder the run's folder, for the target's output; undefined: it is not kept
 * @param died called if the target ends early
 * @throws UsageError, EnvironmentError, Interrupted if it can't be started, or does not answer
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
