import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export const COMMAND = new URL('../dist/cli/main.js', import.meta.url).pathname;

/** No process of a bench may outlive it. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Nothing of the environment decides what is measured. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('INVITE_')));

/**
 * Runs a program to its end.
 * @returns the time from its start to its exit, ms, its exit code, and what it wrote
 */
export function timed(program, args, { cwd, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const child = spawn(program, args, { cwd, env: { ...environment, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('exit', (code) => {
      running.delete(child);
      resolve({ ms: performance.now() - from, code, output });
    });
  });
}

/**
 * Starts a program that serves, and says so in a first line of JSON.
 * @returns that line as an object, its process id, and how to end it
 */
export function serving(program, args, env = {}) {
  const child = spawn(program, args, { env: { ...environment, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
  running.add(child);
  const ended = new Promise((resolve) => {
    child.on('exit', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    void ended.then((code) => reject(new Error(`${program} ${args.join(' ')} ended with ${code}`)));
    createInterface(child.stdout).once('line', (line) => resolve({ ...JSON.parse(line), pid: child.pid, stop }));
  });
}

/** The mock in a process of its own. */
export const mock = (...args) => serving(process.execPath, [COMMAND, 'mock', ...args]);
