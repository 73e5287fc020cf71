import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { Exchange } from '../history/events';
import type { Recorder } from '../history/recorder';
import { callFailure, SHORTAGE_ADVICE } from '../common/errors';
import { withoutQuery } from '../common/urls';
import type { Client } from './client';
import { EnvironmentError, NotProvided, machineShortage, TokenRefused } from './errors';
import type { TargetHealth } from './health';
import { inviteProbe, checkInvitation } from './invite-probe';
import type { Listener } from './listener';
import type { Provisioner } from './provisioning';

/** The longest wait for the listener's response, ms. */
const RESPONSE_TIMEOUT_MS = 5000;
/** The number of characters that are read of whatever responds in place of the listener. */
const MAX_READ_CHARACTERS = 1000;

/**
 * Sends an empty invitation, without a token, to a call that does not exist: any HTTP response will do. If the target
 * cuts the connection, sends it again with the token: a missing response to requests without a token is a failure that
 * a run reports.
 * @param token the valid one
 * @throws EnvironmentError in layer answer
 */
export async function checkResponds(base: string, client: Client, token: string | undefined): Promise<void> {
  const url = `${base}/communications/calls/00000000-0000-0000-0000-000000000000/participants/invite`;
  const probe = (authorization: Record<string, string>): Promise<Exchange> =>
    client.send({
      method: 'POST',
      url,
      headers: { 'Content-Type': 'application/json', ...authorization },
      body: Buffer.from('{}'),
      purpose: 'probe',
      scenario: '',
    });
  const { request, response, failure } = await probe({});
  if (response) return;
  if (failure?.cause === 'exhausted') throw new EnvironmentError('machine', failure.reason, SHORTAGE_ADVICE);
  const waited = (failure?.at ?? request.sentAt) - request.sentAt >= client.timeoutMs;
  if (token !== undefined && !waited && (await probe({ Authorization: `Bearer ${token}` })).response) return;
  throw new EnvironmentError(
    'answer',
    `POST ${url}: ${failure?.reason ?? 'no response'}`,
    'The port is open, but no HTTP response arrived: check the scheme (http, https), the client certificate (tls.cert and tls.key, if the server requires one), and whether the target hangs.',
  );
}

/**
 * Provisions one group call, like every scenario.
 * @param callbackUri a path of the listener's
 * @throws EnvironmentError in layer provision
 */
export async function checkProvisioning(
  provisioner: Provisioner,
  callbackUri: string,
): Promise<{ callId: string } | undefined> {
  try {
    return await provisioner.groupCall({ chatInfo: true, pstnNumber: true, callbackUri });
  } catch (error) {
    // Each scenario handles what the service does not offer; only what is broken ends the run.
    if (!(error instanceof NotProvided)) throw error;
    if (error instanceof TokenRefused)
      throw new EnvironmentError('tokens.valid', `the service rejected it: ${error.message}`, error.advice);
    if (error.reason === 'environment') throw new EnvironmentError('provision', error.message, error.advice);
    const why = await provisioner.unavailableReason?.();
    if (why !== undefined) throw new EnvironmentError('provision', why, error.advice);
    return undefined;
  }
}

/** Sends one GET without following redirects. Loading `fetch` would add half of the command's loading time. */
function get(url: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(RESPONSE_TIMEOUT_MS);
    const fail = (error: Error): void =>
      reject(signal.aborted ? new Error(`no response within ${RESPONSE_TIMEOUT_MS} ms`) : error);
    const request = (url.startsWith('https:') ? https : http).get(url, { signal, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('error', fail);
      response.on('data', (text: string) => {
        body += text;
        if (body.length > MAX_READ_CHARACTERS) request.destroy();
      });
      response.on('close', () => resolve({ status: response.statusCode, body }));
    });
    request.on('error', fail);
  });
}

/**
 * Fetches from the callback listener by the URL that the target will get, unless the check is disabled.
 * @throws EnvironmentError in layer callback
 */
export async function checkCallback(listener: Listener): Promise<void> {
  if (listener.unchecked) return;
  const advice =
    'Check --callback-host, --callback-port and --callback-url: the target must reach the listener under that URL. If only the target can resolve its name, skip this check with --callback-unchecked.';
  try {
    const { status, body } = await get(listener.readyUrl);
    if (status === 200 && withoutQuery(listener.readyUrl).endsWith(`/${body}`) && body !== '') return;
    throw new EnvironmentError(
      'callback',
      `another server responded at the callback URL ${listener.url} (status ${status})`,
      advice,
    );
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    const lacks = machineShortage(callFailure(error));
    if (lacks) throw lacks;
    throw new EnvironmentError(
      'callback',
      `the callback URL ${listener.url} can't be reached from here (${callFailure(error)})`,
      advice,
    );
  }
}

/** The inputs of a preflight. */
interface Preflight {
  /** The target's base URL, without a slash at its end. */
  base: string;
  /** The valid token. */
  token: string | undefined;
  client: Client;
  listener: Listener;
  provisioner: Provisioner;
  recorder: Recorder;
  /** The key of the preflight's call. */
  key: string;
  /** Receives the normal response of the target as the baseline. */
  health: Pick<TargetHealth, 'setBaseline'>;
}

/**
 * Runs the preflight above the connection: the target answers, the callback is reachable, a call is provisioned, and an
 * invitation to it is not rejected for its token or route.
 * @throws EnvironmentError if a layer fails
 */
export async function preflight(of: Preflight): Promise<void> {
  const { base, token, client, listener, provisioner, recorder, key, health } = of;
  const callbackUri = listener.arm(key);
  // Without a token nothing can be invited, so no call is needed.
  const provisioned = token === undefined ? Promise.resolve(undefined) : checkProvisioning(provisioner, callbackUri);
  // If several layers fail, the lowest is reported.
  provisioned.catch(() => undefined);
  await Promise.all([checkResponds(base, client, token), checkCallback(listener)]);
  const call = await provisioned;
  if (!call || token === undefined) return;
  recorder.add({ kind: 'call', key, scenario: 'preflight', shape: 'group', callId: call.callId, callbackUri });
  const probe = inviteProbe(client, base, token, call.callId);
  const answered = await checkInvitation(probe, base, client, someInvitee(provisioner));
  health.setBaseline(probe, answered);
}

/** Picks an invitee: a random id instead of a prepared user, who may be invited only once. */
export function someInvitee(provisioner: Provisioner): () => Promise<string> {
  return async () => {
    if (provisioner.sharedCallback === true) return randomUUID();
    const [id] = await provisioner.users(1).catch(() => []);
    return id ?? randomUUID();
  };
}
