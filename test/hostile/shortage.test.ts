import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportError } from '../../cli/output';
import { bench, readResult, showsStack } from '../cli/command';
import { invites, world } from './world';

const { instead, mock } = world();
const built = bench();

/** On SIGUSR2, opens files until the limit; closes them after HELD_MS milliseconds, or never. */
const HOLDER = `
const { closeSync, openSync } = require('node:fs');
process.on('SIGUSR2', () => {
  const held = [];
  try {
    for (;;) held.push(openSync('/dev/null', 'r'));
  } catch {}
  const ms = Number(process.env.HELD_MS);
  if (ms > 0) setTimeout(() => held.forEach((one) => closeSync(one)), ms);
});`;

/** A run that can open no more files from its twentieth invitation on. */
async function short(heldMs: number, ...more: string[]): Promise<{ code: number | null; said: string }> {
  const holder = join(built.folder(), 'holder.cjs');
  writeFileSync(holder, HOLDER);
  let pid: number | undefined;
  let taken = 0;
  const origin = await instead((req) => {
    if (invites(req)) taken += 1;
    if (taken === 20 && pid !== undefined) process.kill(pid, 'SIGUSR2');
    return false;
  });
  const line = `ulimit -n 160; exec "$0" -r ${holder} "$@"`;
  const { states, tokens } = mock();
  const run = ['run', '--target', `${origin}/v1.0`, '--states', states, '--out', 'run', ...more];
  const child = spawn('bash', ['-c', line, process.execPath, join(built.dist, 'cli/main.js'), ...run], {
    cwd: built.folder(),
    env: { ...process.env, HELD_MS: String(heldMs), INVITE_TOKEN: tokens.valid },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  ({ pid } = child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { code, said };
}

test('a temporary lack of files during the run ends it with exit 4 and the limit to raise, and nothing fails', async () => {
  const { code, said } = await short(250, '--no-contracts');
  expect(said).toContain('this process has reached its limit of open files (EMFILE)');
  expect(said).toContain('ulimit -n 4096');
  expect(showsStack(said)).toBe(false);
  const { behaviors, stopped } = readResult(join(built.folder(), 'run'));
  expect(stopped?.cause).toBe('exhausted');
  expect(behaviors.flatMap(({ id, verdict }) => (verdict === 'failed' ? [id] : []))).toEqual([]);
  expect(code).toBe(4);
});

test('a temporary lack of files fails no contract either', async () => {
  const { code, said } = await short(250);
  expect(showsStack(said)).toBe(false);
  const { contracts, stopped, causes } = readResult(join(built.folder(), 'run'));
  expect(stopped?.cause).toBe('exhausted');
  expect(causes).toEqual([]);
  expect(contracts.length).toBeGreaterThan(0);
  expect(contracts.flatMap(({ interaction, result }) => (result === 'failed' ? [interaction] : []))).toEqual([]);
  expect(code).toBe(4);
});

test('a permanent lack of files ends the run with exit 4 and the limit to raise, and the history is kept', async () => {
  const { code, said } = await short(0, '--no-contracts');
  expect(said).toMatch(/limit of open files.*ulimit -n 4096/s);
  expect(showsStack(said)).toBe(false);
  expect(readdirSync(join(built.folder(), 'run'))).toContain('history.ndjson');
  expect(code).toBe(4);
});

test.each(['EMFILE', 'ENFILE'])('%s on opening any file ends the run with exit 4', (code) => {
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(reportError(Object.assign(new Error('open'), { code }))).toBe(4);
  expect(told.mock.calls.join()).toContain(code);
});
