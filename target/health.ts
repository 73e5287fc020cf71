import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange, HistoryEvent, StoppedRecord } from '../history/events';
import type { Recorder } from '../history/recorder';
import { responseText } from './response-text';
import type { Client, TargetRequest } from './client';
import { watchOpenFiles } from './open-files';
import { refusesToken, type InviteProbe } from './invite-probe';
import { connectionRefusal } from './connect';

/** How long the suite waits for a target that refuses connections, and the interval between tries, ms. */
const RECOVERY_MS = 2500;
const RETRY_MS = 150;
/** How often a request is sent again if the target refused the connection. */
const MAX_RETRIES = 3;
/** How long after its last sign of life a target still counts as alive, ms. */
const AFTER_SIGN_MS = 50;

type Symptom = 'connection' | 'late' | 'exhausted' | 'token' | 'notFound' | 'gateway';

/** Whether a status says that a gateway gets no answer of the service behind it. */
function isGateways(status: number | undefined): boolean {
  return status === 502 || status === 504;
}

/** Why a run can't go on. */
export type RunStop = Omit<StoppedRecord, 'kind' | 'n'>;

/**
 * Watches whether the target is still the one that the preflight saw. A refused or broken connection, a timeout, a
 * gateway's error, a rejected token or a missing call may be the target's behaviour, or its end. To distinguish them, the
 * suite probes the port and the call of the preflight. If this machine runs out of files or ports, the run ends too,
 * because deliveries would be lost.
 */
export class TargetHealth {
  readonly #base: string;
  readonly #token: string | undefined;
  readonly #recorder: Recorder;
  readonly #symptoms: { of: Symptom; at: number; n: number }[] = [];
  readonly #inFlight = new Set<TargetRequest>();
  #known: { probe: InviteProbe; status: number | undefined } | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #retries = 0;
  #heldBack = 0;
  #unwatch: (() => void) | undefined;
  #stop: RunStop | undefined;
  readonly #over = new AbortController();
  /** Aborted when the run can't go on. */
  readonly signal: globalThis.AbortSignal = this.#over.signal;
  /** Resolves when the run can't go on. */
  readonly stopped = new Promise<void>((resolve) => {
    this.#over.signal.addEventListener('abort', () => resolve(), { once: true });
  });

  /** @param base the target's base URL @param token the valid one */
  constructor(base: string, token: string | undefined, recorder: Recorder) {
    this.#base = base;
    this.#token = token;
    this.#recorder = recorder;
  }

  /** Stops watching. */
  close(): void {
    this.#unwatch?.();
  }

  /** Why the run can't go on, if it can't. */
  get stop(): RunStop | undefined {
    return this.#stop;
  }

  /** Remarks about a run that went on. */
  remarks(): string[] {
    return [
      ...(this.#retries === 0
        ? []
        : [`the target refused the connection ${this.#retries} times, and accepted it when the suite tried again`]),
      ...(this.#heldBack === 0
        ? []
        : [`this machine ran out of files or ports ${this.#heldBack} times; the suite sent those requests again`]),
    ];
  }

  /**
   * Ends the preflight: stores the target's response to an empty invitation to the preflight's call as the baseline,
   * and watches the open files from now on, because no delivery may be lost.
   */
  setBaseline(probe: InviteProbe, answered: Exchange): void {
    this.#known = { probe, status: answered.response?.status };
    this.close();
    this.#unwatch = watchOpenFiles((lacks) => this.#end('exhausted', lacks));
  }

