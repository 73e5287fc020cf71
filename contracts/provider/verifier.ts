import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../../common/errors';
import { EnvironmentError, machineShortage } from '../../target/errors';
import { concurrencyLimit } from '../../target/concurrency-limit';

/** One interaction to verify. */
export interface Verification {
  /** A pact that contains only this interaction. */
  pact: unknown;
  provider: string;
  description: string;
  /** The gateway's URL for this interaction. */
  url: string;
  /** The names of its provider states, and their values. */
  states: string[];
  values: Record<string, string>;
  /** For a message: what the target sent. */
  message?: { body: unknown; metadata: Record<string, string> };
}

/** The JSON that the Verifier resolved or rejected with, or why it returned nothing. */
export type VerifierReport = { resolved: boolean; text: string } | { silence: string };

/** Pact's Verifier, in a separate process. */
export interface PactVerifier {
  /** @throws EnvironmentError if the interaction can't be written to the temporary folder */
  verify: (verification: Verification) => Promise<VerifierReport>;
  /** Ends the process and removes its files. */
  close: () => Promise<void>;
}

export interface VerifierOptions {
  /** The timeout of one Verifier request, ms; it must be longer than the gateway's deadline. */
  timeoutMs: number;
  /** The module to run; for tests. */
  module?: string;
}

/**
 * The timeout of a Verifier request, ms: it waits for the target's response, and as long again if the target asks to
 * wait.
 * @param timeoutMs the longest wait for one response of the target, ms
 */
export function verifierDeadline(timeoutMs: number): number {
  return timeoutMs * 2 + 1000;
}

/** The number of interactions that the Verifier checks at the same time. */
const MAX_CONCURRENT = 4;
/** The time for the Verifier's own work, in addition to its requests, ms. */
const SLACK_MS = 10_000;
/** The characters of standard error that are kept. */
const MAX_STDERR_CHARACTERS = 2000;
/** How often a process that ended unexpectedly is restarted, for the interactions that it had not begun. */
const MOST_RESTARTS = 3;
/** The maximum input for one interaction, in characters of JSON. */
const MOST_CHARACTERS = 8 * 1024 * 1024;
/** The environment variables that the process gets; no others, so that it has no token and uses no proxy. */
const VARIABLES = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];
/** If process groups exist, the process leads its own, so that all its children can be killed. */
const GROUPS = process.platform !== 'win32';

/** The error for a temporary folder that is missing, full, or not writable. */
function unwritable(error: unknown): EnvironmentError {
  const code = codeOf(error) ?? String(error);
  const lacks = machineShortage(code);
  if (lacks) return lacks;
  const advice = 'Set TMPDIR to a writable folder with free space.';
  return new EnvironmentError('contracts', `can't write to the temporary folder ${tmpdir()} (${code})`, advice);
}

/**
 * Creates a folder for the pacts that the process reads. The Verifier loads the machine's certificate authorities for
 * each interaction, which takes four times as long as everything else. It uses only plain HTTP to the gateway, so it
 * gets an empty list.
 * @throws EnvironmentError if it can't be created
 */
function folderForPacts(): { folder: string; variables: Record<string, string> } {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), 'invite-contracts-'));
    const none = join(folder, 'no-authorities.pem');
    writeFileSync(none, '');
    return { folder, variables: { SSL_CERT_FILE: none, SSL_CERT_DIR: folder } };
  } catch (error) {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    throw unwritable(error);
  }
}

/** The JSON of a value, or why there is none: thousands of nested levels overflow the stack. */
function written(value: unknown, what: string): { json: string } | { silence: string } {
  try {
    const json = JSON.stringify(value);
    if (json.length <= MOST_CHARACTERS) return { json };
    return { silence: `${what} is too long for Pact's Verifier: more than ${MOST_CHARACTERS} characters of JSON` };
  } catch (error) {
    const deep = error instanceof RangeError;
    return { silence: deep ? `${what} is nested too deep for Pact's Verifier` : `${what}: ${String(error)}` };
  }
}

