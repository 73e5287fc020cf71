// Measures the processor time and memory of judging long recordings. BENCH_ENTRIES (default 3000,30000,100000) are the
// numbers of entries; a third of them are invitations.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measured } from './load.mjs';
import { table } from './statistics.mjs';

const WRITER = fileURLToPath(new URL('./long-recording.mjs', import.meta.url));
const ENTRIES = (process.env.BENCH_ENTRIES ?? '3000,30000,100000').split(',').map(Number);

async function row(count) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const file = join(folder, 'long.har');
    execFileSync(process.execPath, [WRITER, String(count), file]);
    const { ms, cpuMs, memoryMb } = await measured([
      'judge',
      '--har',
      file,
      '--report',
      `json=${join(folder, 'r.json')}`,
    ]);
    return [
      count.toLocaleString('en-US'),
      (statSync(file).size / 2 ** 20).toFixed(0),
      (ms / 1000).toFixed(1),
      (cpuMs / 1000).toFixed(1),
      memoryMb.toFixed(0),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Measures one recording after the other. */
export async function recordings() {
  const rows = [];
  for (const count of ENTRIES) rows.push(await row(count));
  return `One run each.\n\n${table(['entries', 'file, MiB', 'time, s', 'processor time, s', 'memory, MiB'], rows)}\n`;
}
