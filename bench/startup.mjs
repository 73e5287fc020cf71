import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND, timed, start, stop } from './processes.mjs';
import { inTurn, shown, table } from './statistics.mjs';

/** The time from a run's start to the first request at the target, ms; the run is then ended. */
async function toFirstRequest() {
  const out = mkdtempSync(join(tmpdir(), 'bench-'));
  let seen = () => undefined;
  const first = new Promise((resolve) => {
    seen = resolve;
  });
  const server = createServer((request, response) => {
    seen(performance.now());
    response.writeHead(503, { Connection: 'close' }).end();
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  const from = performance.now();
  const args = [COMMAND, 'run', '--target', `${origin}/v1.0`, '--states', `${origin}/states`, '--out', out];
  const child = start(process.execPath, [...args, '--no-contracts'], { stdio: 'ignore' });
  const at = await first;
  await stop(child);
  server.closeAllConnections();
  server.close();
  rmSync(out, { recursive: true, force: true });
  return at - from;
}

const node = async (...args) => (await timed(process.execPath, args)).ms;

/** The time from the start of a process to its end, or to its first request. */
export async function startup(repetitions) {
  const taken = await inTurn(
    {
      'node -e 0': () => node('-e', '0'),
      '--version': () => node(COMMAND, '--version'),
      list: () => node(COMMAND, 'list'),
      'run, to its first request': toFirstRequest,
    },
    repetitions,
  );
  const bare = taken['node -e 0'];
  const rows = Object.entries(taken).map(([name, values]) => [
    `\`${name}\``,
    shown(values),
    shown(values.map((value, i) => value - bare[i])),
  ]);
  return `${table(['command', 'ms', 'over bare node, ms'], rows)}\n`;
}
