import http from 'node:http';
import https from 'node:https';
import { existsSync, statSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Interrupted, UsageError } from '../common/errors';
import { startGroup, type BackgroundGroup } from '../common/process-group';
import { withoutQuery } from '../common/urls';
import type { RunOptions } from '../schemas/run-options';
import { CandidateLog } from './candidate-log';
import { EnvironmentError } from './errors';
import { secretsOf } from './tokens';

/** The options for starting the service under test. */
export type CandidateOptions = Pick<RunOptions, 'target' | 'tokens'> & Required<Pick<RunOptions, 'start'>>;

export interface Candidate {
  /** How the process ended, and its last output; undefined while it runs. */
  ended(): { what: string; details: string[] } | undefined;
  /** Stops the process and its children. */
  stop(): Promise<void>;
}

/** The interval between polls of the URL, and the timeout of one poll, ms. */
const POLL_MS = 100;
const POLL_TIMEOUT_MS = 2000;

/**
 * The result of one poll: an HTTP status, `connected` if a server responds but not in HTTP, or undefined if none does.
 */
type PollResult = number | 'connected' | undefined;

/** Handshake failures: a server answers, and the preflight reports the problem. */
const TLS_FAILURES = /^(ERR_SSL|ERR_TLS|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HPE_)/;

function poll(url: string, signal?: AbortSignal): Promise<PollResult> {
  return new Promise((resolve) => {
    const { request } = url.startsWith('https:') ? https : http;
    const over = AbortSignal.timeout(POLL_TIMEOUT_MS);
    const options = { agent: false as const, signal: signal ? AbortSignal.any([signal, over]) : over };
    // The request carries no token, so the certificate need not be verified.
    const req = request(url, { ...options, rejectUnauthorized: false }, (response) => {
      resolve(response.statusCode);
      response.destroy();
    });
    req.on('error', ({ code = '' }: NodeJS.ErrnoException) =>
      resolve(TLS_FAILURES.test(code) ? 'connected' : undefined),
    );
    req.end();
  });
}

/** @param healthy whether the URL must answer 2xx or 3xx; otherwise any response counts */
function isReady(seen: PollResult, healthy: boolean): boolean {
  if (!healthy) return seen !== undefined;
  return typeof seen === 'number' && seen >= 200 && seen < 400;
}

/** Waits until the time is over or the signal is aborted; leaves no listener on the signal. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
    if (signal?.aborted !== true) throw error;
  });
}

function shownCommand(command: string): string {
  return `\`${command.length > 100 ? `${command.slice(0, 100)}…` : command}\``;
}

function lastOutput(log: CandidateLog): string[] {
  const last = log.lastLines();
  return last.length === 0 ? ['it printed nothing'] : ['its last output:', ...last.map((line) => `  ${line}`)];
}

/** @throws EnvironmentError if the command ends before the URL answers, or the wait takes too long; Interrupted */
async function untilReady(
  { target, start }: CandidateOptions,
  group: BackgroundGroup,
  log: CandidateLog,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { command, url = target, timeoutMs } = start;
  const where = withoutQuery(url);
  let code: number | undefined;
  void group.exited.then((ended) => (code = ended)).catch(() => undefined);
  const until = performance.now() + timeoutMs;
  for (let seen: PollResult; ;) {
    if (signal?.aborted === true) throw new Interrupted();
    seen = await poll(url, signal);
    // The command may end and leave a process running that is the service.
    if (code !== undefined && !group.isRunning()) {
      const how = `${shownCommand(command)} ended with exit code ${code} before it answered at ${where}`;
      const advice = 'Run the command by hand: it must keep running until the suite ends it.';
      throw new EnvironmentError('start', how, advice, lastOutput(log));
    }
    if (isReady(seen, start.url !== undefined)) return;
    if (performance.now() >= until) {
      const last = typeof seen === 'number' ? `; the last answer was ${seen}` : '';
      throw new EnvironmentError(
        'start',
        `${shownCommand(command)} did not answer at ${where} within ${timeoutMs} ms${last}`,
        'Check that it listens there; start.url sets another URL to wait for, start.timeoutMs a longer time.',
        lastOutput(log),
      );
    }
    await pause(POLL_MS, signal);
  }
}

/** The environment of the candidate, without the suite's variables, which may be secrets. */
function environmentOf(given: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('INVITE_'));
  return { ...Object.fromEntries(others), ...given };
}

/**
 * Starts the service under test and waits until it answers. The caller stops it.
 * @param logFile the file for its output; without it, only the last lines are kept, in memory
 * @throws UsageError if it can't be started
 * @throws EnvironmentError if another server already answers at the URL, or the service does not answer in time
 * @throws Interrupted
 */
export async function startCandidate(
  options: CandidateOptions,
  logFile: string | undefined,
  signal?: AbortSignal,
): Promise<Candidate> {
  const { start, target, tokens } = options;
  const { command, url = target } = start;
  const cwd = resolvePath(start.cwd ?? '.');
  if (!existsSync(cwd) || !statSync(cwd).isDirectory())
    throw new UsageError(`start.cwd: the folder ${cwd} does not exist`);
  if ((await poll(url, signal)) !== undefined) {
    throw new EnvironmentError(
      'start',
      `a server already answers at ${withoutQuery(url)}, before ${shownCommand(command)} was started`,
      'Stop that server; or, to test it, leave out --start.',
    );
  }
  if (signal?.aborted === true) throw new Interrupted();
  const log = new CandidateLog(secretsOf(tokens), logFile);
  let group: BackgroundGroup;
  try {
    group = await startGroup(command, { cwd, env: environmentOf(start.env) });
  } catch (error) {
    log.close();
    throw error;
  }
  for (const stream of group.streams) stream.on('data', (bytes: Buffer) => log.take(stream, bytes));
  let code: number | undefined;
  void group.exited.then((ended) => (code = ended)).catch(() => undefined);
  const stop = async (): Promise<void> => {
    await group.end();
    log.close();
  };
  try {
    await untilReady(options, group, log, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ended: () =>
      code === undefined || group.isRunning()
        ? undefined
        : { what: `${shownCommand(command)} ended with exit code ${code} during the run`, details: lastOutput(log) },
    stop,
  };
}
