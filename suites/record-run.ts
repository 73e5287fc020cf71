import { catalogOf } from '../behaviors/catalog';
import { CONTRACTS, type History, type PlannedAttempt } from '../history/events';
import type { RunOptions } from '../schemas/run-options';
import { aborted, openSession, type Sink, type TargetOptions } from '../target/session';
import { mistakableTokens } from '../target/tokens';
import { Bail } from './bail';
import { runAttempts } from './run-attempts';
import { throttlingRemarks } from './throttling-remarks';
import type { Attempt, ContractAttempt, Contracts, Scenario } from './scenario';
import { attemptsFor } from './attempt-selection';
import { scenariosOf } from './scenarios';

/** Which attempts are made. */
export type AttemptOptions = Pick<RunOptions, 'edition' | 'capabilities' | 'provisioning' | 'scenarios' | 'behaviors'>;

/** What a run does one after the other: the target looked at, invitations, waiting for what must not come, giving back. */
export type Phase = 'preflight' | 'scenarios' | 'quiet window' | 'contracts' | 'release';

/** What a run has beside its options: what exists only while it is made. */
export interface RunContext {
  /** The contracts to be verified beside the scenarios; absent: none. */
  contracts?: Contracts | undefined;
  /** What there is to be tried; absent: the scenarios of the edition. */
  scenarios?: readonly Scenario[];
  /** Whether the target ends with the run, so that nothing needs to be released. */
  disposable?: boolean;
  /** Takes the header and each event as it is kept. */
  sink?: Sink;
  /** Told when an attempt ends, for a progress display. */
  progress?: ((done: number, of: number, name: string) => void) | undefined;
  /** Told when a phase begins. */
  phase?: ((phase: Phase) => void) | undefined;
  /** Ends the run early; what was seen so far is kept. */
  signal?: AbortSignal | undefined;
  /** Asked when attempts have ended: whether the run is to end by what it shows. What has not ended by then is left out. */
  bail?: (history: History) => boolean;
}

/** An attempt, and what the history says of it beforehand. */
export interface ScheduledAttempt {
  scenario: Scenario;
  attempt: Attempt;
  plan: PlannedAttempt;
}

/**
 * The attempts of a run, and which of them are left out.
 * @param all what there is to be tried
 */
export function scheduledAttempts(
  options: AttemptOptions,
  all: readonly Scenario[] = scenariosOf(options.edition),
): ScheduledAttempt[] {
  const { behaviors, capabilities, provisioning, scenarios } = options;
  // Of calls that were prepared by hand there are not enough for what is repeated under quieter conditions.
  const prepared = 'static' in provisioning;
  const needed = behaviors && attemptsFor(all, behaviors);
  return all.flatMap((scenario) =>
    scenario.attempts
      .filter(({ alone }) => alone !== true || !prepared)
      .map((attempt) => {
        const plan: PlannedAttempt = { scenario: scenario.name, attempt: attempt.name, tries: [...attempt.tries] };
        const { capability } = attempt;
        if (capability !== undefined && !capabilities[capability]) plan.withoutCapability = capability;
        if (scenarios?.includes(scenario.name) === false) plan.notSelected = true;
        if (needed && !needed.has(attempt)) plan.notSelected = true;
        if (behaviors) plan.asked = attempt.tries.filter((id) => behaviors.includes(id));
        if (attempt.alone === true) plan.alone = true;
        return { scenario, attempt, plan };
      }),
  );
}

/**
 * Conducts a run: preflight, all attempts of all scenarios together, the quiet window. It only records. What it provisioned
 * it gives back, whatever happened.
 * @returns the history, also of a run that was interrupted
 * @throws EnvironmentError where the preflight fails
 * @throws Interrupted where the run is interrupted before anything can be judged
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
