// The memory of a run whose target floods it: each flood (floods.mjs) during a whole run. Prints the maximum of the
// command and of the Verifier's process, and exits 1 if one used 270 MB or more, or if the run ended with an internal
// error or not at all. Needs a build: npm run build
//   node test/hostile/flood.mjs [WORD…]    only the floods whose name contains one of the words
import { spawn } from 'node:child_process';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buffer } from 'node:stream/consumers';
import { FLOODS } from './floods.mjs';

const require = createRequire(import.meta.url);
const { startMock } = require('../../dist/mock/index.js');
const MAIN = fileURLToPath(new URL('../../dist/cli/start.cjs', import.meta.url));
/** Limit of the memory, MB. */
const MOST = 270;
/** Number of flooded calls; four would use up the whole quota. */
const CALLS = 10;
/** Maximum duration of a run, ms. */
const BOUND = 120_000;
/** Number of simultaneous floods: a run mostly waits, and each has its own memory. */
const AT_ONCE = 3;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function post(uri, { body, headers, path = '' }) {
  const url = new URL(uri);
  url.pathname = path + url.pathname;
  return new Promise((done) => {
    const options = { method: 'POST', agent, headers: { 'Content-Type': 'application/json', ...headers } };
    const sent = request(url, options, (answer) => answer.resume().on('close', done));
    sent.on('error', done).end(body);
  });
}

/** A target and its states endpoint that behave like the mock, except for the flood. */
async function flooding(mock, flood) {
  const over = new AbortController();
  let calls = 0;
  async function pour(uri) {
    for (let i = 0; i < (flood.times ?? 0) && !over.signal.aborted; i += 1) await post(uri, flood);
  }
  const server = createServer(async (req, res) => {
    try {
      const asked = await buffer(req);
      const { method, headers, url } = req;
      if (url.startsWith('/_states')) {
        const { action, params } = JSON.parse(asked);
        if (action === 'setup' && flood.values) {
          res.end(JSON.stringify(flood.values));
          return;
        }
        if (action === 'setup' && params.callbackUri && calls < CALLS) {
          calls += 1;
          void pour(params.callbackUri);
        }
      }
      const { hostname, port } = new URL(mock.url);
      const onward = request({ hostname, port, path: url, method, headers }, async (from) => {
        const body = await buffer(from);
        const changes = flood.answer && url.includes('/invite');
        const answer = changes ? Buffer.from(flood.answer(String(body))) : body;
        const { 'content-length': _, 'transfer-encoding': __, ...rest } = from.headers;
        res.writeHead(from.statusCode, rest).end(answer);
      });
      onward.on('error', () => res.destroy()).end(asked);
    } catch {
      res.destroy();
    }
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      over.abort();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The maximum memory of a process so far, MB; available on Linux only. */
function most(pid) {
  try {
    const told = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return told ? Number(told[1]) / 1024 : 0;
  } catch {
    // The process has just ended.
    return 0;
  }
}

function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  } catch {
    return [];
  }
}

async function measured(flood) {
  const mock = await startMock();
  const { origin, close } = await flooding(mock, flood);
  const out = mkdtempSync(join(tmpdir(), 'invite-flood-'));
  const given = flood.args ?? ['--no-contracts'];
  const args = ['run', '--target', `${origin}/v1.0`, '--states', `${origin}/_states`, ...given];
  const child = spawn(process.execPath, [MAIN, ...args, '--timeout-ms', '5000', '--out', out], {
    env: { ...process.env, INVITE_TOKEN: mock.tokens.valid },
    stdio: 'ignore',
  });
  const held = { run: 0, verifier: 0 };
  const look = setInterval(() => {
    held.run = Math.max(held.run, most(child.pid));
    held.verifier = Math.max(held.verifier, ...childrenOf(child.pid).map(most));
  }, 20);
  const late = setTimeout(() => child.kill('SIGKILL'), BOUND);
  const code = await new Promise((done) => {
    child.once('close', done);
  });
  clearInterval(look);
  clearTimeout(late);
  close();
  await mock.close();
  rmSync(out, { recursive: true });
  return { ...held, code };
}

const words = process.argv.slice(2);
const floods = Object.entries(FLOODS).filter(
  ([name]) => words.length === 0 || words.some((word) => name.includes(word)),
);
let failed = 0;

/** Takes floods from the list until it is empty. */
async function pourAll(waiting) {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, flood] = next;
    const { run, verifier, code } = await measured(flood);
    const broken = run >= MOST || verifier >= MOST || code === null || code === 5;
    const beside = verifier > 0 ? `, the Verifier ${Math.round(verifier)} MB` : '';
    const end = `(exit code ${code})${broken ? ' FAILED' : ''}`;
    console.log(`${String(Math.round(run)).padStart(4)} MB  ${name}${beside} ${end}`);
    if (broken) failed += 1;
  }
}

const waiting = [...floods];
await Promise.all(Array.from({ length: AT_ONCE }, () => pourAll(waiting)));
agent.destroy();
console.log(`${floods.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
