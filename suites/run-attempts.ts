import { CONTRACTS } from '../history/events';
import { NotProvided, missingToken } from '../target/errors';
import { timeKeptUp } from '../target/pending-reads';
import type { Session } from '../target/session';
import type { ScheduledAttempt } from './attempt-selection';
import type { Attempt, ContractAttempt, Scenario } from './scenario';
import { attemptContext, type RepeatableContext } from './attempt-context';
import { mayHideOrder, showsLateResponse } from './order-doubts';

/** The phases of a run, in order. */
export type Phase = 'preflight' | 'scenarios' | 'quiet window' | 'contracts' | 'release';

/** What is told about a run while it goes on. */
export interface RunProgress {
  /** Called when an attempt ends, for a progress display. */
  progress?: ((done: number, of: number, name: string) => void) | undefined;
  /** Called when a phase begins. */
  phase?: ((phase: Phase) => void) | undefined;
}

/** After this time of silence, ms, the target is assumed to send nothing more until a deadline passes. */
const SILENCE_MS = 300;
/** The interval between checks for silence, ms. */
const POLL_MS = 20;
/** The longest wait for an attempt that runs alone before the next one begins, ms, more in a busy process. */
const ALONE_MS = 200;
/** How often an attempt that runs alone acts at most. */
const MAX_ROUNDS = 3;
/** A round that took longer than this share of the timeout waited in vain: there is no other, as it would do so too. */
const REPEATABLE_SHARE = 0.5;
/** The minimal share of the quiet window that remains after attempts that run alone. */
const MIN_QUIET_SHARE = 0.5;

/**
 * Runs the attempts: first all together, then those that run alone, one after the other. The latter begin when the
 * others are over, or wait in silence for missing notifications, and they run within the quiet window of the others.
 * Contracts run at the same time, or afterwards if all share the same calls.
 */
export async function runAttempts(
  session: Session,
  planned: readonly ScheduledAttempt[],
  contracts: readonly ContractAttempt[],
  quietMs: number,
  { phase, progress }: RunProgress,
): Promise<void> {
  const made = planned.filter(({ plan }) => plan.withoutCapability === undefined && plan.notSelected !== true);
  const now = (): number => session.recorder.now();
  const all = made.length + contracts.length;
  let done = 0;
  const whole = async (scenario: string, name: string, work: Promise<void>): Promise<void> => {
    await work;
    done += 1;
    progress?.(done, all, `${scenario}/${name}`);
  };
  const make = ({ scenario, attempt }: ScheduledAttempt): Promise<void> =>
    whole(scenario.name, attempt.name, runAttempt(session, scenario, attempt));
  const verify = (attempt: ContractAttempt): Promise<void> =>
    whole(CONTRACTS, attempt.name, runContractAttempt(session, attempt));
  phase?.('scenarios');
  const shared = session.provisioner.sharedCallback === true;
  const beside = Promise.all(shared ? [] : contracts.map(verify));
  // Its error is thrown where it is awaited.
  beside.catch(() => undefined);
  const some = made.filter(({ attempt }) => attempt.alone !== true);
  const together = Promise.all(inOrder(some).map(make)).then(now);
  const alone = runOneByOne(
    made.filter(({ attempt }) => attempt.alone === true),
    make,
    () => waitForSilence(session, together),
  );
  const scenarios = async (): Promise<void> => {
    const [overAt] = await Promise.all([together, alone]);
    if (made.length === 0) return;
    phase?.('quiet window');
    const left = Math.max(overAt + quietMs - now(), quietMs * MIN_QUIET_SHARE);
    // Notifications may be missing because the target is gone.
    await Promise.all([new Promise((resolve) => setTimeout(resolve, left)), session.health.check()]);
  };
  await scenarios();
  if (contracts.length === 0) return;
  phase?.('contracts');
  await Promise.all([beside, ...(shared ? contracts.map(verify) : [])]);
  const { events } = session.recorder.history();
  if (events.some((event) => event.kind === 'contract' && event.result === 'failed')) await session.health.check();
}

/**
 * The order in which attempts begin, and so request calls and users: those that others vary, then their variations;
 * of each, long ones first, so that the run does not wait for them at its end.
 */
