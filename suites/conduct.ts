import { CATALOG_DIGEST } from '../behaviors/catalog';
import type { History, HistoryEvent, HistoryHeader, LoadWish, PlannedAttempt } from '../history/events';
import { Recorder } from '../history/recorder';
import { redactor } from '../history/redact';
import { callsProvisioner, type CallBodies } from '../target/calls';
import { createClient, type Client } from '../target/client';
import { Arrivals } from '../target/arrivals';
import { EnvironmentError, Interrupted } from '../target/errors';
import { Health } from '../target/health';
import { startListener, type Listener, type ListenerOptions } from '../target/listener';
import { reachesItself, roundTrip } from '../target/preflight';
import { phoneOf, type Phone } from '../target/phone';
import type { Provisioner } from '../target/provisioning';
import { statesProvisioner } from '../target/states';
import { staticProvisioner, type Invitees, type StaticCalls } from '../target/static';
import type { TlsSettings } from '../target/tls';
import { mistakableTokens, secretsOf, type Tokens } from '../target/tokens';
import { prove } from './prove';
import { givenBack } from './release';
import { throttlings } from './remarks';
import type { Attempt, Capability, Scenario } from './scenario';
import { perform } from './perform';
import type { Theatre } from './stage';
import { Watch } from './watch';
import { VERSION } from '../history/package-file';

export type Provisioning = { states: string } | { calls: CallBodies } | { static: StaticCalls };

/** Everything that a run depends on. */
export interface RunSettings {
  /** The target's base URL: that to which /communications/calls is added. */
  target: string;
  tokens: Tokens;
  /** Certificates, a key and a host name for https, beyond what Node does by itself. */
  tls?: TlsSettings;
  provisioning: Provisioning;
  /** `unchecked`: whether this machine reaches the URL is not looked at, as only the target resolves its name. */
  callback: { host: string; port: number; url?: string; unchecked?: boolean };
  invitees: Invitees;
  capabilities: Record<Capability, boolean>;
  /** The longest wait for one expected notification, and for an answer, ms. */
  timeoutMs: number;
  /** How long nothing more may come after the last expected event, ms. */
  quietMs: number;
  /** How many requests may be in flight at once. */
  concurrency: number;
  /** Whether the configured phone may be dialled. */
  allowPstn: boolean;
  /** Whether the target ends with the run, so that nothing needs to be given back. */
  disposable?: boolean;
  /** How often it may be, at most. */
  maxDials?: number;
  /** The phone itself, where a run's contracts share it; made of the above by default. */
  phone?: Phone;
  scenarios: readonly Scenario[];
  /** Names of the scenarios to run; all by default. */
  selected?: readonly string[];
}

/** What a run does one after the other: the target looked at, invitations, waiting for what must not come, giving back. */
export type Phase = 'preflight' | 'scenarios' | 'quiet window' | 'release';

export interface RunHooks {
  /** Takes the header and each event as it is kept. */
  sink?: (line: HistoryEvent | HistoryHeader) => void;
  /** Told when an attempt ends, for a progress display. */
  progress?: (done: number, of: number, name: string) => void;
  /** Told when a phase begins. */
  phase?: (phase: Phase) => void;
  /** Ends the run early; what was seen so far is kept. */
  signal?: AbortSignal;
}

/** How much later something must arrive to come after something else, whatever the network, ms. */
const SLACK = 8;

/** An attempt, and what the history says of it beforehand. */
export interface Planned {
  scenario: Scenario;
  attempt: Attempt;
  plan: PlannedAttempt;
}

/** The attempts of a run, and which of them are left out. */
export function planOf(settings: RunSettings): Planned[] {
  // Of calls that were prepared by hand there are not enough for what is repeated under quieter conditions.
  const prepared = 'static' in settings.provisioning;
  return settings.scenarios.flatMap((scenario) =>
    scenario.attempts
      .filter(({ alone }) => alone !== true || !prepared)
      .map((attempt) => {
        const plan: PlannedAttempt = { scenario: scenario.name, attempt: attempt.name, tries: [...attempt.tries] };
        const { capability } = attempt;
        if (capability !== undefined && !settings.capabilities[capability]) plan.withoutCapability = capability;
        if (settings.selected && !settings.selected.includes(scenario.name)) plan.notSelected = true;
        if (attempt.alone === true) plan.alone = true;
        return { scenario, attempt, plan };
      }),
  );
}

/**
 * A recorder that strips the run's tokens.
 * @param roundTripMs the slack of orders between a response and a notification
 * @param load of a load run, whose events go to the sink alone
 */
export function recorderFor(
  settings: RunSettings,
  roundTripMs: number,
  planned: readonly { plan: PlannedAttempt }[] = [],
  sink?: RunHooks['sink'],
  load?: LoadWish,
): Recorder {
  const { tokens, timeoutMs, quietMs, provisioning, callback } = settings;
  const urls = ['states' in provisioning ? provisioning.states : '', callback.url ?? ''];
  const redact = redactor(secretsOf(tokens), urls);
  const header: HistoryHeader = {
    kind: 'header',
    format: 1,
    suiteVersion: VERSION,
    catalogDigest: CATALOG_DIGEST,
    target: baseOf(settings),
    startedAt: new Date().toISOString(),
    timeoutMs,
    quietMs,
    roundTripMs,
    plan: planned.map(({ plan }) => plan),
    ...(load ? { load } : {}),
  };
  return new Recorder(header, redact, sink, load === undefined);
}