/** One process, which accepts jobs until it ends. */
class VerifierProcess {
  /** How it ended; undefined while it runs. */
  ended: string | undefined;
  /** The shortage of this machine that prevented its start. */
  lacks: EnvironmentError | undefined;
  readonly over: Promise<void>;
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (report: VerifierReport) => void>();
  private said = '';

  constructor(module: string, env: NodeJS.ProcessEnv) {
    // Under Yarn Plug'n'Play, a process finds packages only with this module.
    const execArgv = process.versions['pnp'] === undefined ? [] : ['--require', require.resolve('pnpapi')];
    this.child = fork(module, [], { env, execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'], detached: GROUPS });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.said = (this.said + text).slice(-MAX_STDERR_CHARACTERS);
    });
    this.child.on('message', (report: { n: number; resolved: boolean; text: string }) => {
      this.waiting.get(report.n)?.({ resolved: report.resolved, text: report.text });
    });
    this.over = new Promise<void>((resolve) => {
      const end = (how: string): void => {
        this.ended ??= `Pact's Verifier exited unexpectedly (${how})${this.said === '' ? '' : `: ${this.said.trim()}`}`;
        for (const answer of this.waiting.values()) answer({ silence: this.ended });
        resolve();
      };
      this.child.once('error', (error) => {
        this.lacks = machineShortage(codeOf(error));
        end(error.message);
      });
      this.child.once('close', (code, signal) => end(signal ?? `code ${code}`));
    });
  }

  ask(n: number, job: object, deadline: number): Promise<VerifierReport> {
    if (this.ended !== undefined) return Promise.resolve({ silence: this.ended });
    return new Promise((resolve) => {
      const answer = (report: VerifierReport): void => {
        clearTimeout(timer);
        this.waiting.delete(n);
        resolve(report);
      };
      const timer = setTimeout(
        () => answer({ silence: `Pact's Verifier gave no result within ${deadline} ms` }),
        deadline,
      );
      this.waiting.set(n, answer);
      // If sending fails, the process is ending: its exit resolves the job with its output, or the deadline does.
      this.child.send({ n, ...job }, () => undefined);
    });
  }

  kill(): void {
    const { pid } = this.child;
    try {
      if (GROUPS && pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // The group has already ended.
    }
    this.child.kill('SIGKILL');
  }
}

/**
 * Starts the process, which loads Pact while the caller prepares the verification. If it ends unexpectedly, its current
 * interactions have no result, and another process takes the rest.
 * @throws EnvironmentError if there is no temporary folder
 */
export function startVerifier({ timeoutMs, module }: VerifierOptions): PactVerifier {
  const { folder, variables } = folderForPacts();
  const inherited = VARIABLES.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  const env = { ...Object.fromEntries(inherited), PACT_DO_NOT_TRACK: 'true', ...variables };
  const start = (): VerifierProcess => new VerifierProcess(module ?? join(__dirname, 'verifier-process.cjs'), env);
  let running = start();
  let restarts = 0;
  let closed = false;
  let count = 0;

  async function verifyOne({ pact, ...rest }: Verification): Promise<VerifierReport> {
    const file = written(pact, 'the interaction');
    if ('silence' in file) return file;
    const job = written(rest, 'what the target sent');
    if ('silence' in job) return job;
    count += 1;
    const n = count;
    const path = join(folder, `${n}.json`);
    try {
      await writeFile(path, file.json);
    } catch (error) {
      // The folder is removed when the verification ends early.
      if (closed) return { silence: 'the verification has ended' };
      throw unwritable(error);
    }
    if (running.ended !== undefined && restarts < MOST_RESTARTS && !closed) {
      restarts += 1;
      running = start();
    }
    const asked = running;
    const report = await asked.ask(n, { file: path, timeoutMs, ...rest }, timeoutMs + SLACK_MS);
    await rm(path, { force: true });
    if ('silence' in report && asked.lacks) throw asked.lacks;
    return report;
  }

  const limited = concurrencyLimit(MAX_CONCURRENT);
  return {
    verify: (verification) => limited(() => verifyOne(verification)),
    close: async () => {
      closed = true;
      running.kill();
      await running.over;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
