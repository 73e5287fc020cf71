import { randomBytes } from 'node:crypto';
import { under } from '../common/urls';
import type { HistoryEvent, HistoryHeader } from '../history/events';
import type { Recorder } from '../history/recorder';
import { EnvironmentError, noToken } from '../target/errors';
import { CLOCK_HEADER, type Listener } from '../target/listener';
import { openSession, type Sink } from '../target/session';
import { Watch } from '../target/watch';
import type { RunSettings } from './conduct';
import { Lag } from './lag';
import { judgedBy } from './judged-by';
import { INVITATIONS_A_CALL, planFor } from './load';
import { stageFor } from './stage';

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
  sink: Sink;
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

/** Stands for the listener on another machine, which looks after what comes. @param readyUrl at which it says that it is ready */
function listenerAt(readyUrl: string): Listener {
  const url = readyUrl.replace(/\/[^/?]*(?=\?|$)/, '');
  return {
    url,
    readyUrl,
    unchecked: true,
    arm: () => under(url, randomBytes(16).toString('hex')),
    holdFor: () => undefined,
    finish: () => undefined,
    onDelivery: () => undefined,
    remarks: () => [],
    close: () => Promise.resolve(),
  };
}

/**
 * Makes ready to send: times a round trip, looks at the listener's clock, and makes sure that the target takes invitations.
 * @throws EnvironmentError where the target or the listener can't be reached, or the token, the route or a redirect keeps
 *   every invitation from being taken
 * @throws NotProvided where there is no valid token
 */
export async function startSender(options: SenderOptions): Promise<Sender> {
  const { settings, rate, machine, name, listenerUrl, sink } = options;
  let lag: Lag | undefined;
  const about = (line: HistoryEvent | HistoryHeader): void => {
    if (line.kind === 'header') sink({ ...line, machine: { name: machine, role: 'sends' } });
    else if (line.kind !== 'exchange' || !line.response) sink(line);
    else sink({ ...line, response: { ...line.response, unreadMs: lag?.since(line.request.sentAt) ?? 0 } });
  };
  const load = { count: 0, rate };
  const remote = listenerAt(listenerUrl);
  const plan = planFor(settings.edition);
  const recording = { ...judgedBy(settings), plan: [plan], load, sink: about, remote, goesOn: true };
  // No load run dials a phone.
  const session = await openSession({ ...settings, allowPstn: false }, recording);
  const { recorder } = session;
  try {
    lag = new Lag(() => recorder.now());
    for (let i = 0; i < LOOKS; i += 1) await look(recorder, listenerUrl);
    if (settings.tokens.valid === undefined) throw noToken('every invitation needs it');
    await session.prove(`preflight-${name}#1`);
    await session.provisioner.release();
  } catch (error) {
    await session.close();
    throw error;
  }
  let calls = 0;

  async function call(): ReturnType<Sender['call']> {
    calls += 1;
    const attempt = { name: `${name}-${calls}`, tries: plan.tries, act: () => Promise.resolve() };
    const provisioner = session.anotherProvisioner();
    const watch = new Watch(() => recorder.now());
    try {
      const stage = stageFor({ ...session, provisioner, watch }, plan.scenario, attempt);
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
      await new Promise((resolve) => setTimeout(resolve, settings.timeoutMs + settings.quietMs));
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

  return { call };
}
