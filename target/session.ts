import { isOutOfFiles } from '../common/errors';
import type { HistoryEvent, HistoryHeader, PlannedAttempt } from '../history/events';
import { VERSION } from '../history/package-file';
import { Recorder } from '../history/recorder';
import { redactor } from '../history/redact';
import { DEFAULTS } from '../schemas/options';
import type { LoadOptions, RunOptions } from '../schemas/run-options';
import { ArrivalBounds } from './arrival-bounds';
import { createCallProvisioner } from './create-call-provisioner';
import { createClient, type Client } from './client';
import { EnvironmentError, Interrupted, machineShortage } from './errors';
import { TargetHealth } from './health';
import { startListener, type Listener, type ListenerOptions } from './listener';
import { phoneOf, type Phone } from './phone';
import { measureRoundTrip } from './connect';
import { preflight } from './preflight';
import type { Provisioner } from './provisioning';
import { statesProvisioner } from './states-provisioner';
import { staticProvisioner } from './static-provisioner';
import { secretsOf, type Tokens } from './tokens';
import { NotificationWatch } from './notification-watch';

/** The location of a target, how to reach it, how long to wait for it, and the edition to judge by. */
export type TargetOptions = Pick<
  RunOptions,
  | 'target'
  | 'tokens'
  | 'tls'
  | 'provisioning'
  | 'callback'
  | 'invitees'
  | 'allowPstn'
  | 'maxDials'
  | 'timeoutMs'
  | 'quietMs'
  | 'concurrency'
  | 'edition'
  | 'deltaParticipants'
>;

/** Receives the header and each event when it is recorded. */
export type Sink = (line: HistoryEvent | HistoryHeader) => void;

/** What a session needs besides its options. */
export interface SessionContext {
  /** The digest of the catalogue that the history will be judged by. */
  catalogDigest: string;
  /** The attempts of the run. */
  plan?: readonly PlannedAttempt[];
  /** The parameters of a load run. Its events go only to the sink, and its deliveries are acknowledged at once. */
  load?: LoadOptions;
  sink?: Sink | undefined;
  /** Values to mask in addition to the tokens. */
  secrets?: readonly string[];
  /** Ends the session early; what was recorded is kept. */
  signal?: AbortSignal | undefined;
  /** The shortest time in which the target accepts a connection, ms; by default it is measured. */
  roundTripMs?: number;
  /** Limits for deliveries and connections that differ from the defaults. */
  limits?: Pick<ListenerOptions, 'maxDeliveries' | 'maxConnections'>;
  /** A listener on another machine, instead of a local one. */
  remote?: Listener;
  /** Continues whatever happens to the target: for checks of single layers, and for one of several senders. */
  continuesWhenStopped?: boolean;
  /** Whether the target ends with the run, so that nothing must be released. */
  disposable?: boolean | undefined;
}

/** Everything that is open while the suite talks to a target. */
export interface Session {
  /** The target's base URL, without a slash at its end. */
  base: string;
  tokens: Tokens;
  timeoutMs: number;
  roundTripMs: number;
  recorder: Recorder;
  listener: Listener;
  /** Checks the target when a response suggests that it is gone. */
  client: Client;
  provisioner: Provisioner;
  /** Creates another provisioner, whose calls can be released separately; `release` releases the rest. */
  anotherProvisioner(): Provisioner;
  /** Receives each delivery when it is recorded. */
  watch: NotificationWatch;
  phone: Phone;
  health: TargetHealth;
  /** Aborted when nothing more may be sent: the user ended the run, or the target is gone. */
  ended: AbortSignal;
  /**
   * Runs the preflight above the connection.
   * @param key the key of its call; default preflight#1
   * @throws EnvironmentError if a layer fails
   * @throws Interrupted
   */
  runPreflight(key?: string): Promise<void>;
  /** Releases what was provisioned, once, within a time limit. @returns what could not be released, as text */
  release(): Promise<string[]>;
  /** Releases and closes everything, once. */
  close(): Promise<void>;
}

