import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limiter } from '../../target/limit';

/** One interaction to be verified. */
export interface Verification {
  /** A pact that holds this interaction and no other. */
  pact: unknown;
  provider: string;
  description: string;
  /** Where the gateway takes the requests of this interaction. */
  url: string;
  /** The names of its provider states, and the values that they give. */
  states: string[];
  values: Record<string, string>;
  /** For a message: what the target sent. */
  message?: { body: unknown; metadata: Record<string, string> };
}

/** What the Verifier said: the JSON that it resolved or rejected with, or why it said nothing. */
export type VerifierReport = { resolved: boolean; text: string } | { silence: string };

/** Pact's Verifier, in a process of its own. */
export interface PactVerifier {
  verify(verification: Verification): Promise<VerifierReport>;
  /** Ends the process and takes its files away. */
  close(): Promise<void>;
}

export interface VerifierOptions {
  /** The longest time for one request of the Verifier's, ms; it must lie above the gateway's own deadline. */
  timeoutMs: number;
  /** The module to run; for tests. */
  module?: string;
}

/**
 * How long a request of the Verifier's may take, ms: it waits for the target's answer, and for as long again where the
 * target asks to wait.
 * @param timeoutMs the longest wait for one answer of the target's, ms
 */
export function verifierDeadline(timeoutMs: number): number {
  return timeoutMs * 2 + 1000;
}

/** How many interactions the Verifier works on at once. */
const LANES = 4;
/** What the Verifier may take beside its requests, ms. */
const SLACK = 10_000;
/** How much of what the process says on standard error is kept. */
const SAID = 2000;
/** Variables of the environment that the process needs; it gets no other, so no token, and no proxy stands between. */
const VARIABLES = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];

/**
 * The Verifier reads the machine's certificate authorities anew for each interaction, which takes four times as long as
 * all the rest. It speaks plain HTTP to the gateway alone, so it is given an empty list.
 */
function withoutAuthorities(folder: string): Record<string, string> {
  const none = join(folder, 'no-authorities.pem');
  writeFileSync(none, '');
  return { SSL_CERT_FILE: none, SSL_CERT_DIR: folder };
}

/** Starts the process; it loads Pact while the caller prepares what is to be verified. */
export function startVerifier({ timeoutMs, module }: VerifierOptions): PactVerifier {
  const folder = mkdtempSync(join(tmpdir(), 'invite-contracts-'));
  const variables = VARIABLES.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  const child = fork(module ?? join(__dirname, 'verifier-process.cjs'), [], {
    env: { ...Object.fromEntries(variables), PACT_DO_NOT_TRACK: 'true', ...withoutAuthorities(folder) },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const waiting = new Map<number, (report: VerifierReport) => void>();
  let said = '';
  let ended: string | undefined;
  let count = 0;

  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-SAID);
  });
  child.on('message', (report: { n: number; resolved: boolean; text: string }) => {
    waiting.get(report.n)?.({ resolved: report.resolved, text: report.text });
  });
  const over = new Promise<void>((resolve) => {
    const end = (how: string): void => {
      ended ??= `Pact's Verifier ended by itself (${how})${said === '' ? '' : `: ${said.trim()}`}`;
      for (const answer of waiting.values()) answer({ silence: ended });
      resolve();
    };
    child.once('error', (error) => end(error.message));
    child.once('close', (code, signal) => end(signal ?? `code ${code}`));
  });

  function verifyOne({ pact, ...rest }: Verification): Promise<VerifierReport> {
    if (ended !== undefined) return Promise.resolve({ silence: ended });
    count += 1;
    const n = count;
    const file = join(folder, `${n}.json`);
    writeFileSync(file, JSON.stringify(pact));
    const deadline = timeoutMs + SLACK;
    return new Promise((resolve) => {
      const answer = (report: VerifierReport): void => {
        clearTimeout(timer);
        waiting.delete(n);
        resolve(report);
      };
      const timer = setTimeout(
        () => answer({ silence: `Pact's Verifier gave no result within ${deadline} ms` }),
        deadline,
      );
      waiting.set(n, answer);
      // Where it can't be asked it is about to end: its end answers, with what it said; at the latest the deadline does.
      child.send({ n, file, timeoutMs, ...rest }, () => undefined);
    });
  }

  const limited = limiter(LANES);
  return {
    verify: (verification) => limited(() => verifyOne(verification)),
    close: async () => {
      child.kill('SIGKILL');
      await over;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
