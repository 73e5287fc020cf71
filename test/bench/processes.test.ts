import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const PROCESSES = pathToFileURL(join(__dirname, '../../bench/processes.mjs')).href;

/** A program that starts a child, as package launchers do, prints the child's pid, and runs until it is killed. */
const LAUNCHER = `
const { spawn } = require('node:child_process');
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
console.log(JSON.stringify({ child: child.pid }));
process.on('SIGTERM', () => process.exit(0));
setInterval(() => {}, 1000);`;

const folder = mkdtempSync(join(tmpdir(), 'bench-processes-'));
const launcher = join(folder, 'launcher.cjs');
writeFileSync(launcher, LAUNCHER);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Resolves when a process has ended; the test's timeout limits the wait. */
async function ended(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A bench that starts the launcher and then runs `then`. @returns its process, and the launcher's child */
async function bench(then: string): Promise<{ process: ReturnType<typeof spawn>; child: number }> {
  const script = join(folder, `bench-${then.length}.mjs`);
  writeFileSync(
    script,
    `import { serving } from ${JSON.stringify(PROCESSES)};
const { child, stop } = await serving(process.execPath, [${JSON.stringify(launcher)}]);
console.log(child);
${then}`,
  );
  const running = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(createInterface(running.stdout), 'line')) as [string];
  return { process: running, child: Number(line) };
}

test.each([
  ['is stopped by the bench', 'await stop();'],
  ['runs when the bench ends', 'process.exit(0);'],
  ['runs when the bench throws', "throw new Error('as it should');"],
])('a process that a launcher started does not outlive the bench: the launcher %s', async (_how, then) => {
  const { process: running, child } = await bench(then);
  if (running.exitCode === null) await once(running, 'exit');
  await ended(child);
  expect(isAlive(child)).toBe(false);
});

test('a process that a launcher started does not outlive an interrupted bench', async () => {
  const { process: running, child } = await bench('setInterval(() => {}, 1000);');
  expect(isAlive(child)).toBe(true);
  running.kill('SIGTERM');
  await once(running, 'exit');
  await ended(child);
  expect(isAlive(child)).toBe(false);
});
