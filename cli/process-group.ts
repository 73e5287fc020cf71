import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { UsageError } from '../common/errors';

/** Signals that end a command, and are handed on to the program that it runs. */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How long a program has to end once it was told to, ms. */
const GRACE = 10_000;
/** How long what it leaves behind has, and how often it is looked at, ms. */
const LEFT_GRACE = 2000;
const LOOK = 20;
/** What shells add to the number of the signal that ended a program. */
const ENDED_BY_SIGNAL = 128;

/** Windows has no groups that a signal reaches. */
const GROUPS = process.platform !== 'win32';

/** Signals the program and all that it has started. @returns false where nothing of it is left */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(GROUPS ? -pid : pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Ends what a program has left running, by force if need be. */
async function endGroup(pid: number): Promise<void> {
  if (!GROUPS || !signalGroup(pid, 'SIGTERM')) return;
  for (let waited = 0; waited < LEFT_GRACE; waited += LOOK) {
    if (!signalGroup(pid, 0)) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
  signalGroup(pid, 'SIGKILL');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such program',
  EACCES: 'it may not be executed',
};

/** @throws UsageError where the program can't be started */
async function ended(child: ChildProcess, program: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const { code = '' } = error;
      reject(new UsageError(`can't start ${JSON.stringify(program)}: ${REASONS[code] ?? error.message} (${code})`));
    });
    child.once('exit', (code, signal) => {
      resolve(code ?? ENDED_BY_SIGNAL + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * Runs a program in a process group of its own, on the standard streams of this process. Signals are handed on to the
 * whole group; the second one, or a program that takes too long to end, ends it by force. What the program leaves running is
 * ended with it.
 * @param command the program and its arguments; no shell reads them
 * @param env its environment
 * @returns its exit code; 128 and the signal's number where a signal ended it
 * @throws UsageError where it can't be started
 */
export async function runGroup([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(program, args, { env, stdio: 'inherit', detached: GROUPS });
  const { pid } = child;
  let force: NodeJS.Timeout | undefined;
  const forward = (signal: NodeJS.Signals): void => {
    if (pid === undefined) return;
    if (force) signalGroup(pid, 'SIGKILL');
    else signalGroup(pid, signal);
    force ??= setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE);
  };
  for (const name of FORWARDED) process.on(name, forward);
  try {
    const code = await ended(child, program);
    if (pid !== undefined) await endGroup(pid);
    return code;
  } finally {
    clearTimeout(force);
    for (const name of FORWARDED) process.off(name, forward);
  }
}