/** How much later something must arrive to count as later on any network, ms. */
const ARRIVAL_SLACK_MS = 8;
/** The longest time for releasing what was provisioned, ms. */
const RELEASE_TIME = 10_000;

/**
 * Opens a session with a target: measures a round trip, starts recording, and listens for notifications. The caller
 * closes it.
 * @throws EnvironmentError if the target accepts no connection, or the listener's address can't be used
 * @throws Interrupted if it is ended before that
 * @throws UsageError for certificates and keys that can't be used
 */
export async function openSession(options: TargetOptions, context: SessionContext): Promise<Session> {
  const { signal, load, limits = {}, remote, continuesWhenStopped = false, disposable = false } = context;
  const { target: base, timeoutMs, concurrency, tls, tokens } = options;
  const roundTripMs = context.roundTripMs ?? (await unlessInterrupted(signal, measureRoundTrip(base)));
  const recorder = recorderFor(options, roundTripMs, context);
  const arrivals = load ? undefined : new ArrivalBounds(() => recorder.now());
  // A delivery on a new connection arrives a round trip later than one on an open connection.
  const timing = arrivals ? { timing: { arrivals, slackMs: ARRIVAL_SLACK_MS + roundTripMs } } : {};
  const listener =
    remote ??
    (await listen(options.callback, { ...limits, ...timing, recorder }).catch((error: unknown) => {
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
    // A load run provisions calls during the invitations, and must not queue behind them.
    const provisioning = load ? watched(newClient()) : client;
    const provisioners = new Set<Provisioner>();
    const anotherProvisioner = (): Provisioner => {
      const made = provisionerFor(options, provisioning);
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
      (released ??= disposable ? Promise.resolve([]) : releaseAll(provisioners, health, timeoutMs));
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
      phone: phoneOf(options),
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
        for (const one of [health, watch]) one.close();
        return (closed ??= release().then(plain.close).then(provisioning.close).then(stopListening));
      },
    };
  } catch (error) {
    await stopListening();
    throw error;
  }
}

/** Creates a recorder that masks the run's tokens. */
function recorderFor(options: TargetOptions, roundTripMs: number, context: SessionContext): Recorder {
  const { target, tokens, timeoutMs, quietMs, provisioning, callback, edition, deltaParticipants } = options;
  const { catalogDigest, plan = [], load, sink, secrets = [] } = context;
  const urls = ['states' in provisioning ? provisioning.states : '', callback.url ?? ''];
  const header: HistoryHeader = {
    kind: 'header',
    format: 1,
    suiteVersion: VERSION,
    catalogDigest,
    ...(edition === DEFAULTS.edition ? {} : { edition }),
    ...(deltaParticipants ? { deltaParticipants } : {}),
    target,
    startedAt: new Date().toISOString(),
    timeoutMs,
    quietMs,
    roundTripMs,
    plan: [...plan],
    ...(load ? { load } : {}),
  };
  return new Recorder(header, redactor([...secretsOf(tokens), ...secrets], urls), sink, load === undefined);
}

function provisionerFor(options: TargetOptions, client: Client): Provisioner {
  const { target, provisioning, invitees, tokens } = options;
  if ('states' in provisioning) return statesProvisioner(provisioning.states, client);
  if ('calls' in provisioning) return createCallProvisioner(target, provisioning.calls, invitees, tokens.valid, client);
  return staticProvisioner(provisioning.static, invitees);
}

/** @throws EnvironmentError if the address can't be used */
async function listen(
  { host, port, url, unchecked = false }: TargetOptions['callback'],
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

/** If the target is gone, sends each release once, and waits no longer than for one response. */
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

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal | undefined): Promise<true> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve(true);
    signal?.addEventListener('abort', () => resolve(true), { once: true });
  });
}

/** Waits for work unless the run is interrupted first. @throws Interrupted */
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
