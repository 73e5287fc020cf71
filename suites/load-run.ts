import { catalogOf } from '../behaviors/catalog';
import type { Edition } from '../behaviors/edition';
import type { PlannedAttempt } from '../history/events';
import type { RunOptions } from '../schemas/run-options';
import { EnvironmentError, missingToken, NotProvided } from '../target/errors';
import { aborted, openSession, type Session, type TargetOptions } from '../target/session';
import type { RunContext } from './record-run';
import { LoadCalls, type LoadCall } from './load-calls';
import { ACCEPTED_BEHAVIORS } from './behavior-lists';

/** The behaviours that a load run tries: those of a plain invitation. */
export const LOAD_PLAN: PlannedAttempt = {
  scenario: 'load',
  attempt: 'calls',
  tries: ['request.route', ...ACCEPTED_BEHAVIORS],
};

/** The plan with only the behaviours of an edition. */
export function loadPlan(edition: Edition): PlannedAttempt {
  return { ...LOAD_PLAN, tries: LOAD_PLAN.tries.filter(catalogOf(edition).has) };
}

/** The options of a session that dials no phone, as in every load run. */
export function withoutPhone(options: TargetOptions): TargetOptions {
  return { ...options, allowPstn: false };
}

/** The number of invitations to each call; they are concurrent. */
export const INVITATIONS_PER_CALL = 8;
/** After this number of consecutive requests without a response, the target counts as gone. */
const MAX_UNANSWERED = 50;
/** The maximum number of connections to the listener. */
const MAX_CONNECTIONS = 4096;
/** The maximum number of kept deliveries per invitation; more are only counted. */
const DELIVERIES_PER_INVITATION = 20;
const MIN_DELIVERIES = 10_000;
/** Above this share of busy time, this process may be the bottleneck. */
const BUSY_SHARE = 0.9;

/** A longer turn of the event loop, ms, shows that this process is behind. */
const LATE_TURN_MS = 100;

/** Why the other invitations were not sent. */
type LoadStop = Pick<NotProvided, 'reason' | 'message' | 'advice'>;

const TOO_SLOW: LoadStop = {
  reason: 'prerequisite',
  message: 'the target took more than three times as long as the rate allows',
  advice: 'Lower --rate or raise --concurrency.',
};
const GONE: LoadStop = {
  reason: 'environment',
  message: `the last ${MAX_UNANSWERED} got no response`,
  advice: 'Check whether the target still runs; lower --rate.',
};
const REFUSED: LoadStop = {
  reason: 'prerequisite',
  message: 'the first one was not accepted',
  advice: 'Fix request.route first: run without --load until it passes.',
};

/** The options of a load run. */
export type LoadRunOptions = TargetOptions & Required<Pick<RunOptions, 'load'>>;

/** What a load run needs besides its options. */
type LoadRunContext = Pick<RunContext, 'disposable' | 'sink' | 'progress' | 'signal'>;

/** Sends the invitations of a load run, each when it is due, within the concurrency limit. */
class LoadSender {
  readonly #recorder: Session['recorder'];
  readonly #calls: LoadCalls;
  readonly #health: Session['health'];
  readonly #options: LoadRunOptions;
  readonly #context: LoadRunContext;
  readonly #freed: (() => void)[] = [];
  #inFlight = 0;
  #unanswered = 0;
  #over = 0;

  constructor({ recorder, health }: Session, calls: LoadCalls, options: LoadRunOptions, context: LoadRunContext) {
    this.#recorder = recorder;
    this.#calls = calls;
    this.#health = health;
    this.#options = options;
    this.#context = context;
  }

