// How much memory a run takes against a target that floods its callbacks: four floods, each beside a whole run.
// Prints the most that each took, and exits 1 where one took 300 MB or more. Needs a build: npm run build
//   node test/hostile/flood.mjs
import { spawn } from 'node:child_process';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { startMock } = require('../../dist/mock/index.js');
const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const MOST = 300;
const MEBIBYTE = 1024 * 1024;

const item = JSON.stringify({
  changeType: 'updated',
  resourceUrl: '/communications/calls/x/participants',
  resourceData: [{ info: { identity: { user: { id: 'z' } } } }],
});
const FLOODS = {
  '20,000 small notifications to each call': [20_000, `{"value":[${item}]}`],
  '500 notifications of 1 MiB to each call': [500, 'x'.repeat(MEBIBYTE)],
  '200 notifications of 4,000 items to each call': [200, `{"value":[${Array(4000).fill(item).join(',')}]}`],
  '200 notifications of 300,000 empty items to each call': [200, `{"value":[${Array(300_000).fill('{}').join(',')}]}`],
};

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function post(uri, body) {
  return new Promise((done) => {
    const sent = request(uri, { method: 'POST', agent, headers: { 'Content-Type': 'application/json' } }, (answer) =>
      answer.resume().on('close', done),
    );
    sent.on('error', done).end(body);
  });
}

/** A states endpoint that hands each call's callback to a flood, and passes everything on to the mock. */
function floodingStates(mock, [times, body]) {
  const states = new URL(mock.states);
  let over = false;
  const server = createServer((req, res) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => {
      const asked = Buffer.concat(chunks);
      const { action, params } = JSON.parse(asked);
      if (action === 'setup' && params.callbackUri) void flood(params.callbackUri);
      const { method, headers } = req;
      const onward = request(
        { host: states.hostname, port: states.port, path: states.pathname, method, headers },
        (from) => {
          res.writeHead(from.statusCode, from.headers);
          from.pipe(res);
        },
      );
      onward.end(asked);
    });
  });
  async function flood(uri) {
    for (let i = 0; i < times; i += 1) {
      if (over) return;
      await post(uri, body);
    }
  }
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}/states`,
        close: () => {
          over = true;
          server.closeAllConnections();
          server.close();
        },
      }),
    );
  });
}

/** The most memory that a process has held so far, MB; Linux alone tells it. */
function most(pid) {
  const told = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return told ? Number(told[1]) / 1024 : 0;
}

async function measured(mock, flood) {
  const states = await floodingStates(mock, flood);
  const out = mkdtempSync(join(tmpdir(), 'invite-flood-'));
  const args = [
    'run',
    '--target',
    mock.url,
    '--states',
    states.url,
    '--no-contracts',
    '--timeout-ms',
    '5000',
    '--out',
    out,
  ];
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, INVITE_TOKEN: mock.tokens.valid },
    stdio: 'ignore',
  });
  let held = 0;
  const look = setInterval(() => {
    try {
      held = Math.max(held, most(child.pid));
    } catch {
      // It has just ended.
    }
  }, 20);
  const code = await new Promise((done) => {
    child.once('close', done);
  });
  clearInterval(look);
  states.close();
  rmSync(out, { recursive: true });
  return { held: Math.round(held), code };
}

const mock = await startMock();
let broken = false;
for (const [name, flood] of Object.entries(FLOODS)) {
  const { held, code } = await measured(mock, flood);
  console.log(`${String(held).padStart(4)} MB  ${name} (exit code ${code})`);
  broken ||= held >= MOST;
}
await mock.close();
process.exit(broken ? 1 : 0);
