import { CONTRACTS, type History, type PlannedAttempt } from '../history/events';
import { aborted, openSession, type Sink, type TargetSettings } from '../target/session';
import { mistakableTokens } from '../target/tokens';
import { Bail } from './bail';
import { editionHeader, type EditionSettings } from './edition-settings';
import { runAttempts } from './run-attempts';
import { throttlingRemarks } from './throttling-remarks';
import type { Capabilities } from '../schemas/options';
import type { Attempt, ContractAttempt, Contracts, Scenario } from './scenario';
import { attemptsFor } from './attempt-selection';

export type { Provisioning } from '../target/session';

/** Everything that a run depends on. */
export interface RunSettings extends TargetSettings, EditionSettings {
  /** What it leaves out is there. */
  capabilities: Partial<Capabilities>;
  /** Those of the edition. */
  scenarios: readonly Scenario[];
  /** Names of the scenarios to run; all by default. */
  selected?: readonly string[];
  /** Ids of the behaviours to judge, by the attempts that they need; all by default. */
  behaviors?: readonly string[];
  /** The contracts to be verified beside them; none by default. */
  contracts?: Contracts;
}

/** What a run does one after the other: the target looked at, invitations, waiting for what must not come, giving back. */
export type Phase = 'preflight' | 'scenarios' | 'quiet window' | 'contracts' | 'release';

export interface RunHooks {
  /** Takes the header and each event as it is kept. */
  sink?: Sink;
  /** Told when an attempt ends, for a progress display. */
  progress?: (done: number, of: number, name: string) => void;
  /** Told when a phase begins. */
  phase?: (phase: Phase) => void;
  /** Ends the run early; what was seen so far is kept. */
  signal?: AbortSignal;
  /** Asked when attempts have ended: whether the run is to end by what it shows. What has not ended by then is left out. */
  bail?: (history: History) => boolean;
}

/** An attempt, and what the history says of it beforehand. */
export interface ScheduledAttempt {
  scenario: Scenario;
  attempt: Attempt;
  plan: PlannedAttempt;
}

/** The attempts of a run, and which of them are left out. */
export function scheduledAttempts(settings: RunSettings): ScheduledAttempt[] {
  // Of calls that were prepared by hand there are not enough for what is repeated under quieter conditions.
  const prepared = 'static' in settings.provisioning;
  const { behaviors } = settings;
  const needed = behaviors && attemptsFor(settings.scenarios, behaviors);
  return settings.scenarios.flatMap((scenario) =>
    scenario.attempts
      .filter(({ alone }) => alone !== true || !prepared)
      .map((attempt) => {
        const plan: PlannedAttempt = { scenario: scenario.name, attempt: attempt.name, tries: [...attempt.tries] };
        const { capability } = attempt;
        if (capability !== undefined && settings.capabilities[capability] === false)
          plan.withoutCapability = capability;
        if (settings.selected && !settings.selected.includes(scenario.name)) plan.notSelected = true;
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
export async function recordRun(settings: RunSettings, hooks: RunHooks = {}): Promise<History> {
  const { sink, signal, phase } = hooks;
  const planned = scheduledAttempts(settings);
  phase?.('preflight');
  const { contracts } = settings;
  const attempts = contracts?.attempts ?? [];
  const plan = [...planned.map((one) => one.plan), ...attempts.map(contractPlan)];
  const secrets = contracts?.secrets ?? [];
  const bail = new Bail(hooks.bail ?? (() => false), () => session.recorder.history());
  const ends = AbortSignal.any([bail.signal, ...(signal ? [signal] : [])]);
  const session = await openSession(settings, { ...editionHeader(settings), plan, sink, signal: ends, secrets });
  try {
    contracts?.prepare();
    await session.runPreflight();
    const { recorder, health, listener } = session;
    const progress: RunHooks['progress'] = (...ended) => {
      hooks.progress?.(...ended);
      if (hooks.bail) bail.check();
    };
    const whole = runAttempts(session, planned, attempts, settings.quietMs, { ...hooks, progress });
    const cutOff = await Promise.race([whole.then(() => false), health.stopped.then(() => false), aborted(ends)]);
    const bailed = cutOff && bail.signal.aborted && signal?.aborted !== true;
    const at = recorder.now();
    if (health.stop) recorder.add({ kind: 'stopped', ...health.stop });
    phase?.('release');
    recorder.finish();
    const { events } = recorder.history();
    const remarks = [...mistakableTokens(settings.tokens), ...listener.remarks(), ...health.remarks()];
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
