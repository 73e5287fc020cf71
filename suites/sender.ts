import { randomBytes } from 'node:crypto';
import { under } from '../common/urls';
import type { HistoryEvent, HistoryHeader } from '../history/events';
import type { Recorder } from '../history/recorder';
import { CLOCK_HEADER, type Listener } from '../target/listener';
import { createClient } from '../target/client';
import { Phone } from '../target/phone';
import { roundTrip } from '../target/preflight';
import { prove } from './prove';
import { givenBack } from './release';
import { EnvironmentError, noToken } from '../target/errors';
import { baseOf, provisionerFor, recorderFor, type RunHooks, type RunSettings } from './conduct';
import { Lag } from './lag';
import { INVITATIONS_A_CALL, PLAN } from './load';
import { stageFor } from './stage';
import { Watch } from './watch';

/** How often the listener's clock is looked at before anything is sent. */
const LOOKS = 8;
const LOOK_TIME = 5000;

export interface SenderOptions {
  settings: RunSettings;
  /** How many invitations a second this machine is to send. */
  rate: number;
  /** This machine's name, and a name that no other sender of the run has. */
  machine: string;
  name: string;
  /** The URL at which the listener on another machine says that it is ready. */
  listenerUrl: string;
  sink: NonNullable<RunHooks['sink']>;
}

/** One of several senders of a load run, whose notifications go to a listener on another machine. */
export interface Sender {
  /** Sends the invitations of one call, waits for what may come of them, and gives the call back. */
  call(): Promise<{ accepted: number; others: number; responseMs: number[] }>;
}

/** Looks at the listener's clock once. @throws EnvironmentError where it can't be reached */
async function look(recorder: Recorder, url: string): Promise<void> {
  const advice = 'Start `invite-conformance listen`, and let INVITE_LISTENER be the `ready` URL that it prints.';
  try {
    const sentAt = recorder.now();
    const response = await fetch(url, { signal: AbortSignal.timeout(LOOK_TIME), redirect: 'error' });
    const receivedAt = recorder.now();
    await response.text();
    const shows = Number(response.headers.get(CLOCK_HEADER) ?? Number.NaN);
    if (Number.isNaN(shows)) throw new EnvironmentError('callback', `${url} is no listener of this suite`, advice);
    recorder.add({ kind: 'clock', of: 'listener', sentAt, receivedAt, shows, resolutionMs: 0 });
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    throw new EnvironmentError('callback', `the listener at ${url} can't be reached from here`, advice);
  }
}

/**
 * Makes ready to send: times a round trip, looks at the listener's clock, and makes sure that the target takes invitations.
 * @throws EnvironmentError where the target or the listener can't be reached, or the token, the route or a redirect keeps
 *   every invitation from being taken
 * @throws NotProvided where there is no valid token
 */
export async function startSender(options: SenderOptions): Promise<Sender> {
  const { settings, rate, machine, name, listenerUrl, sink } = options;
  const base = baseOf(settings);
  let lag: Lag | undefined;
  const about = (line: HistoryEvent | HistoryHeader): void => {
    if (line.kind === 'header') sink({ ...line, machine: { name: machine, role: 'sends' } });
    else if (line.kind !== 'exchange' || !line.response) sink(line);
    else sink({ ...line, response: { ...line.response, unreadMs: lag?.since(line.request.sentAt) ?? 0 } });
  };
  const recorder = recorderFor(settings, await roundTrip(base), [{ plan: PLAN }], about, { count: 0, rate });
  lag = new Lag(() => recorder.now());
  for (let i = 0; i < LOOKS; i += 1) await look(recorder, listenerUrl);
  const { timeoutMs, quietMs, concurrency, tokens, tls } = settings;
  const client = createClient({ recorder, timeoutMs, concurrency, tls });
  const url = listenerUrl.replace(/\/[^/?]*(?=\?|$)/, '');
  const listener: Pick<Listener, 'arm' | 'holdFor'> = {
    arm: () => under(url, randomBytes(16).toString('hex')),
    holdFor: () => undefined,
  };
  if (tokens.valid === undefined) throw noToken('every invitation needs it');
  const first = provisionerFor(settings, base, client);
  const key = `preflight-${name}#1`;
  try {
    await prove({ base, token: tokens.valid, client, listener, provisioner: first, recorder, key });
  } finally {
    await givenBack(first);
  }
  let calls = 0;

  async function call(): ReturnType<Sender['call']> {
    calls += 1;
    const attempt = { name: `${name}-${calls}`, tries: PLAN.tries, act: () => Promise.resolve() };
    const provisioner = provisionerFor(settings, base, client);
    const watch = new Watch(() => recorder.now());
    const theatre = {
      base,
      tokens,
      phone: new Phone(undefined),
      client,
      listener,
      provisioner,
      recorder,
      watch,
      timeoutMs,
    };
    const stage = stageFor(theatre, PLAN.scenario, attempt);
    const [at, users] = await Promise.all([
      stage.groupCall(),
      stage.users(INVITATIONS_A_CALL),
      look(recorder, listenerUrl),
    ]);
    const dueAt = recorder.now();
    const sent = await Promise.all(
      users.map((user, i) => stage.invite(at, { name: String(i + 1), says: 'one user', invitees: [user], dueAt })),
    );
    // What comes goes to another machine: all that can be done here is to wait as long as anything may take.
    await new Promise((resolve) => setTimeout(resolve, timeoutMs + quietMs));
    recorder.add({ kind: 'attemptEnd', scenario: PLAN.scenario, attempt: attempt.name, at: recorder.now() });
    await provisioner.release();
    const accepted = sent.filter((one) => one.accepted).length;
    return {
      accepted,
      others: sent.length - accepted,
      responseMs: sent.map(({ sentAt, answeredAt }) => answeredAt - sentAt),
    };
  }

  return { call };
}
