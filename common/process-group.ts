import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { UsageError } from './errors';

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

/** The groups that are running; none of them outlives this process. */
const running = new Set<number>();

/** Signals the program and all that it has started. @returns false where nothing of it is left */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(GROUPS ? -pid : pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Ends at once, by force, every group that is still running: for a process that is about to end itself. */
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

/** Ends what a program has left running, by force if need be. @param grace how long it has before that, ms */
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

/** A command that runs in the background, with all that it starts. */
export interface BackgroundGroup {
  /** What it writes, on either stream. */
  streams: readonly Readable[];
  /** Resolves with the exit code of the command itself; 128 and the signal's number where a signal ended it. */
  exited: Promise<number>;
  /** Whether anything of it is still running. */
  isRunning(): boolean;
  /** Tells all of it to end, ends by force what has not done so in time, and waits until nothing is left. */
  end(): Promise<void>;
}

/** How long a background command has to end once it was told to, ms. */
const BACKGROUND_GRACE = 5000;

/**
 * Starts a command line in the background, in a process group of its own. It reads nothing, and ends with this process.
 * @param command as a shell reads it: `npm start`
 * @throws UsageError where it can't be started, as where its folder is missing; a command that the shell does not find ends
 * with 127
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
  // Without a process there is nothing but the error to come.
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
    // What a daemon of its own session holds open must not hold this process.
    for (const stream of [stdout, stderr]) stream.destroy();
  };
  return {
    streams: [stdout, stderr],
    exited,
    isRunning: () => signalGroup(pid, 0),
    end: () => (ending ??= end()),
  };
}
