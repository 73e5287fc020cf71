// Measures how the time and memory of a load run, and of judging its history, grow. BENCH_LOADS (default
// 100,1000,10000,100000) are the numbers of invitations, BENCH_RATE (default 500) the rate per second.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMAND, mock, start, stop } from './processes.mjs';
import { table } from './statistics.mjs';

const USAGE = fileURLToPath(new URL('./usage.cjs', import.meta.url));
const LOADS = (process.env.BENCH_LOADS ?? '100,1000,10000,100000').split(',').map(Number);
const RATE = Number(process.env.BENCH_RATE ?? 500);

/** Runs the command to its end; its last output is its resource usage. */
export function measured(args, env = {}) {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const child = start(process.execPath, ['--require', USAGE, COMMAND, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text) => (said += text));
    child.on('error', reject);
    child.on('close', (code) => {
      void stop(child);
      const usage = /^usage (.*)$/m.exec(said)?.[1];
      if (usage === undefined) reject(new Error(`${args.join(' ')} ended with ${code}: ${said}`));
      else resolve({ code, ms: performance.now() - from, ...JSON.parse(usage) });
    });
  });
}

const seconds = (ms) => (ms / 1000).toFixed(1);
const times = ({ p50Ms, p99Ms }) => `${p50Ms}, ${p99Ms}`;

async function row(count) {
  const out = mkdtempSync(join(tmpdir(), 'bench-'));
  const { url, states, tokens, stop: stopMock } = await mock();
  try {
    const args = ['run', '--load', String(count), '--rate', String(RATE), '--target', url, '--states', states];
    const run = await measured([...args, '--out', out], { INVITE_TOKEN: tokens.valid });
    const judge = await measured(['judge', out, '--report', 'json']);
    const { load } = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'));
    const history = statSync(join(out, 'history.ndjson')).size;
    return [
      count.toLocaleString('en-US'),
      run.code,
      load.rate.achieved,
      times(load.response),
      times(load.completion),
      seconds(run.ms),
      seconds(run.cpuMs),
      run.memoryMb.toFixed(0),
      (history / 1e6).toFixed(1),
      seconds(judge.cpuMs),
      judge.memoryMb.toFixed(0),
    ];
  } finally {
    await stopMock();
    rmSync(out, { recursive: true, force: true });
  }
}

const HEAD = [
  'invitations',
  'exit',
  'achieved, 1/s',
  'response p50, p99, ms',
  'completion p50, p99, ms',
  'run, s',
  'run, CPU s',
  'run, MB',
  'history, MB',
  'judging, CPU s',
  'judging, MB',
];

/** Runs with increasing numbers of invitations, against the mock in another process. @returns a table in Markdown */
export async function growth() {
  const rows = [];
  for (const count of LOADS) rows.push(await row(count));
  return `One run each; ${RATE} invitations a second were offered.\n\n${table(HEAD, rows)}\n`;
}