  /** @returns when everything sent is over, including the quiet windows */
  async run(): Promise<void> {
    const { count, rate } = this.#options.load;
    let sent = 0;
    let stop: LoadStop | undefined;
    try {
      if (this.#options.tokens.valid === undefined) throw missingToken('every invitation needs it');
      // The first invitation is sent alone: if the target does not accept it, the others are not sent.
      if (!(await this.#first())) stop = REFUSED;
      sent = 1;
      const start = this.#recorder.now();
      const latest = start + (3000 * count) / rate + 6 * this.#options.timeoutMs;
      for (; sent < count && !stop && this.#context.signal?.aborted !== true; sent += 1) {
        const dueAt = start + (sent * 1000) / rate;
        await this.#waitUntil(dueAt);
        const live = await this.#calls.get(Math.floor(sent / INVITATIONS_PER_CALL));
        await this.#enter();
        stop = this.#unanswered >= MAX_UNANSWERED ? GONE : this.#recorder.now() > latest ? TOO_SLOW : undefined;
        if (stop) break;
        this.#calls.track(this.#send(live, sent, dueAt));
      }
    } catch (error) {
      if (!(error instanceof NotProvided)) throw error;
      stop = error;
    }
    if (stop && sent < count) this.#recordMissing(stop, sent);
    await this.#calls.end();
  }

  async #first(): Promise<boolean> {
    try {
      const live = await this.#calls.get(0);
      this.#inFlight += 1;
      const dueAt = this.#recorder.now();
      return await new Promise<boolean>((resolve, reject) => {
        const whole = this.#send(live, 0, dueAt, resolve);
        whole.catch(reject);
        this.#calls.track(whole);
      });
    } catch (error) {
      if (!(error instanceof NotProvided)) throw error;
      throw new EnvironmentError('provision', error.message, error.advice);
    }
  }

  async #send(live: LoadCall, i: number, dueAt: number, answered?: (accepted: boolean) => void): Promise<void> {
    const ordinal = i % INVITATIONS_PER_CALL;
    const last = ordinal === INVITATIONS_PER_CALL - 1 || i === this.#options.load.count - 1;
    await live.runInvitation(last, async () => {
      const { context, call, users } = live;
      const invitees = users.slice(ordinal, ordinal + 1);
      const says = `number ${i + 1} of ${this.#options.load.count}`;
      const options = { name: String(ordinal + 1), says, invitees, dueAt };
      const sent = await context.invite(call, options).finally(() => this.#leave());
      this.#unanswered = sent.answered ? 0 : this.#unanswered + 1;
      answered?.(sent.accepted);
      await context.waitForOutcome(sent);
      // Notifications may be missing because the target is gone.
      if (this.#recorder.now() - sent.answeredAt >= this.#options.timeoutMs) await this.#health.check();
    });
    this.#over += 1;
    this.#context.progress?.(this.#over, this.#options.load.count, `invitation ${i + 1}`);
  }

  #recordMissing({ reason: cause, message, advice: hint }: LoadStop, sent: number): void {
    const { count } = this.#options.load;
    const missing = `${count - sent} of ${count} invitations were not sent: ${message}`;
    const { scenario, attempt } = LOAD_PLAN;
    this.#recorder.add({ kind: 'missing', scenario, attempt, tries: ['request.route'], cause, missing, hint });
  }

  /**
   * Waits until an invitation is due. If it is overdue, first handles what has arrived; if that takes long, this
   * process is the bottleneck, and sending faster than it can receive would measure only itself.
   */
  async #waitUntil(dueAt: number): Promise<void> {
    const from = this.#recorder.now();
    if (dueAt - from > 1) {
      await new Promise((resolve) => setTimeout(resolve, dueAt - from));
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#recorder.now() - from > LATE_TURN_MS) await new Promise((resolve) => setTimeout(resolve, LATE_TURN_MS));
  }

  async #enter(): Promise<void> {
    if (this.#inFlight < this.#options.concurrency) this.#inFlight += 1;
    else await new Promise<void>((resolve) => this.#freed.push(resolve));
  }

  #leave(): void {
    const next = this.#freed.shift();
    if (next) next();
    else this.#inFlight -= 1;
  }
}

/**
 * Conducts a load run: sends a number of invitations at a rate, to as many calls as they need. It only records, and
 * keeps no events of a call that is over, because the sink has them. A slow target gets invitations at a lower rate,
 * and never more at once than `concurrency`; if it stops answering, the rest is not sent, and if it is gone, the run
 * ends.
 * @throws EnvironmentError if the preflight fails, or the first call can't be provisioned
 * @throws Interrupted if it is interrupted before anything was sent
 */
export async function recordLoadRun(options: LoadRunOptions, context: LoadRunContext): Promise<void> {
  const { load, edition, quietMs } = options;
  const { disposable, sink, signal } = context;
  const plan = loadPlan(edition);
  const session = await openSession(withoutPhone(options), {
    catalogDigest: catalogOf(edition).digest,
    plan: [plan],
    load,
    sink,
    signal,
    disposable,
    limits: {
      maxDeliveries: Math.max(MIN_DELIVERIES, DELIVERIES_PER_INVITATION * load.count),
      maxConnections: MAX_CONNECTIONS,
    },
  });
  try {
    await session.runPreflight();
    const { recorder, health, listener } = session;
    const calls = new LoadCalls({
      session,
      plan,
      users: INVITATIONS_PER_CALL,
      count: Math.ceil(load.count / INVITATIONS_PER_CALL),
      provisionedAhead: Math.min(100, Math.max(2, Math.ceil(load.rate / INVITATIONS_PER_CALL))),
      quietMs,
    });
    const began = performance.eventLoopUtilization();
    const whole = new LoadSender(session, calls, options, context).run();
    const interrupted = await Promise.race([
      whole.then(() => false),
      health.stopped.then(() => false),
      aborted(signal),
    ]);
    calls.close();
    if (health.stop) recorder.add({ kind: 'stopped', ...health.stop });
    const busy = performance.eventLoopUtilization(began).utilization;
    const remarks = listener.remarks();
    if (busy > BUSY_SHARE) {
      remarks.push(
        `this process was busy ${Math.round(busy * 100)} % of the time: the measured times may be too long because of that`,
      );
    }
    recorder.add({ kind: 'end', at: recorder.now(), interrupted, remarks: [...remarks, ...health.remarks()] });
  } finally {
    await session.close();
  }
}
