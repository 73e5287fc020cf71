import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { callFailure } from '../common/errors';
import { withoutBrackets } from '../common/urls';
import { EnvironmentError, machineShortage } from './errors';

/** How often the connection time is measured at most, and for how long, ms, but at least twice; the shortest counts. */
const CONNECTION_TIMINGS = 10;
const TIMINGS_MS = 100;
/** The longest wait for a connection, and for a name lookup, ms. */
const CONNECT_TIMEOUT_MS = 5000;
/** Below this, ms, clock errors dominate: no network is faster between two processes. */
const MIN_ROUND_TRIP_MS = 0.1;

function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

async function checkResolves(url: URL): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no response within ${CONNECT_TIMEOUT_MS} ms`)), CONNECT_TIMEOUT_MS);
    });
    await Promise.race([lookup(withoutBrackets(url.hostname)), late]);
  } catch (error) {
    throw new EnvironmentError(
      'resolve',
      `the host name ${url.hostname} could not be resolved (${callFailure(error)})`,
      'Check the spelling of --target, and the DNS of this machine.',
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Why no connection to the target was possible. */
export interface ConnectionRefusal {
  why: string;
  /** Whether this machine had run out of files or ports, which says nothing about the target. */
  exhausted: boolean;
}

/**
 * Tries once to connect to the target.
 * @param ms the longest wait
 * @returns why it failed; undefined if it succeeded
 */
export function connectionRefusal(base: string, ms: number): Promise<ConnectionRefusal | undefined> {
  return timeConnection(new URL(base), ms).then(
    () => undefined,
    (error: unknown) => ({
      why: callFailure(error),
      exhausted: error instanceof EnvironmentError && error.layer === 'machine',
    }),
  );
}

function timeConnection(url: URL, ms = CONNECT_TIMEOUT_MS): Promise<number> {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const socket = connect({ host: withoutBrackets(url.hostname), port: portOf(url) });
    const fail = (why: string): void => {
      socket.destroy();
      const lacks = machineShortage(why);
      if (lacks) {
        reject(lacks);
        return;
      }
      const message = `could not connect to ${url.host} (${why})`;
      reject(
        new EnvironmentError(
          'connect',
          message,
          'Start the target, or check the port in --target and any proxy or firewall in between.',
        ),
      );
    };
    socket.setTimeout(ms, () => fail(`none within ${ms} ms`));
    socket.once('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.once('connect', () => {
      const took = performance.now() - from;
      socket.destroy();
      resolve(took);
    });
  });
}

/**
 * Resolves the target's host, connects several times, and measures the round trip.
 * @param base the target's base URL
 * @returns the shortest time to a connection, ms
 * @throws EnvironmentError in layer resolve or connect
 */
export async function measureRoundTrip(base: string): Promise<number> {
  const url = new URL(base);
  await checkResolves(url);
  const times = [await timeConnection(url)];
  // One after the other: a busy machine delays several at once by the same time.
  for (let whole = times[0] ?? 0; times.length < 2 || (times.length < CONNECTION_TIMINGS && whole < TIMINGS_MS);) {
    const took = await timeConnection(url);
    times.push(took);
    whole += took;
  }
  return Math.max(MIN_ROUND_TRIP_MS, Math.min(...times));
}
