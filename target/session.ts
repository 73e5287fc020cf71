import { isOutOfFiles } from '../common/errors';
import type { HistoryEvent, HistoryHeader, LoadOptions, PlannedAttempt } from '../history/events';
import { VERSION } from '../history/package-file';
import { Recorder } from '../history/recorder';
import { redactor } from '../history/redact';
import type { Callback, CallBodies, Invitees, PlainOptions, StaticCalls } from '../schemas/options';
import { ArrivalBounds } from './arrival-bounds';
import { createCallProvisioner } from './create-call-provisioner';
import { createClient, type Client } from './client';
import { EnvironmentError, Interrupted, machineShortage } from './errors';
import { TargetHealth } from './health';
import { startListener, type Listener, type ListenerOptions } from './listener';
import { phoneOf, type Phone } from './phone';
import { preflight, measureRoundTrip } from './preflight';
import type { Provisioner } from './provisioning';
import { statesProvisioner } from './states-provisioner';
import { staticProvisioner } from './static-provisioner';
import type { TlsSettings } from './tls';
import { secretsOf, type Tokens } from './tokens';
import { NotificationWatch } from './notification-watch';

export type Provisioning = { states: string } | { calls: CallBodies } | { static: StaticCalls };

/** Where a target is, how it is reached, and how long it is waited for. */
export interface TargetSettings extends Pick<PlainOptions, 'timeoutMs' | 'quietMs' | 'concurrency' | 'allowPstn'> {
  /** The target's base URL: that to which /communications/calls is added. */
  target: string;
  tokens: Tokens;
  /** Certificates, a key and a host name for https, beyond what Node does by itself. */
  tls?: TlsSettings;
  provisioning: Provisioning;
  callback: Callback;
  invitees: Invitees;
  /** How often the configured phone may be dialled, where it may be at all. */
  maxDials?: PlainOptions['maxDials'];
  /** Whether the target ends with the run, so that nothing needs to be released. */
  disposable?: boolean;
}

/** Takes the header and each event as it is kept. */
export type Sink = (line: HistoryEvent | HistoryHeader) => void;

export interface SessionOptions {
  /** By which catalogue what is recorded will be judged. */
  catalogDigest: string;
  /** The edition of the page that it will be judged by; the first where it is left out. */
  edition?: string;
  /** Whether the target's bots asked for rosters that tell what has changed alone. */
  deltaParticipants?: boolean;
  /** The attempts that will be made. */
  plan?: readonly PlannedAttempt[];
  /** Of a load run: what is to be sent. Its events go to the sink alone, and its deliveries are acknowledged at once. */
  load?: LoadOptions;
  sink?: Sink | undefined;
  /** What is shown nowhere beside the tokens. */
  secrets?: readonly string[];
  /** Ends the session early; what was seen so far is kept. */
  signal?: AbortSignal | undefined;
  /** The shortest time in which the target answers a connection, ms, where that is known; it is measured by default. */
  roundTripMs?: number;
  /** How many deliveries and connections there is room for, where not as many as usual. */
  limits?: Pick<ListenerOptions, 'maxDeliveries' | 'maxConnections'>;
  /** The listener of another machine, in place of one here. */
  remote?: Listener;
  /** Goes on whatever becomes of the target: who looks at it in parts does, and one of several senders. */
  continuesWhenStopped?: boolean;
}

/** All that is held while a target is spoken to. */
export interface Session {
  /** The target's base URL, without a slash at its end. */
  base: string;
  tokens: Tokens;
  timeoutMs: number;
  roundTripMs: number;
  recorder: Recorder;
  listener: Listener;
  /** Looks after the target where a request may say that it is gone. */
  client: Client;
  provisioner: Provisioner;
  /** Another one, whose calls may be given back by themselves; what is left of them is given back with all else. */
  anotherProvisioner(): Provisioner;
  /** Takes each delivery as it is recorded. */
  watch: NotificationWatch;
  phone: Phone;
  health: TargetHealth;
  /** Is aborted when nothing more is to be sent: the user ended the run, or the target is gone. */
  ended: AbortSignal;
  /**
   * The preflight, above the connection.
   * @param key by which its call is known; default preflight#1
   * @throws EnvironmentError where a layer fails
   * @throws Interrupted
   */
  runPreflight(key?: string): Promise<void>;
  /** Gives back what was provisioned, once, within a bound. @returns what is left over, in words */
  release(): Promise<string[]>;
  /** Releases everything, once, whatever happened. */
  close(): Promise<void>;
}

/** How much later something must arrive to come after something else, whatever the network, ms. */
const ARRIVAL_SLACK_MS = 8;
/** The longest time for giving back what was provisioned, ms. */
const RELEASE_TIME = 10_000;

/** The target's base URL without a slash at its end. */
export function baseOf(settings: Pick<TargetSettings, 'target'>): string {
  return settings.target.replace(/\/+$/, '');
}

/**
 * Opens a session with a target: measures a round trip, begins to record, and listens for notifications. Whoever opens it
 * closes it.
 * @throws EnvironmentError where the target takes no connection, or the listener's address can't be taken
 * @throws Interrupted where it is ended before that
 * @throws UsageError for certificates and keys that can't be used
 */
