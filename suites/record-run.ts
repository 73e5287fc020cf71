import { catalogOf } from '../behaviors/catalog';
import { CONTRACTS, type History, type PlannedAttempt } from '../history/events';
import { aborted, openSession, type Sink, type TargetOptions } from '../target/session';
import { mistakableTokens } from '../target/tokens';
import { Bail } from './bail';
import { runAttempts, type RunProgress } from './run-attempts';
import { throttlingRemarks } from './throttling-remarks';
import type { ContractAttempt, Contracts, Scenario } from './scenario';
import { scheduledAttempts, type AttemptOptions } from './attempt-selection';

/** What a run needs besides its options, and exists only during the run. */
export interface RunContext extends RunProgress {
  /** The contracts to verify in the same run; by default none. */
  contracts?: Contracts | undefined;
  /** The scenarios to run; by default those of the edition. */
  scenarios?: readonly Scenario[];
  /** Whether the target ends with the run, so that nothing must be released. */
  disposable?: boolean;
  /** Receives the header and each event when it is recorded. */
  sink?: Sink;
  /** Ends the run early; what was recorded is kept. */
  signal?: AbortSignal | undefined;
  /**
   * Called after attempts have ended; returns whether to end the run. Attempts that have not ended by then are left
   * out.
   */
  bail?: (history: History) => boolean;
}

/**
 * Conducts a run: preflight, all attempts of all scenarios together, the quiet window. It only records, and always
 * releases what it provisioned.
 * @returns the history, also of an interrupted run
 * @throws EnvironmentError if the preflight fails
 * @throws Interrupted if the run is interrupted before anything can be judged
 */
export async function recordRun(options: TargetOptions & AttemptOptions, context: RunContext = {}): Promise<History> {
  const { contracts, disposable, sink, signal, phase } = context;
  const planned = scheduledAttempts(options, context.scenarios);
  phase?.('preflight');
  const attempts = contracts?.attempts ?? [];
  const plan = [...planned.map((one) => one.plan), ...attempts.map(contractPlan)];
  const secrets = contracts?.secrets ?? [];
  const bail = new Bail(context.bail ?? (() => false), () => session.recorder.history());
  const ends = AbortSignal.any([bail.signal, ...(signal ? [signal] : [])]);
  const catalogDigest = catalogOf(options.edition).digest;
  const session = await openSession(options, { catalogDigest, plan, sink, signal: ends, secrets, disposable });
  try {
    contracts?.prepare();
    await session.runPreflight();
    const { recorder, health, listener } = session;
    const progress: RunContext['progress'] = (...ended) => {
      context.progress?.(...ended);
      if (context.bail) bail.check();
    };
    const whole = runAttempts(session, planned, attempts, options.quietMs, { phase, progress });
    const cutOff = await Promise.race([whole.then(() => false), health.stopped.then(() => false), aborted(ends)]);
    const bailed = cutOff && bail.signal.aborted && signal?.aborted !== true;
    const at = recorder.now();
    if (health.stop) recorder.add({ kind: 'stopped', ...health.stop });
    phase?.('release');
    recorder.finish();
    const { events } = recorder.history();
    const remarks = [...mistakableTokens(options.tokens), ...listener.remarks(), ...health.remarks()];
    remarks.push(...throttlingRemarks(events), ...(await session.release()));
    recorder.add({ kind: 'end', at, interrupted: cutOff && !bailed, ...(bailed ? { bailed } : {}), remarks });
    return recorder.history();
  } finally {
    await Promise.all([session.close(), contracts?.close()]);
  }
}

function contractPlan({ name, contract }: ContractAttempt): PlannedAttempt {
  return { scenario: CONTRACTS, attempt: name, tries: [], contract };
}
