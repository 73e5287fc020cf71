// Judges each row of the kill matrix from a recording (test/recorded/). RECORDED_ROWS selects rows as in
// through-a-proxy.test.ts; default: all. Two processes share them, because each needs a processor of its own to prove
// orders.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';

const JEST = createRequire(import.meta.url).resolve('jest/bin/jest');
const ROWS = process.env.RECORDED_ROWS ?? '/1';
const [stepped, step = '1', from = '0'] = /^\/(\d+)(?:\+(\d+))?$/.exec(ROWS) ?? [];
const [n, first] = [Number(step), Number(from)];
const shares = stepped === undefined ? [ROWS] : [`/${2 * n}+${first}`, `/${2 * n}+${first + n}`];

/** Runs the tests of one share. @returns whether they passed */
async function passes(share, place) {
  const files = ['test/recorded/through-a-proxy.test.ts', ...(place === 0 ? ['test/recorded/golden.test.ts'] : [])];
  // A row creates many short-lived objects: a larger young generation copies fewer of them.
  const args = ['--max-semi-space-size=32', JEST, '--runInBand', '--testTimeout=120000', ...files];
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, RECORDED_ROWS: share } });
  const [code] = await once(child, 'exit');
  return code === 0;
}

const passed = await Promise.all(shares.map(passes));
process.exitCode = passed.every(Boolean) ? 0 : 1;