  /** Wraps a client so that suspicious responses trigger a check of the target. */
  watchClient(client: Client): Client {
    return { ...client, send: (sending) => this.#send(client, sending) };
  }

  /** Checks the target. @returns when it is known whether the run can go on */
  check(): Promise<void> {
    // A check that is already running may have started before this symptom, so another one follows.
    this.#next ??= (this.#running ?? Promise.resolve()).then(() => {
      this.#next = undefined;
      this.#running = this.#check().finally(() => {
        this.#running = undefined;
      });
      return this.#running;
    });
    return this.#next;
  }

  async #send(client: Client, sending: TargetRequest): Promise<Exchange> {
    for (let again = 0; ; again += 1) {
      this.#inFlight.add(sending);
      const exchange = await client.send(sending).finally(() => this.#inFlight.delete(sending));
      const of = this.#symptomOf(exchange, sending);
      if (of === undefined || this.#stop) return exchange;
      const at = exchange.response?.headersAt ?? exchange.failure?.at ?? this.#recorder.now();
      this.#symptoms.push({ of, at, n: exchange.n });
      this.#inFlight.add(sending);
      await this.check();
      this.#inFlight.delete(sending);
      if (this.#stop) return exchange;
      const cause = exchange.failure?.cause;
      if (cause === 'exhausted') {
        // The request was never sent.
        if (again >= MAX_RETRIES) {
          this.#end('exhausted', exchange.failure?.reason ?? '');
          return exchange;
        }
        this.#heldBack += 1;
      } else if (cause !== 'refused' || again >= MAX_RETRIES) return exchange;
      else this.#retries += 1;
    }
  }

  #symptomOf({ response, failure }: Exchange, sending: TargetRequest): Symptom | undefined {
    if (sending.purpose === 'release' || sending.purpose === 'probe') return undefined;
    if (failure?.cause === 'exhausted') return 'exhausted';
    // Most responses are not a symptom, whichever server sent them.
    const told = response && [refusesToken, isGateways].some((is) => is(response.status));
    if (response && told !== true && response.status !== 404) return undefined;
    if (new URL(sending.url).origin !== new URL(this.#base).origin) return undefined;
    if (failure?.cause === 'late') return 'late';
    if (failure) return failure.cause === 'refused' || failure.cause === 'broken' ? 'connection' : undefined;
    if (isGateways(response?.status)) return 'gateway';
    const valid = this.#token !== undefined && sending.headers['Authorization'] === `Bearer ${this.#token}`;
    if (!valid) return undefined;
    if (refusesToken(response?.status)) return 'token';
    return response?.status === 404 && sending.expectsAcceptance === true ? 'notFound' : undefined;
  }

  async #check(): Promise<void> {
    if (this.#stop) return;
    const { length } = this.#symptoms;
    const until = this.#recorder.now() + RECOVERY_MS;
    for (;;) {
      const refused = await connectionRefusal(this.#base, RECOVERY_MS);
      const seen = refused === undefined ? await this.#known?.probe.emptyInvitation() : undefined;
      // The system still accepts connections for a process that is stopped or hangs, and nothing is answered.
      if (seen?.failure?.cause === 'late' && this.#known?.status !== undefined) {
        this.#end('unreachable', seen.failure.reason);
        return;
      }
      const lacks = seen?.failure?.cause === 'exhausted' ? seen.failure.reason : undefined;
      const gone = this.#whyGone(seen);
      if (refused === undefined && lacks === undefined && gone === undefined && seen?.failure?.cause !== 'refused') {
        await this.#conclude(seen);
        // The symptoms before a successful check are the target's behaviour.
        if (!this.#stop) this.#symptoms.splice(0, length);
        return;
      }
      if (this.#recorder.now() >= until) {
        if (refused?.exhausted === true || lacks !== undefined) this.#end('exhausted', lacks ?? refused?.why ?? '');
        else this.#end('unreachable', refused?.why ?? gone ?? 'ECONNREFUSED');
        return;
      }
      await sleep(RETRY_MS);
    }
  }

  /**
   * Why a probe says that nothing answers any more, although something accepts connections: a container's proxy resets
   * them if the service has ended, and a gateway answers in its place.
   */
  #whyGone(seen: Exchange | undefined): string | undefined {
    const before = this.#known?.status;
    if (before === undefined || isGateways(before)) return undefined;
    if (seen?.failure?.cause === 'broken') return seen.failure.reason;
    if (!seen?.response || !isGateways(seen.response.status)) return undefined;
    return `an invitation that it answered with ${before} before gets ${responseText(seen.response, this.#recorder.clean)}`;
  }

  async #conclude(seen: Exchange | undefined): Promise<void> {
    const has = (...some: Symptom[]): boolean => this.#symptoms.some(({ of }) => some.includes(of));
    if (!seen?.response || !this.#known) return;
    const { status } = seen.response;
    const said = responseText(seen.response, this.#recorder.clean);
    const { probe, status: before } = this.#known;
    if (refusesToken(status) && !refusesToken(before) && has('token')) this.#end('tokenRefused', said);
    else if (status === 404 && before !== 404 && has('connection', 'notFound')) this.#end('restarted', said);
    else if (has('token') && !refusesToken(before) && !refusesToken(status)) {
      // The target may validate the body before the token; a valid body shows whether it rejects the token.
      const { response } = await probe.invitation();
      if (response?.status === 401) this.#end('tokenRefused', responseText(response, this.#recorder.clean));
    }
  }

  #end(cause: RunStop['cause'], seen: string): void {
    if (this.#stop) return;
    const at = this.#recorder.now();
    const relevant = this.#symptoms.filter(({ of }) => cause !== 'tokenRefused' || of === 'token');
    const first = relevant.toSorted((a, b) => a.at - b.at)[0];
    const sign = lastSignOfLife(this.#recorder.history().events, this.#base, first?.at ?? at);
    // A load run keeps no events to search.
    const since =
      cause === 'tokenRefused' || sign === 0 ? (first?.at ?? at) : Math.min(first?.at ?? at, sign + AFTER_SIGN_MS);
    const inFlight = [...this.#inFlight].flatMap(({ invitation }) => (invitation === undefined ? [] : [invitation]));
    const exchange = first === undefined ? {} : { exchange: first.n };
    this.#stop = { cause, at, since, ...exchange, inFlight: [...new Set(inFlight)], seen };
    this.#over.abort();
  }
}

/** When the target last answered or delivered before a given time, ms; 0 if never. */
function lastSignOfLife(events: readonly HistoryEvent[], base: string, before: number): number {
  const { origin } = new URL(base);
  const signs = events.map((event) => {
    if (event.kind === 'delivery') return event.bodyAt;
    return event.kind === 'exchange' && event.request.url.startsWith(`${origin}/`) ? (event.response?.endAt ?? 0) : 0;
  });
  return signs.reduce((last, at) => (at < before ? Math.max(last, at) : last), 0);
}
