import { join, resolve } from 'node:path';
import type { RunOptions } from '../schemas/run-options';
import { startCandidate, type Candidate } from '../target/candidate';
import { secretsOf } from '../target/tokens';

/** The file in a run's folder that keeps what the candidate wrote. */
export const CANDIDATE_LOG = 'candidate.log';

/** The environment of the candidate: not what this suite itself reads, secrets among it. */
function environmentOf(given: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('INVITE_'));
  return { ...Object.fromEntries(others), ...given };
}

/** Starts the target where the options say how, and waits until it answers. */
async function candidateFor(
  { start, target, tokens }: Pick<RunOptions, 'start' | 'target' | 'tokens'>,
  folder: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Candidate | undefined> {
  if (!start) return undefined;
  const { command, url, cwd = '.', env, timeoutMs } = start;
  const settings = {
    command,
    url: url ?? target,
    healthy: url !== undefined,
    cwd: resolve(cwd),
    env: environmentOf(env),
    timeoutMs,
    secrets: secretsOf(tokens),
    ...(folder === undefined ? {} : { log: join(folder, CANDIDATE_LOG) }),
  };
  return startCandidate(settings, signal);
}

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
  options: Pick<RunOptions, 'start' | 'target' | 'tokens'>,
  folder: string | undefined,
  signal: AbortSignal | undefined,
  died: (ended: CandidateEnded) => void,
  work: () => Promise<T>,
): Promise<T> {
  const candidate = await candidateFor(options, folder, signal);
  if (!candidate) return work();
  try {
    return await work();
  } finally {
    const ended = candidate.ended();
    if (ended) died(ended);
    await candidate.stop();
  }
}