export async function openSession(settings: TargetSettings, options: SessionOptions): Promise<Session> {
  const { signal, load, limits = {}, remote, continuesWhenStopped = false } = options;
  const { timeoutMs, concurrency, tls, tokens } = settings;
  const base = baseOf(settings);
  const roundTripMs = options.roundTripMs ?? (await unlessInterrupted(signal, measureRoundTrip(base)));
  const recorder = recorderFor(settings, roundTripMs, options);
  const arrivals = load ? undefined : new ArrivalBounds(() => recorder.now());
  // A sender that opens another connection is a round trip later than one that has one.
  const timing = arrivals ? { timing: { arrivals, slackMs: ARRIVAL_SLACK_MS + roundTripMs } } : {};
  const listener =
    remote ??
    (await listen(settings.callback, { ...limits, ...timing, recorder }).catch((error: unknown) => {
      arrivals?.stop();
      throw error;
    }));
  const stopListening = async (): Promise<void> => {
    await listener.close();
    arrivals?.stop();
  };
  try {
    const health = new TargetHealth(base, tokens.valid, recorder);
    const ended = signal ? AbortSignal.any([signal, health.signal]) : health.signal;
    const newClient = (): Client => createClient({ recorder, timeoutMs, concurrency, signal: ended, arrivals, tls });
    const plain = newClient();
    const watched = (client: Client): Client => (continuesWhenStopped ? client : health.watchClient(client));
    const client = watched(plain);
    // The calls of a load run are provisioned beside the invitations, which must not wait for their turn behind them.
    const provisioning = load ? watched(newClient()) : client;
    const provisioners = new Set<Provisioner>();
    const anotherProvisioner = (): Provisioner => {
      const made = provisionerFor(settings, base, provisioning);
      const release = async (gone?: boolean): Promise<number> => {
        const left = await made.release(gone);
        provisioners.delete(one);
        return left;
      };
      const one: Provisioner = { ...made, release };
      provisioners.add(one);
      return one;
    };
    const provisioner = anotherProvisioner();
    const watch = new NotificationWatch(() => recorder.now());
    if (!load) listener.onDelivery((delivery) => watch.take(delivery));
    let released: Promise<string[]> | undefined;
    let closed: Promise<void> | undefined;
    const release = (): Promise<string[]> =>
      (released ??= settings.disposable === true ? Promise.resolve([]) : releaseAll(provisioners, health, timeoutMs));
    return {
      base,
      tokens,
      timeoutMs,
      roundTripMs,
      recorder,
      listener,
      client,
      provisioner,
      anotherProvisioner,
      watch,
      phone: phoneOf(settings),
      health,
      ended,
      runPreflight: (key = 'preflight#1') =>
        unlessInterrupted(
          signal,
          preflight({
            base,
            token: tokens.valid,
            client: plain,
            listener,
            provisioner,
            recorder,
            key,
            health: continuesWhenStopped ? { setBaseline: () => undefined } : health,
          }),
        ),
      release,
      close: () => {
        recorder.finish();
        health.close();
        return (closed ??= release().then(plain.close).then(provisioning.close).then(stopListening));
      },
    };
  } catch (error) {
    await stopListening();
    throw error;
  }
}

/** A recorder that strips the run's tokens. */
function recorderFor(settings: TargetSettings, roundTripMs: number, options: SessionOptions): Recorder {
  const { tokens, timeoutMs, quietMs, provisioning, callback } = settings;
  const { catalogDigest, edition, deltaParticipants, plan = [], load, sink, secrets = [] } = options;
  const urls = ['states' in provisioning ? provisioning.states : '', callback.url ?? ''];
  const header: HistoryHeader = {
    kind: 'header',
    format: 1,
    suiteVersion: VERSION,
    catalogDigest,
    ...(edition === undefined ? {} : { edition }),
    ...(deltaParticipants === true ? { deltaParticipants } : {}),
    target: baseOf(settings),
    startedAt: new Date().toISOString(),
    timeoutMs,
    quietMs,
    roundTripMs,
    plan: [...plan],
    ...(load ? { load } : {}),
  };
  return new Recorder(header, redactor([...secretsOf(tokens), ...secrets], urls), sink, load === undefined);
}

function provisionerFor(settings: TargetSettings, base: string, client: Client): Provisioner {
  const { provisioning, invitees, tokens } = settings;
  if ('states' in provisioning) return statesProvisioner(provisioning.states, client);
  if ('calls' in provisioning) return createCallProvisioner(base, provisioning.calls, invitees, tokens.valid, client);
  return staticProvisioner(provisioning.static, invitees);
}

/** @throws EnvironmentError where the address can't be taken */
async function listen(
  { host, port, url, unchecked = false }: TargetSettings['callback'],
  options: Omit<ListenerOptions, 'host' | 'port' | 'publicUrl' | 'unchecked'>,
): Promise<Listener> {
  try {
    return await startListener({
      host,
      port,
      unchecked,
      ...options,
      ...(url === undefined ? {} : { publicUrl: url }),
    });
  } catch (error) {
    const why = (error as { code?: string }).code ?? String(error);
    const lacks = isOutOfFiles(error) ? machineShortage(why) : undefined;
    if (lacks) throw lacks;
    throw new EnvironmentError(
      'callback',
      `can't listen on ${host}:${port} (${why})`,
      'Choose another --callback-host or --callback-port; port 0 means any free port.',
    );
  }
}

/** Where the target is gone, nothing is tried twice, nor waited for longer than for one answer. */
async function releaseAll(all: ReadonlySet<Provisioner>, { stop }: TargetHealth, timeoutMs: number): Promise<string[]> {
  const gone = stop?.cause === 'unreachable';
  const most = gone ? Math.min(RELEASE_TIME, timeoutMs) : RELEASE_TIME;
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), most);
  });
  const each = await Promise.race([Promise.all([...all].map((one) => one.release(gone))), enough]);
  clearTimeout(timer);
  if (each === undefined) return [`the suite could not release all calls within ${most} ms`];
  const left = each.reduce((sum, count) => sum + count, 0);
  return left === 0
    ? []
    : [`the suite could not release ${left} provisioned calls or users; calls may remain on the target`];
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
