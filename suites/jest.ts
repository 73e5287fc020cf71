import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Interrupted } from '../common/errors';
import type { History } from '../history/events';
import { DEFAULTS, type ConfigFile } from '../schemas/options';
import type { Waiver } from '../verdicts/waivers';
import { conduct, type Provisioning, type RunSettings } from './conduct';
import { scenariosOf } from './scenarios';

/** The options of the config that mean the same in a Jest file, with the same defaults. */
type SameOptions = Pick<
  ConfigFile,
  | 'invitees'
  | 'capabilities'
  | 'edition'
  | 'deltaParticipants'
  | 'callback'
  | 'gate'
  | 'allowUntested'
  | 'allowPstn'
  | 'maxDials'
  | 'timeoutMs'
  | 'quietMs'
  | 'concurrency'
>;

/**
 * What the suite needs to know in a Jest file; only the target and the provisioning have no default. Behaviours that the
 * gate does not count are told, and fail no test.
 */
export interface ConformanceOptions extends SameOptions {
  /** The base URL, or an application in this process: a request listener or a server, as supertest takes it. */
  target: string | RequestListener | Server;
  /** With an application: the path under which /communications lies; default /v1.0. */
  basePath?: string;
  /** With an application, `states` may be a path of it. */
  provisioning: Provisioning;
  tokens?: RunSettings['tokens'];
  /** For https: a client certificate with its key, authorities, as PEM text; the host name of the target's certificate. */
  tls?: RunSettings['tls'];
  waivers?: readonly Waiver[];
  /** Names of the scenarios; default all. */
  scenarios?: readonly string[];
  /** How long the whole run may last, ms; default: ten times timeoutMs, and a minute. What is not over by then is untested. */
  runTimeoutMs?: number;
}

/** How many waits an attempt may have, one after the other; and what provisioning and teardown may take beside them, ms. */
const WAITS = 10;
const MARGIN = 60_000;

/** The time of the hook that makes the run, ms: the run ends itself, in order, by a time that its options may not tell before. */
export const HOOK_TIME = 2 ** 31 - 1;

/** How long a run that was ended may take to give back what it set up, ms. */
const ENDING_TIME = 30_000;

/** How long a whole run may last, ms. @throws RangeError for a time that is none */
export function runTime({ runTimeoutMs, timeoutMs = DEFAULTS.timeoutMs, quietMs = 0 }: ConformanceOptions): number {
  if (runTimeoutMs === undefined) return WAITS * timeoutMs + quietMs + MARGIN;
  if (Number.isInteger(runTimeoutMs) && runTimeoutMs > 0 && runTimeoutMs <= HOOK_TIME) return runTimeoutMs;
  throw new RangeError(
    `runTimeoutMs must be a whole number of milliseconds from 1 to ${HOOK_TIME}; it is ${runTimeoutMs}`,
  );
}

async function serve(target: RequestListener | Server): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = typeof target === 'function' ? createServer(target) : target;
  const listens = server.listening;
  if (!listens) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    if (listens) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  return { origin: `http://127.0.0.1:${port}`, close };
}

/** Conducts a run by options such as a Jest file gives. */
export async function conductFor(options: ConformanceOptions, signal?: AbortSignal): Promise<History> {
  const { target, provisioning } = options;
  const app = typeof target === 'string' ? undefined : await serve(target);
  const base = typeof target === 'string' ? target : `${app?.origin}${options.basePath ?? '/v1.0'}`;
  const states = 'states' in provisioning ? { states: new URL(provisioning.states, `${base}/`).href } : provisioning;
  try {
    const settings: RunSettings = {
      target: base,
      tokens: options.tokens ?? {},
      ...(options.tls ? { tls: options.tls } : {}),
      provisioning: states,
      callback: { ...DEFAULTS.callback, ...options.callback },
      invitees: options.invitees ?? {},
      capabilities: { ...DEFAULTS.capabilities, ...options.capabilities },
      timeoutMs: options.timeoutMs ?? DEFAULTS.timeoutMs,
      quietMs: options.quietMs ?? DEFAULTS.quietMs,
      concurrency: options.concurrency ?? DEFAULTS.concurrency,
      allowPstn: options.allowPstn ?? DEFAULTS.allowPstn,
      maxDials: options.maxDials ?? DEFAULTS.maxDials,
      scenarios: scenariosOf(options.edition),
      ...(options.edition === undefined ? {} : { edition: options.edition }),
      ...(options.deltaParticipants === true ? { deltaParticipants: true } : {}),
      ...(options.scenarios ? { selected: options.scenarios } : {}),
    };
    return await conduct(settings, signal ? { signal } : {});
  } finally {
    await app?.close();
  }
}

/** A run that is ended when its time is over: what was seen until then is judged. */
export async function conductInTime(options: ConformanceOptions): Promise<History> {
  const time = runTime(options);
  const end = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const over = new Promise<never>((_, reject) => {
    timers.push(
      setTimeout(() => end.abort(), time),
      setTimeout(() => reject(new Error(tooLong(time))), Math.min(time + ENDING_TIME, HOOK_TIME)),
    );
  });
  try {
    return await Promise.race([conductFor(options, end.signal), over]);
  } catch (error) {
    throw error instanceof Interrupted ? new Error(tooLong(time)) : error;
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

function tooLong(time: number): string {
  return `the run was not over after ${time} ms; runTimeoutMs gives it more time`;
}
