import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { UsageError } from './errors';

/** Signals that end a command; they are forwarded to its program. */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How long a program may take to end after a signal, ms. */
const GRACE = 10_000;
/** How long its leftover processes may take to end, and the interval of checks, ms. */
const LEFT_GRACE = 2000;
const LOOK = 20;
/** Shells add this to the number of the signal that ended a program. */
const ENDED_BY_SIGNAL = 128;

/** Windows has no process groups that can be signalled. */
const GROUPS = process.platform !== 'win32';

/** The running groups; all are killed when this process exits. */
const running = new Set<number>();

/** Signals the program and all its children. @returns false if none is running */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(GROUPS ? -pid : pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Kills every running group at once: for a process that is about to exit. */
export function killGroups(): void {
  for (const pid of running) signalGroup(pid, 'SIGKILL');
  running.clear();
}

function keepTrack(pid: number): void {
  if (running.size === 0) process.on('exit', killGroups);
  running.add(pid);
}

function loseTrack(pid: number): void {
  running.delete(pid);
  if (running.size === 0) process.off('exit', killGroups);
}

/** Ends what is still running of a group, by force after a grace period. @param grace in ms */
async function endGroup(pid: number, grace = LEFT_GRACE): Promise<void> {
  if (!signalGroup(pid, 'SIGTERM')) return;
  const until = performance.now() + grace;
  while (performance.now() < until) {
    if (!signalGroup(pid, 0)) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
  signalGroup(pid, 'SIGKILL');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'the program does not exist',
  EACCES: 'it is not executable',
};

/** @throws UsageError if the program can't be started */
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
 * Runs a program in its own process group, on the standard streams of this process. Signals are forwarded to the whole
 * group; a second signal, or a program that takes too long to end, kills it. Processes that the program leaves behind
 * are ended too.
 * @param command the program and its arguments, without a shell
 * @param env its environment
 * @returns its exit code; 128 plus the signal's number if a signal ended it
 * @throws UsageError if it can't be started
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
    if (pid !== undefined) keepTrack(pid);
    const code = await ended(child, program);
    if (pid !== undefined) await endGroup(pid);
    return code;
  } finally {
    clearTimeout(force);
    if (pid !== undefined) loseTrack(pid);
    for (const name of FORWARDED) process.off(name, forward);
  }
}

/** A command that runs in the background, with its child processes. */
export interface BackgroundGroup {
  /** Its stdout and stderr. */
  streams: readonly Readable[];
  /** Resolves with the exit code of the command itself; 128 plus the signal's number if a signal ended it. */
  exited: Promise<number>;
  /** Whether any process of the group is still running. */
  isRunning(): boolean;
  /** Signals the group to end, kills it after a grace period, and waits until no process is left. */
  end(): Promise<void>;
}

/** How long a background command may take to end after a signal, ms. */
const BACKGROUND_GRACE = 5000;

/**
 * Starts a command line in the background, in its own process group. It has no stdin, and ends with this process.
 * @param command as a shell reads it: `npm start`
 * @throws UsageError if it can't be started, for example in a missing folder; a command that the shell does not find
 * exits with 127
 */
export async function startGroup(
  command: string,
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<BackgroundGroup> {
  const child = spawn(command, {
    cwd,
    env,
    shell: true,
    detached: GROUPS,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const exited = ended(child, command);
  const { pid, stdout, stderr } = child;
  // Without a pid, the error is still to come.
  if (pid === undefined) {
    await exited;
    throw new UsageError(`can't start ${JSON.stringify(command)}`);
  }
  keepTrack(pid);
  exited.catch(() => undefined);
  let ending: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await endGroup(pid, BACKGROUND_GRACE);
    loseTrack(pid);
    // A daemon in its own session may hold the pipes open; that must not keep this process alive.
    for (const stream of [stdout, stderr]) stream.destroy();
  };
  return {
    streams: [stdout, stderr],
    exited,
    isRunning: () => signalGroup(pid, 0),
    end: () => (ending ??= end()),
  };
}
