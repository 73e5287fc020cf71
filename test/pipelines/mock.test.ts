import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { mockListPage } from '../../cli/mock-list';
import { mockCatalog } from '../../mock';
import { bench, type Ended } from '../cli/command';

/** Tests that the instructions of docs/mock.md and of the container example work. */

const ROOT = resolve(__dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/mock.md'), 'utf8');
const EXAMPLE = join(ROOT, 'examples/bot-in-a-container');
const kit = bench();

/** The file of this name in the page. */
function shown(name: string): string {
  const found = [...PAGE.matchAll(/```js\n\/\/ (\S+)\n([^]*?)```/g)].find(([, title]) => title === name);
  return found?.[2] ?? '';
}

function node(args: string[]): SpawnSyncReturns<string> {
  const { NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, NODE_TEST_CONTEXT: _context, ...env } = process.env;
  return spawnSync(process.execPath, args, { cwd: kit.folder(), env, encoding: 'utf8', timeout: 60_000 });
}

test("Microsoft's own client works over TLS, as the page shows", async () => {
  writeFileSync(join(kit.folder(), 'bot.mjs'), shown('bot.mjs'));
  const { code, stdout, stderr } = await kit.command(['mock', '--tls', '--', process.execPath, 'bot.mjs']);
  const [, output] = /```text\n(invited [^]*?)```/.exec(PAGE) ?? [];
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: output, stderr: '' });
});

test('the example tests in the page pass', () => {
  const text = shown('bot.test.mjs');
  // Imports the package from this build.
  const built = text.replace("'invite-conformance/mock'", JSON.stringify(join(kit.dist, 'mock/index.js')));
  expect(built).not.toBe(text);
  writeFileSync(join(kit.folder(), 'bot.test.mjs'), built);
  const { status, stdout } = node(['--test', 'bot.test.mjs']);
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^# pass 3$/m)]);
});

test('the package has the members, faults and variants that the page mentions', () => {
  const members = [...PAGE.matchAll(/^\| `(\w+)[(`]/gm)].map(([, name]) => name);
  expect(members).toEqual(expect.arrayContaining(['setup', 'inject', 'throttle', 'settled', 'reset', 'close']));
  const mentioned = [...PAGE.matchAll(/--(?:fault|variant) ([a-z][\w./-]*)|inject\('([^']+)'/g)].map(
    ([, flag, injected]) => flag ?? injected,
  );
  const { faults, variants } = mockCatalog();
  const known = [...faults, ...variants].map(({ id }) => id);
  expect(mentioned.length).toBeGreaterThan(2);
  expect(mentioned.filter((id) => !known.includes(id ?? ''))).toEqual([]);
});

test('the list of faults and variants is up to date', () => {
  expect(readFileSync(join(ROOT, 'docs/mock-list.md'), 'utf8')).toBe(mockListPage(mockCatalog()));
  expect(mockListPage(mockCatalog())).not.toContain('undefined.');
});

interface Compose {
  services: {
    mock: { build: string; command: string[]; healthcheck: { test: string[] } };
    bot: { environment: Record<string, string>; command: string[]; volumes: string[]; depends_on: object };
  };
}

test('the commands of the containers work when they are run by hand', async () => {
  const { services } = parse(readFileSync(join(EXAMPLE, 'compose.yaml'), 'utf8')) as Compose;
  const { mock, bot } = services;
  expect(resolve(EXAMPLE, mock.build)).toBe(ROOT);
  expect(bot.volumes).toEqual([`./bot.mjs:${bot.command[1]}:ro`]);
  expect(bot.depends_on).toEqual({ mock: { condition: 'service_healthy' } });
  const port = /--port=(\d+)/.exec(mock.command.join(' '))?.[1];
  // The port may be in use on this machine.
  const command = mock.command.map((part) => (part.startsWith('--port=') ? '--port=0' : part));
  // The engine runs the health check of the mock, then the bot, with the names of their containers.
  const { INVITE_TARGET = '', INVITE_TOKEN = '', CALLBACK_HOST = '' } = bot.environment;
  expect([INVITE_TARGET, CALLBACK_HOST]).toEqual([`http://mock:${port}/v1.0`, 'bot']);
  const [, program, , check = ''] = mock.healthcheck.test;
  expect([program, check]).toEqual(['node', expect.stringContaining(`http://127.0.0.1:${port}/`)]);
  const byHand = `
    const { spawnSync } = require('child_process');
    const env = { ...process.env, INVITE_TOKEN: ${JSON.stringify(INVITE_TOKEN)}, CALLBACK_HOST: '127.0.0.1' };
    const check = ${JSON.stringify(check)}.replace('${port}', new URL(env.INVITE_TARGET).port);
    const healthy = spawnSync(process.execPath, ['-e', check], { env });
    const ended = spawnSync(process.execPath, [${JSON.stringify(join(EXAMPLE, 'bot.mjs'))}], { env, stdio: 'inherit' });
    process.exitCode = healthy.status === 0 ? ended.status : 99;`;
  const started = (...more: string[]): Promise<Ended> =>
    kit.command([...command, ...more, '--', process.execPath, '-e', byHand]);
  const { code, stdout, stderr } = await started();
  expect(code).toBe(0);
  expect(stdout).toMatch(/^invited: operation \S+ is running$/im);
  expect(stdout).toMatch(/^notified: updated \/communications\/calls\/[^/]+\/participants$/m);
  expect(stderr).toMatch(/ {2}request {2}POST \S+\/participants\/invite {2}200 /);
  expect(await started('--fault=completion.announced/never')).toMatchObject({ code: 1 });
});
