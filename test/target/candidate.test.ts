import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as later } from 'node:timers/promises';
import { startCandidate, type Candidate, type CandidateOptions } from '../../target/candidate';
import { CandidateLog } from '../../target/candidate-log';
import { EnvironmentError, Interrupted, UsageError } from '../../target/errors';
import { freePort } from '../support/free-port';
import { portOf } from './servers';

jest.setTimeout(60_000);

let folder = '';
const started: Candidate[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candidate-'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop()));
  rmSync(folder, { recursive: true, force: true });
});

const SECRET = 'a-token-that-is-long-enough';

/** Runs a script in node beneath a shell, as `npm start` does. */
async function candidate(script: string, how: Partial<CandidateOptions['start']> = {}, signal?: AbortSignal) {
  const port = await freePort();
  const command = `node -e '${script}'`;
  const { url, ...start } = { command, cwd: folder, timeoutMs: 30_000, ...how };
  const atPort = (text: string): string => text.replaceAll('PORT', `${port}`);
  const options: CandidateOptions = {
    start: { ...start, command: atPort(start.command), ...(url === undefined ? {} : { url: atPort(url) }) },
    target: `http://127.0.0.1:${port}/v1.0`,
    tokens: { valid: SECRET },
  };
  const logFile = join(folder, 'candidate.log');
  const one = await startCandidate(options, logFile, signal);
  started.push(one);
  return { one, url: `http://127.0.0.1:${port}/`, log: () => readFileSync(logFile, 'utf8') };
}

const SERVE = 'require("http").createServer((q, s) => s.writeHead(STATUS).end()).listen(PORT, "127.0.0.1");';
const serving = (status = 404): string => SERVE.replace('STATUS', `${status}`);

async function failure(work: Promise<unknown>): Promise<EnvironmentError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(EnvironmentError);
  return error as EnvironmentError;
}

test('a target is ready after any response; its output is kept without secrets; no process remains', async () => {
  const child = `require("child_process").spawn("sleep", ["600"], {stdio: "inherit"});`;
  const says = `console.log("hello ${SECRET}"); console.error("on the other stream"); process.stdout.write("no end");`;
  const { one, url, log } = await candidate(serving() + child + says);
  expect((await fetch(url)).status).toBe(404);
  expect(one.ended()).toBeUndefined();
  await one.stop();
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  expect(log().split('\n').toSorted().filter(Boolean)).toEqual(['hello [redacted]', 'no end', 'on the other stream']);
});

test('a target that does not end when asked to is killed', async () => {
  const { one, url } = await candidate(`process.on("SIGTERM", () => 0); ${serving()}`);
  await one.stop();
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('a separate ready URL must answer 2xx or 3xx', async () => {
  const options = { url: 'http://127.0.0.1:PORT/health', timeoutMs: 1500 };
  const error = await failure(candidate(serving(503), options));
  expect(error.layer).toBe('start');
  expect(error.message).toMatch(/^`node .+ did not answer at http:.+\/health within 1500 ms; the last answer was 503$/);
  const late = `let n = 0; require("http").createServer((q, s) => s.writeHead(n++ < 2 ? 503 : 204).end()).listen(PORT, "127.0.0.1");`;
  const { signal } = new AbortController();
  const { one } = await candidate(late, { ...options, timeoutMs: 30_000 }, signal);
  expect(one.ended()).toBeUndefined();
  // One listener for each check would make Node warn of a leak if a target is slow to start.
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a target that ends before it answers is reported at once, with its exit code and its last output', async () => {
  const lines = `for (let i = 0; i < 40; i++) console.log("line " + i);`;
  const error = await failure(candidate(`${lines} console.error("${SECRET} is wrong"); process.exitCode = 7;`));
  expect(error.message).toMatch(/ ended with exit code 7 before it answered at http:/);
  expect(error.details[0]).toBe('its last output:');
  expect(error.details).toHaveLength(16);
  expect(error.details).toContain('  line 39');
  expect(error.details).toContain('  [redacted] is wrong');
  expect(error.details).not.toContain('  line 20');
  const missing = await failure(candidate('', { command: 'no-such-program-anywhere' }));
  expect(missing.message).toContain('`no-such-program-anywhere` ended with exit code 127 before');
});

test('a target that ends during the run is reported with its last output', async () => {
  const dies =
    'require("http").createServer((q, s) => { s.end(); if (q.url === "/die") { console.log("I die"); process.exit(3); } }).listen(PORT, "127.0.0.1");';
  const { one, url } = await candidate(dies);
  await fetch(`${url}die`).catch(() => undefined);
  while (one.ended() === undefined) await later(10);
  expect(one.ended()?.what).toContain(' ended with exit code 3 during the run');
  expect(one.ended()?.details).toEqual(['its last output:', '  I die']);
});

test('a server that already answers at the URL is not mistaken for it', async () => {
  const server = createServer((_req, res) => res.end());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const error = await failure(candidate('', { url: `http://127.0.0.1:${portOf(server)}/v1.0?key=secret` }));
  expect(error.message).toMatch(/^a server already answers at http:\/\/127\.0\.0\.1:\d+\/v1\.0.*, before /);
  expect(error.message).not.toContain('secret');
  await new Promise((closed) => server.close(closed));
});

test('a secret in a long line is masked, wherever the line is divided', () => {
  const file = join(folder, 'long.log');
  const log = new CandidateLog([SECRET], file);
  const stream = new PassThrough();
  // A secret without its last four characters is masked by itself.
  const cuts = SECRET.length - 4;
  for (let cut = 1; cut < cuts; cut += 1) {
    log.take(stream, Buffer.from(`${'x'.repeat(17_000)}${SECRET.slice(0, cut)}`));
    log.take(stream, Buffer.from(`${SECRET.slice(cut)} end\n`));
  }
  log.close();
  const written = readFileSync(file, 'utf8');
  expect(written.replaceAll(/[x\n]/g, '')).toBe('[redacted] end'.repeat(cuts - 1));
});

test('a missing folder and an interrupt during the start are reported', async () => {
  await expect(candidate('', { cwd: join(folder, 'nowhere') })).rejects.toThrow(UsageError);
  const abort = new AbortController();
  const waits = candidate('console.log("up"); setInterval(() => 0, 1000)', {}, abort.signal);
  const ended = waits.then(
    () => undefined,
    (error: unknown) => error,
  );
  const log = (): string => {
    try {
      return readFileSync(join(folder, 'candidate.log'), 'utf8');
    } catch {
      return '';
    }
  };
  while (!log().includes('up')) await later(10);
  abort.abort();
  expect(await ended).toBeInstanceOf(Interrupted);
});
