import { randomBytes } from 'node:crypto';
import { catalogOf } from '../behaviors/catalog';
import { callFailure } from '../common/errors';
import { withPathSegment } from '../common/urls';
import type { HistoryEvent, HistoryHeader } from '../history/events';
import type { Recorder } from '../history/recorder';
import { EnvironmentError, missingToken } from '../target/errors';
import { CLOCK_HEADER, type Listener } from '../target/listener';
import { openSession, type Sink, type TargetOptions } from '../target/session';
import { NotificationWatch } from '../target/notification-watch';
import { EventLoopDelay } from './event-loop-delay';
import { INVITATIONS_PER_CALL, loadPlan, withoutPhone } from './load-run';
import { attemptContext } from './attempt-context';

/** The number of samples of the listener's clock before anything is sent. */
const CLOCK_SAMPLES = 8;
const CLOCK_TIMEOUT_MS = 5000;

/** What a sender needs besides its options. */
export interface DistributedSenderContext {
  /** The rate of this machine, invitations per second. */
  rate: number;
  /** The name of this machine, and a unique name of this sender. */
  machine: string;
  name: string;
  /** The URL of the listener's ready path on another machine. */
  listenerUrl: string;
  sink: Sink;
}

/** One of several senders of a load run, whose notifications go to a listener on another machine. */
export interface DistributedSender {
  /** Sends the invitations of one call, waits for their notifications, and releases the call. */
  sendToOneCall(): Promise<{ accepted: number; others: number; responseMs: number[] }>;
}

/**
 * Samples the listener's clock once. The listener is not the target: `tls` does not apply to it, as it does not apply to the
 * callback URL of a run.
 * @throws EnvironmentError if it can't be reached
 */
async function sampleClock(recorder: Recorder, url: string): Promise<void> {
  const advice =
    'Start `invite-conformance listen`, and set INVITE_LISTENER to the `ready` URL that it prints. For an https URL of a private authority set NODE_EXTRA_CA_CERTS; tls.ca and tls.cert are only for the target.';
  try {
    const sentAt = recorder.now();
    const response = await fetch(url, { signal: AbortSignal.timeout(CLOCK_TIMEOUT_MS), redirect: 'error' });
    const receivedAt = recorder.now();
    await response.text();
    const shows = Number(response.headers.get(CLOCK_HEADER) ?? Number.NaN);
    if (Number.isNaN(shows)) throw new EnvironmentError('callback', `${url} is not a listener of this suite`, advice);
    recorder.add({ kind: 'clock', of: 'listener', sentAt, receivedAt, shows, resolutionMs: 0 });
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    throw new EnvironmentError(
      'callback',
      `could not connect to the listener at ${url} (${callFailure(error)})`,
      advice,
    );
  }
}

/**
 * Represents the listener on another machine, which records the deliveries. @param readyUrl the URL of its ready path
 */
function remoteListener(readyUrl: string): Listener {
  const url = readyUrl.replace(/\/[^/?]*(?=\?|$)/, '');
  return {
    url,
    readyUrl,
    unchecked: true,
    arm: () => withPathSegment(url, randomBytes(16).toString('hex')),
    holdAcknowledgements: () => undefined,
    endCall: () => undefined,
    onDelivery: () => undefined,
    remarks: () => [],
    close: () => Promise.resolve(),
  };
}

/**
 * Prepares sending: measures a round trip, samples the listener's clock, and checks that the target accepts
 * invitations.
 * @throws EnvironmentError if the target or the listener can't be reached, or the token, the route or a redirect
 * prevents every invitation
 * @throws NotProvided if there is no valid token
 */
export async function startDistributedSender(
  options: TargetOptions,
  { rate, machine, name, listenerUrl, sink }: DistributedSenderContext,
): Promise<DistributedSender> {
  let delay: EventLoopDelay | undefined;
  const about = (line: HistoryEvent | HistoryHeader): void => {
    if (line.kind === 'header') sink({ ...line, machine: { name: machine, role: 'sends' } });
    else if (line.kind !== 'exchange' || !line.response) sink(line);
    else sink({ ...line, response: { ...line.response, unreadMs: delay?.maxSince(line.request.sentAt) ?? 0 } });
  };
  const plan = loadPlan(options.edition);
  const session = await openSession(withoutPhone(options), {
    catalogDigest: catalogOf(options.edition).digest,
    plan: [plan],
    load: { count: 0, rate },
    sink: about,
    remote: remoteListener(listenerUrl),
    continuesWhenStopped: true,
  });
  const { recorder } = session;
  try {
    delay = new EventLoopDelay(() => recorder.now());
    for (let i = 0; i < CLOCK_SAMPLES; i += 1) await sampleClock(recorder, listenerUrl);
    if (options.tokens.valid === undefined) throw missingToken('every invitation needs it');
    await session.runPreflight(`preflight-${name}#1`);
    await session.provisioner.release();
  } catch (error) {
    await session.close();
    throw error;
  }
  let calls = 0;

  async function sendToOneCall(): ReturnType<DistributedSender['sendToOneCall']> {
    calls += 1;
    const attempt = { name: `${name}-${calls}`, tries: plan.tries, act: () => Promise.resolve() };
    const provisioner = session.anotherProvisioner();
    const watch = new NotificationWatch(() => recorder.now());
    try {
      const context = attemptContext({ ...session, provisioner, watch }, plan.scenario, attempt);
      const [at, users] = await Promise.all([
        context.groupCall(),
        context.users(INVITATIONS_PER_CALL),
        sampleClock(recorder, listenerUrl),
      ]);
      const dueAt = recorder.now();
      const sent = await Promise.all(
        users.map((user, i) => context.invite(at, { name: String(i + 1), says: 'one user', invitees: [user], dueAt })),
      );
      // The deliveries go to another machine, so the sender can only wait for the longest time that they may take.
      await new Promise((resolve) => setTimeout(resolve, options.timeoutMs + options.quietMs));
      recorder.add({ kind: 'attemptEnd', scenario: plan.scenario, attempt: attempt.name, at: recorder.now() });
      const accepted = sent.filter((one) => one.accepted).length;
      return {
        accepted,
        others: sent.length - accepted,
        responseMs: sent.map(({ sentAt, answeredAt }) => answeredAt - sentAt),
      };
    } finally {
      await provisioner.release();
    }
  }

  return { sendToOneCall };
}
