import { CATALOG_DIGEST } from '../behaviors/catalog';
import type { History, HistoryEvent, HistoryHeader, LoadWish, PlannedAttempt } from '../history/events';
import { Recorder } from '../history/recorder';
import { redactor } from '../history/redact';
import { callsProvisioner, type CallBodies } from '../target/calls';
import { createClient, type Client } from '../target/client';
import { EnvironmentError, Interrupted, NotProvided } from '../target/errors';
import { startListener, type Listener, type ListenerOptions } from '../target/listener';
import { answers, provisions, reachesItself, roundTrip } from '../target/preflight';
import { phoneOf, type Phone } from '../target/phone';
import type { Provisioner } from '../target/provisioning';
import { statesProvisioner } from '../target/states';
import { staticProvisioner, type Invitees, type StaticCalls } from '../target/static';
import { mistakableTokens, secretsOf, type Tokens } from '../target/tokens';
import type { Attempt, Capability, Scenario } from './scenario';
import { stageFor, type Theatre } from './stage';
import { Watch } from './watch';
import { VERSION } from '../history/package-file';

export type Provisioning = { states: string } | { calls: CallBodies } | { static: StaticCalls };

/** Everything that a run depends on. */
export interface RunSettings {
  /** The target's base URL: that to which /communications/calls is added. */
  target: string;
  tokens: Tokens;
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

/** The longest time for giving back what was provisioned, ms. */
const GIVING_BACK = 10_000;

type Planned = { scenario: Scenario; attempt: Attempt; plan: PlannedAttempt };

/** The attempts of a run, and which of them are left out. */
export function planOf(settings: RunSettings): Planned[] {
  return settings.scenarios.flatMap((scenario) =>
    scenario.attempts.map((attempt) => {
      const plan: PlannedAttempt = { scenario: scenario.name, attempt: attempt.name, tries: [...attempt.tries] };
      const { capability } = attempt;
      if (capability !== undefined && !settings.capabilities[capability]) plan.withoutCapability = capability;
      if (settings.selected && !settings.selected.includes(scenario.name)) plan.notSelected = true;
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
  const { timeoutMs, concurrency } = settings;
  const { signal } = hooks;
  const base = baseOf(settings);
  const planned = planOf(settings);
  hooks.phase?.('preflight');
  const roundTripMs = await unlessInterrupted(signal, roundTrip(base));
  const recorder = recorderFor(settings, roundTripMs, planned, hooks.sink);
  const listener = await listen(settings, recorder);
  const client = createClient({ recorder, timeoutMs, concurrency, signal });
  const provisioner = provisionerFor(settings, base, client);
  let left: Promise<string[]> | undefined;
  const giveBack = async (): Promise<string[]> =>
    settings.disposable === true ? [] : (left ??= givenBack(provisioner));
  try {
    const watch = new Watch(() => recorder.now());
    listener.onDelivery((delivery) => watch.take(delivery));
    await unlessInterrupted(signal, prove(base, settings.tokens.valid, client, listener, provisioner, recorder));
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
    const whole = perform(theatre, planned, settings.quietMs, hooks);
    const interrupted = await Promise.race([whole.then(() => false), aborted(signal)]);
    const at = recorder.now();
    hooks.phase?.('release');
    recorder.wrapUp();
    const remarks = [...mistakableTokens(settings.tokens), ...listener.remarks(), ...throttlings(recorder.history())];
    remarks.push(...(await giveBack()));
    recorder.add({ kind: 'end', at, interrupted, remarks });
    return recorder.history();
  } finally {
    recorder.wrapUp();
    await giveBack();
    await listener.close();
  }
}

/** The preflight of a run, above the connection. @throws EnvironmentError where a layer fails */
async function prove(
  base: string,
  token: string | undefined,
  client: Client,
  listener: Listener,
  provisioner: Provisioner,
  recorder: Recorder,
): Promise<void> {
  const key = 'preflight#1';
  const callbackUri = listener.arm(key);
  const provisioned = provisions(provisioner, callbackUri);
  // Of several layers that fail together the lowest is told.
  provisioned.catch(() => undefined);
  await Promise.all([answers(base, client, token), reachesItself(listener)]);
  const call = await provisioned;
  if (!call) return;
  recorder.add({ kind: 'call', key, scenario: 'preflight', shape: 'group', callId: call.callId, callbackUri });
}

/** Starts the callback listener. @throws EnvironmentError where its address can't be taken */
export async function listen(
  settings: Pick<RunSettings, 'callback'>,
  recorder: Recorder,
  room: Pick<ListenerOptions, 'mostDeliveries' | 'mostConnections'> = {},
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

/**
 * Gives back what was provisioned, within a bound.
 * @returns what is left over, in words
 */
export async function givenBack(provisioner: Provisioner): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), GIVING_BACK);
  });
  const left = await Promise.race([provisioner.release(), enough]);
  clearTimeout(timer);
  if (left === undefined) return [`not all that was provisioned was given back within ${GIVING_BACK} ms`];
  return left === 0 ? [] : [`${left} of what was provisioned could not be given back; calls may be left over`];
}

/** How often the target asked to wait, in words. */
function throttlings({ events }: History): string[] {
  const asked = events.filter((event) => event.kind === 'exchange' && event.response?.status === 429).length;
  if (asked === 0) return [];
  return [`the target answered 429 ${asked} times; each was sent again as its Retry-After says, within the deadline`];
}

async function perform(theatre: Theatre, planned: Planned[], quietMs: number, hooks: RunHooks): Promise<void> {
  const made = planned.filter(({ plan }) => plan.withoutCapability === undefined && plan.notSelected !== true);
  let done = 0;
  hooks.phase?.('scenarios');
  await Promise.all(
    made.map(async ({ scenario, attempt }) => {
      await attemptOn(theatre, scenario, attempt);
      done += 1;
      hooks.progress?.(done, made.length, `${scenario.name}/${attempt.name}`);
    }),
  );
  hooks.phase?.('quiet window');
  await new Promise((resolve) => setTimeout(resolve, quietMs));
}

async function attemptOn(theatre: Theatre, scenario: Scenario, attempt: Attempt): Promise<void> {
  const { recorder } = theatre;
  const of = { scenario: scenario.name, attempt: attempt.name };
  const stage = stageFor(theatre, scenario.name, attempt);
  try {
    await attempt.act(stage);
  } catch (error) {
    if (!(error instanceof NotProvided)) throw error;
    const { reason: cause, message: missing, advice: hint } = error;
    recorder.add({ kind: 'missing', ...of, tries: [...attempt.tries], cause, missing, hint });
  } finally {
    stage.leave();
  }
  recorder.add({ kind: 'attemptEnd', ...of, at: recorder.now() });
}
