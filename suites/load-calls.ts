import type { CallRecord, InvitedIdentity, PlannedAttempt } from '../history/events';
import type { Session } from '../target/session';
import { NotificationWatch } from '../target/notification-watch';
import type { AttemptContext } from './scenario';
import { attemptContext } from './attempt-context';

/** A call for invitations. */
export interface LoadCall {
  context: AttemptContext;
  call: CallRecord;
  /** The users to invite. */
  users: InvitedIdentity[];
  /**
   * Runs an invitation until everything that it causes has arrived. The call ends after all its invitations, including
   * the last one, and a quiet window.
   */
  runInvitation(last: boolean, act: () => Promise<void>): Promise<void>;
}

export interface LoadCallsOptions {
  session: Session;
  plan: PlannedAttempt;
  /** The number of users for each call. */
  users: number;
  /** The number of calls. */
  count: number;
  /** The number of calls that are provisioned in advance. */
  provisionedAhead: number;
  /** How long to watch a call for unexpected notifications, ms. */
  quietMs: number;
}

/** The calls of a load run: each is provisioned shortly before it is needed, watched separately, and released when it has ended. */
export class LoadCalls {
  readonly #options: LoadCallsOptions;
  readonly #ready = new Map<number, Promise<LoadCall>>();
  readonly #watches = new Map<string, NotificationWatch>();
  readonly #running = new Set<Promise<void>>();
  /** For each open call, a function that marks it as complete. */
  readonly #closing = new Set<() => void>();
  #opened = 0;
  #failure: { error: unknown } | undefined;

  constructor(options: LoadCallsOptions) {
    this.#options = options;
    options.session.listener.onDelivery((delivery) => this.#watches.get(delivery.call ?? '')?.take(delivery));
  }

  /**
   * Returns the call of an index, counted from 0; calls are requested in order.
   * @throws NotProvided if it can't be provisioned
   */
  async get(number: number): Promise<LoadCall> {
    for (; this.#opened < Math.min(this.#options.count, number + this.#options.provisionedAhead); this.#opened += 1) {
      const opening = this.#open(this.#opened + 1);
      // The error is reported when the call is needed.
      opening.catch(() => undefined);
      this.#ready.set(this.#opened, opening);
    }
    for (const before of this.#ready.keys()) if (before < number) this.#ready.delete(before);
    const live = this.#ready.get(number);
    if (!live) throw new Error(`call ${number} was requested twice`);
    return live;
  }

  /** Counts work as running until it is done; `end` throws its error. */
  track(work: Promise<void>): void {
    const whole: Promise<void> = work
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#running.delete(whole));
    this.#running.add(whole);
  }

  /**
   * Closes the calls that wait for more invitations. @returns when nothing runs any more @throws the error of tracked
   * work
   */
  async end(): Promise<void> {
    for (const close of this.#closing) close();
    while (this.#running.size > 0) await Promise.all(this.#running);
    if (this.#failure) throw this.#failure.error;
  }

  /** Ends what still waits for notifications, if the run ends early. */
  close(): void {
    for (const watch of this.#watches.values()) watch.close();
  }

  async #open(ordinal: number): Promise<LoadCall> {
    const { session, plan, users: count } = this.#options;
    const { recorder } = session;
    const provisioner = session.anotherProvisioner();
    const watch = new NotificationWatch(() => recorder.now());
    const name = `call-${ordinal}`;
    const attempt = { name, tries: plan.tries, act: () => Promise.resolve() };
    const context = attemptContext({ ...session, provisioner, watch }, plan.scenario, attempt);
    const [call, users] = await Promise.all([context.groupCall(), context.users(count)]);
    this.#watches.set(call.key, watch);
    let sent = 0;
    let underWay = 0;
    let complete = false;
    const over = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, this.#options.quietMs));
      this.#watches.delete(call.key);
      session.listener.endCall(call.key);
      recorder.add({ kind: 'attemptEnd', scenario: plan.scenario, attempt: name, at: recorder.now() });
      await provisioner.release();
    };
    const look = (): void => {
      if (!complete || underWay > 0) return;
      this.#closing.delete(close);
      if (sent > 0) this.track(over());
    };
    const close = (): void => {
      complete = true;
      look();
    };
    this.#closing.add(close);
    const runInvitation: LoadCall['runInvitation'] = async (last, act) => {
      sent += 1;
      underWay += 1;
      complete ||= last;
      await act();
      underWay -= 1;
      look();
    };
    return { context, call, users, runInvitation };
  }
}
