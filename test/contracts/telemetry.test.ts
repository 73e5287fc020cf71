import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ownInteractions } from '../../contracts';

const ROOT = join(__dirname, '../..');
const MODULE = join(ROOT, 'contracts/provider/verifier-process.cjs');
const TURNED_OFF = "process.env['PACT_DO_NOT_TRACK'] = 'true';";

/** Runs a Verifier behind a proxy that refuses all connections. @returns the hosts that it tried to reach */
async function hostsAskedBy(module: string): Promise<string[]> {
  const folder = mkdtempSync(join(ROOT, '.invite-conformance-telemetry-'));
  const asked: string[] = [];
  const trap = createServer((_req, res) => res.writeHead(502).end()).on('connect', ({ url = '' }, socket) => {
    asked.push(url.replace(/:\d+$/, ''));
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => {
    trap.listen(0, '127.0.0.1', resolve);
  });
  const proxy = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  const file = join(folder, 'verifier.cjs');
  writeFileSync(file, module);
  const [interaction] = ownInteractions();
  const pact = join(folder, 'pact.json');
  writeFileSync(pact, JSON.stringify(interaction?.alone));
  const env = { PATH: process.env['PATH'], HTTP_PROXY: proxy, HTTPS_PROXY: proxy, ALL_PROXY: proxy };
  const child = fork(file, [], { env, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  try {
    const { description, provider, states = [] } = interaction ?? {};
    const job = { n: 1, file: pact, provider, description, url: proxy, timeoutMs: 5000, values: { callId: 'c' } };
    const answered = new Promise((resolve) => {
      child.once('message', resolve);
    });
    child.send({ ...job, states: states.map(({ name }) => name) });
    await answered;
    return asked;
  } finally {
    child.kill('SIGKILL');
    await new Promise<void>((resolve) => {
      trap.close(() => resolve());
      trap.closeAllConnections();
    });
    rmSync(folder, { recursive: true });
  }
}

test('the Verifier reports its run to nobody; with tracking on, it does before it returns its result', async () => {
  const module = readFileSync(MODULE, 'utf8');
  expect(module).toContain(TURNED_OFF);
  const isElsewhere = (host: string): boolean => host !== '127.0.0.1';
  expect((await hostsAskedBy(module.replace(TURNED_OFF, ''))).filter(isElsewhere)).not.toEqual([]);
  expect((await hostsAskedBy(module)).filter(isElsewhere)).toEqual([]);
}, 120_000);
