import { setTimeout as sleep } from 'node:timers/promises';
import { catalogOf } from '../behaviors/catalog';
import type { ListenFlags } from '../config/flags';
import { headerValue } from '../history/body';
import { openHistory } from '../history/history-file';
import type { MockGivenOptions } from '../schemas/run-options';
import { EnvironmentError } from '../target/errors';
import { openSession, type Session } from '../target/session';
import { plain } from '../reporters/plain';
import { optionsFor } from './options';
import { printMessage, printOutput } from './output';

/** A run on several machines may bring any number of deliveries; they are written to the disk. */
const ROOM = { maxDeliveries: Number.MAX_SAFE_INTEGER, maxConnections: 8192 };
/** A listener sends nothing, so it needs no target. */
const NO_TARGET: MockGivenOptions = {
  target: 'http://none.invalid',
  tokens: {},
  provisioning: { calls: {} },
  invitees: {},
  allowPstn: false,
};
/** How often the target's Date header is read: it gives the clock offset of senders that can't reach the listener. */
const CLOCK_READINGS = 20;
const CLOCK_TIMEOUT_MS = 2000;
const PAUSE_MS = 50;

/**
 * Reads the target's clock once, by the client and with the certificates that a run uses.
 * @returns why that was not possible; undefined if it was
 * @throws EnvironmentError if TLS fails: no later reading would succeed, nor would any sender
 */
async function readTargetClock({ base, client, recorder }: Session): Promise<string | undefined> {
  const { request, response, failure } = await client.send({
    method: 'GET',
    url: base,
    headers: {},
    purpose: 'probe',
    scenario: '',
    timeoutMs: CLOCK_TIMEOUT_MS,
  });
  if (failure?.cause === 'tls')
    throw new EnvironmentError(
      'answer',
      `GET ${base}: ${failure.reason}`,
      'Fix the certificates (tls in the config, or INVITE_TLS_CERT, INVITE_TLS_KEY, INVITE_TLS_CA, INVITE_TLS_SERVER_NAME) here and on every sender.',
    );
  if (!response) return failure?.reason ?? 'no response';
  const shows = Date.parse(headerValue(response.headers, 'date') ?? '');
  if (Number.isNaN(shows)) return 'its response has no valid Date header';
  const { sentAt } = request;
  recorder.add({ kind: 'clock', of: 'target', sentAt, receivedAt: response.headersAt, shows, resolutionMs: 1000 });
  return undefined;
}

/**
 * `listen`: receives and records the notifications of a load run on several machines, until it is stopped.
 * @throws EnvironmentError if the listener's address is taken, or TLS with the target fails
 */
export async function listen(flags: ListenFlags): Promise<number> {
  const { options } = await optionsFor(flags);
  const hasTarget = options.target !== undefined;
  const file = openHistory(options.out);
  const session = await openSession(hasTarget ? options : { ...options, ...NO_TARGET }, {
    catalogDigest: catalogOf(options.edition).digest,
    load: { count: 0, rate: 0 },
    // The target, if one is named, need not run yet.
    roundTripMs: 0,
    continuesWhenStopped: true,
    sink: (line) =>
      file.write(line.kind === 'header' ? { ...line, machine: { name: 'listener', role: 'listens' } } : line),
    limits: ROOM,
  });
  const { recorder, listener } = session;
  try {
    const stopped = new Promise<void>((resolve) => {
      process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
    });
    const unread = hasTarget ? await readTargetClock(session) : undefined;
    printOutput(`${JSON.stringify({ url: listener.url, ready: listener.readyUrl })}\n`);
    if (unread !== undefined)
      printMessage(
        `the target's clock could not be read (${plain(unread)}); senders that can't reach the listener need it\n`,
      );
    else if (hasTarget) {
      for (let reading = 1; reading < CLOCK_READINGS; reading += 1) {
        await sleep(PAUSE_MS);
        await readTargetClock(session);
      }
    }
    await stopped;
    const remarks = listener.remarks();
    recorder.add({ kind: 'end', at: recorder.now(), interrupted: false, remarks });
    for (const remark of remarks) printMessage(`${plain(remark)}\n`);
  } finally {
    await session.close();
    file.close();
  }
  return 0;
}