function inOrder(all: readonly ScheduledAttempt[]): ScheduledAttempt[] {
  const rank = ({ attempt: { variation, long } }: ScheduledAttempt): number =>
    (variation === true ? 2 : 0) + (long === true ? 0 : 1);
  return all.toSorted((one, other) => rank(one) - rank(other));
}

/** Starts each attempt when the previous one is over or takes long. @param ready awaited before the first */
async function runOneByOne(
  all: readonly ScheduledAttempt[],
  make: (one: ScheduledAttempt) => Promise<void>,
  ready: () => Promise<unknown>,
): Promise<void> {
  if (all.length === 0) return;
  await ready();
  const underWay: Promise<void>[] = [];
  for (const one of all) {
    const whole = make(one);
    underWay.push(whole);
    // Its error is thrown at the end.
    whole.catch(() => undefined);
    const over = new AbortController();
    const enough = timeKeptUp(ALONE_MS, over.signal).catch(() => undefined);
    await Promise.race([whole, enough]);
    over.abort();
  }
  await Promise.all(underWay);
}

/** Waits until some attempts are over, or no request is in flight and nothing has arrived for a while. */
async function waitForSilence({ recorder, client }: Session, attempts: Promise<unknown>): Promise<void> {
  let events = 0;
  const stop = recorder.onEvent(() => {
    events += 1;
  });
  const over = new AbortController();
  const silence = async (): Promise<void> => {
    for (let quiet = 0; quiet < SILENCE_MS;) {
      const before = events;
      await timeKeptUp(POLL_MS, over.signal);
      quiet = events === before && client.inFlight() === 0 ? quiet + POLL_MS : 0;
    }
  };
  try {
    await Promise.race([attempts, silence().catch(() => undefined)]);
  } finally {
    over.abort();
    stop();
  }
}

async function runAttempt(session: Session, scenario: Scenario, attempt: Attempt): Promise<void> {
  const { recorder } = session;
  const of = { scenario: scenario.name, attempt: attempt.name };
  const context = attemptContext(session, scenario.name, attempt);
  try {
    if (session.tokens.valid === undefined) throw missingToken('every attempt needs it, to invite or to compare with');
    const { alone, capability } = attempt;
    // No phone is dialled again, because other attempts need the calls that `maxDials` allows.
    await (alone === true && capability !== 'pstn' ? actInRounds(session, attempt, context) : attempt.act(context));
  } catch (error) {
    if (!(error instanceof NotProvided)) throw error;
    const { reason: cause, message: missing, advice: hint } = error;
    recorder.add({ kind: 'missing', ...of, tries: [...attempt.tries], cause, missing, hint });
  } finally {
    context.close();
  }
  recorder.add({ kind: 'attemptEnd', ...of, at: recorder.now() });
}

/**
 * Acts, and again: twice if there was a late response, which a busy machine may have caused, and while this process may
 * have read too late to prove an order.
 */
async function actInRounds(
  { recorder, timeoutMs }: Session,
  attempt: Attempt,
  context: RepeatableContext,
): Promise<void> {
  let isToConfirm = false;
  for (let round = 1; ; round += 1) {
    const [first, from] = [recorder.history().events.at(-1)?.n ?? 0, recorder.now()];
    try {
      await attempt.act(context);
    } catch (error) {
      // Calls and users may be scarce; the first round was complete.
      if (round > 1 && error instanceof NotProvided) return;
      throw error;
    }
    if (round === MAX_ROUNDS || recorder.now() - from > timeoutMs * REPEATABLE_SHARE) return;
    const { header, events } = recorder.history();
    const since = { header, events: events.filter(({ n }) => n > first) };
    isToConfirm ||= showsLateResponse(since);
    if (!isToConfirm && !mayHideOrder(since)) return;
    context.beginRound();
  }
}

async function runContractAttempt(session: Session, attempt: ContractAttempt): Promise<void> {
  const { recorder } = session;
  const context = attemptContext(session, CONTRACTS, { name: attempt.name, tries: [] });
  try {
    await attempt.act(context);
  } finally {
    context.close();
  }
  recorder.add({ kind: 'attemptEnd', scenario: CONTRACTS, attempt: attempt.name, at: recorder.now() });
}
