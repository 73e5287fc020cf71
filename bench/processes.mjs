import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export const COMMAND = new URL('../dist/cli/main.js', import.meta.url).pathname;

/** All processes end with the bench, including children: a launcher of npm starts its program as a child. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) signal(child, 'SIGKILL');
});
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => process.exit(1));

/** Starts a program as the leader of its own process group, which ends with the bench. */
export function start(program, args, options) {
  const child = spawn(program, args, { ...options, detached: true });
  running.add(child);
  child.on('error', () => running.delete(child));
  child.ended = new Promise((resolve) => {
    child.on('exit', (code) => resolve(code));
  });
  return child;
}

/** Ends a program and its children. */
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
    // The whole group has already ended.
    if (error.code !== 'ESRCH') throw error;
  }
}

/** The environment without the suite's variables, which would affect the measurement. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('INVITE_')));

/**
 * Runs a program to its end.
 * @returns the time from its start to its exit, ms, its exit code, and its output
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
 * Starts a server that prints a first line of JSON when it is ready.
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

/** Starts the mock in a separate process. */
export const mock = (...args) => serving(process.execPath, [COMMAND, 'mock', ...args]);

/** A port that is free now. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
