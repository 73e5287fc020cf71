import { catalogOf } from '../behaviors/catalog';
import type { Edition } from '../behaviors/edition';
import type { PlannedAttempt } from '../history/events';
import type { RunOptions } from '../schemas/run-options';
import { EnvironmentError, missingToken, NotProvided } from '../target/errors';
import { aborted, openSession, type Session, type TargetOptions } from '../target/session';
import type { RunContext } from './record-run';
import { LoadCalls, type LoadCall } from './load-calls';
import { ACCEPTED_BEHAVIORS } from './behavior-lists';

/** What a load run tries: what any plain invitation shows. */
export const LOAD_PLAN: PlannedAttempt = {
  scenario: 'load',
  attempt: 'calls',
  tries: ['request.route', ...ACCEPTED_BEHAVIORS],
};

/** The same, of what an edition documents. */
export function loadPlan(edition: Edition): PlannedAttempt {
  return { ...LOAD_PLAN, tries: LOAD_PLAN.tries.filter(catalogOf(edition).has) };
}

/** The options of a session that invites no phone: no load run dials one. */
export function withoutPhone(options: TargetOptions): TargetOptions {
  return { ...options, allowPstn: false };
}

/** How many invitations go to each call; they are under way together. */
export const INVITATIONS_PER_CALL = 8;
/** So many requests without an answer, one after the other, and the target is held to be gone. */
const MAX_UNANSWERED = 50;
/** How many connections the target may have open to the listener. */
const MAX_CONNECTIONS = 4096;
/** How many deliveries an invitation may bring; what is more is counted, and not kept. */
const DELIVERIES_PER_INVITATION = 20;
const MIN_DELIVERIES = 10_000;
/** Above this share of its time, this process may be what is slow. */
const BUSY_SHARE = 0.9;

/** A turn of the event loop that takes longer says that this process is behind, ms. */
const LATE_TURN_MS = 100;

/** Why the rest was not sent. */
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

/** What a load run has beside them. */
type LoadRunContext = Pick<RunContext, 'disposable' | 'sink' | 'progress' | 'signal'>;

/** Sends the invitations of a load run, each when it is due, and as many at once as there is room for. */
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

  /** @returns when all that was sent is over and was quiet for a while */
  async run(): Promise<void> {
    const { count, rate } = this.#options.load;
    let sent = 0;
    let stop: LoadStop | undefined;
    try {
      if (this.#options.tokens.valid === undefined) throw missingToken('every invitation needs it');
      // The first goes alone: a target that does not take one is not sent the rest.
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
      // What did not come may not have come as the target was gone by then.
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
   * Waits until one is due. Where it is overdue, what has come meanwhile is taken first; and where that takes long, it
   * is this process that is behind: it sends no more than it can listen to, or it would time itself.
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
 * Conducts a load run: so many invitations, so many a second, over as many calls as they need. It only records, and
 * keeps nothing of a call that is over: the sink has it. A target that can't keep up is sent fewer a second, never more
 * at once than `concurrency`; one that answers no more is left alone, and one that is gone ends the run.
 * @throws EnvironmentError where the preflight fails, or the first call can't be had
 * @throws Interrupted where it is interrupted before anything was sent
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
