import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export const COMMAND = new URL('../dist/cli/main.js', import.meta.url).pathname;

/** No process of a bench may outlive it, nor what it started: a launcher of npm's starts its program as a child. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) signal(child, 'SIGKILL');
});
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => process.exit(1));

/** Starts a program at the head of a process group of its own, which ends with the bench. */
export function start(program, args, options) {
  const child = spawn(program, args, { ...options, detached: true });
  running.add(child);
  child.on('error', () => running.delete(child));
  child.ended = new Promise((resolve) => {
    child.on('exit', (code) => resolve(code));
  });
  return child;
}

/** Ends a program that was started, and all that it started. */
export async function stop(child) {
  signal(child, 'SIGTERM');
  await child.ended;
  signal(child, 'SIGKILL');
  running.delete(child);
}

/** Sends a signal to all processes of a group. */
function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    // The whole group has ended.
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Nothing of the environment decides what is measured. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('INVITE_')));

/**
 * Runs a program to its end.
 * @returns the time from its start to its exit, ms, its exit code, and what it wrote
 */
export function timed(program, args, { cwd, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const child = start(program, args, { cwd, env: { ...environment, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('exit', (code) => {
      const ms = performance.now() - from;
      void stop(child).then(() => resolve({ ms, code, output }));
    });
  });
}

/**
 * Starts a program that serves, and says so in a first line of JSON.
 * @returns that line as an object, its process id, and how to end it
 */
export function serving(program, args, env = {}) {
  const child = start(program, args, { env: { ...environment, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    void child.ended.then((code) => reject(new Error(`${program} ${args.join(' ')} ended with ${code}`)));
    createInterface(child.stdout).once('line', (line) =>
      resolve({ ...JSON.parse(line), pid: child.pid, stop: () => stop(child) }),
    );
  });
}

/** The mock in a process of its own. */
export const mock = (...args) => serving(process.execPath, [COMMAND, 'mock', ...args]);