/** The target's base URL without a slash at its end. */
export function baseOf(settings: Pick<RunSettings, 'target'>): string {
  return settings.target.replace(/\/+$/, '');
}

/** What provisions a run, by its settings. */
export function provisionerFor(settings: RunSettings, base: string, client: Client): Provisioner {
  const { provisioning, invitees, tokens } = settings;
  if ('states' in provisioning) return statesProvisioner(provisioning.states, client);
  if ('calls' in provisioning) return callsProvisioner(base, provisioning.calls, invitees, tokens.valid, client);
  return staticProvisioner(provisioning.static, invitees);
}

/**
 * Conducts a run: preflight, all attempts of all scenarios together, the quiet window. It only records. What it provisioned
 * it gives back, whatever happened.
 * @returns the history, also of a run that was interrupted
 * @throws EnvironmentError where the preflight fails
 * @throws Interrupted where the run is interrupted before anything can be judged
 */
export async function conduct(settings: RunSettings, hooks: RunHooks = {}): Promise<History> {
  const { timeoutMs, concurrency, tls } = settings;
  const { signal } = hooks;
  const base = baseOf(settings);
  const planned = planOf(settings);
  hooks.phase?.('preflight');
  const roundTripMs = await unlessInterrupted(signal, roundTrip(base));
  const recorder = recorderFor(settings, roundTripMs, planned, hooks.sink);
  const arrivals = new Arrivals(() => recorder.now());
  // A sender that opens another connection is a round trip later than one that has one.
  const timing = { arrivals, slackMs: SLACK + roundTripMs };
  const listener = await listen(settings, recorder, { timing }).catch((error: unknown) => {
    arrivals.stop();
    throw error;
  });
  const health = new Health(base, settings.tokens.valid, recorder);
  const ends = signal ? AbortSignal.any([signal, health.signal]) : health.signal;
  const plain = createClient({ recorder, timeoutMs, concurrency, signal: ends, arrivals, tls });
  const client = health.watch(plain);
  const provisioner = provisionerFor(settings, base, client);
  let left: Promise<string[]> | undefined;
  const giveBack = async (): Promise<string[]> =>
    settings.disposable === true ? [] : (left ??= givenBack(provisioner, health.stop?.cause === 'unreachable'));
  try {
    const watch = new Watch(() => recorder.now());
    listener.onDelivery((delivery) => watch.take(delivery));
    await unlessInterrupted(
      signal,
      prove({
        base,
        token: settings.tokens.valid,
        client: plain,
        listener,
        reached: () => reachesItself(listener),
        provisioner,
        recorder,
        health,
      }),
    );
    const theatre: Theatre = {
      base,
      tokens: settings.tokens,
      phone: phoneOf(settings),
      client,
      listener,
      provisioner,
      recorder,
      watch,
      timeoutMs,
    };
    const whole = perform(theatre, health, planned, settings.quietMs, hooks);
    const interrupted = await Promise.race([
      whole.then(() => false),
      health.stopped.then(() => false),
      aborted(signal),
    ]);
    const at = recorder.now();
    if (health.stop) recorder.add({ kind: 'stopped', ...health.stop });
    hooks.phase?.('release');
    recorder.wrapUp();
    const { events } = recorder.history();
    const remarks = [...mistakableTokens(settings.tokens), ...listener.remarks(), ...health.remarks()];
    remarks.push(...throttlings(events), ...(await giveBack()));
    recorder.add({ kind: 'end', at, interrupted, remarks });
    return recorder.history();
  } finally {
    recorder.wrapUp();
    await giveBack();
    await listener.close();
    arrivals.stop();
  }
}

/** Starts the callback listener. @throws EnvironmentError where its address can't be taken */
export async function listen(
  settings: Pick<RunSettings, 'callback'>,
  recorder: Recorder,
  room: Pick<ListenerOptions, 'mostDeliveries' | 'mostConnections' | 'timing'> = {},
): Promise<Listener> {
  const { host, port, url, unchecked = false } = settings.callback;
  try {
    return await startListener({
      host,
      port,
      recorder,
      unchecked,
      ...room,
      ...(url === undefined ? {} : { publicUrl: url }),
    });
  } catch (error) {
    const why = (error as { code?: string }).code ?? String(error);
    throw new EnvironmentError(
      'callback',
      `can't listen on ${host}:${port} (${why})`,
      'Choose another --callback-host or --callback-port; port 0 takes any that is free.',
    );
  }
}

/** Resolves when a run is to end early. */
export function aborted(signal: AbortSignal | undefined): Promise<true> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve(true);
    signal?.addEventListener('abort', () => resolve(true), { once: true });
  });
}

/** Waits for something no longer than until the run is interrupted. @throws Interrupted */
export async function unlessInterrupted<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const interrupted = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Interrupted());
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { signal: over.signal });
  });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    over.abort();
  }
}
