import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfig } from '../../config/load-config';
import { bench, readResult } from '../cli/command';

const ROOT = resolve(__dirname, '../..');
const EXAMPLES = join(ROOT, 'examples/provider-states');
const { inProcess: command, folder } = bench();
jest.setTimeout(120_000);

const served = mkdtempSync(join(tmpdir(), 'states-'));
let service: ChildProcess | undefined;
afterEach(() => service?.kill('SIGKILL'));
afterAll(() => rmSync(served, { recursive: true }));

/** Compiles the TypeScript, which older versions of Node cannot run. @returns the file of the service */
function compiled(): string {
  const out = join(served, 'typescript');
  const server = join(out, 'server.js');
  if (existsSync(server)) return server;
  mkdirSync(out);
  cpSync(join(EXAMPLES, 'typescript/package.json'), join(out, 'package.json'));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = ['--ignoreConfig', '--rewriteRelativeImportExtensions', '--strict', '--target', 'es2023'];
  const modules = ['--module', 'nodenext', '--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')];
  const source = join(EXAMPLES, 'typescript/server.ts');
  execFileSync(process.execPath, [compiler, source, ...options, ...modules, '--outDir', out]);
  return server;
}

/** Starts a service on a free port. @returns its origin, which it prints */
function start(program: string, args: string[]): Promise<string> {
  const child = spawn(program, args, { env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  service = child;
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => fail(new Error(`${program} ended with ${code}`)));
    child.stdout.once('data', (line: Buffer) => done(/http:\S+/.exec(line.toString())?.[0] ?? ''));
  });
}

/** The environment of the commands for a service. */
function environmentOf(origin: string): Record<string, string> {
  cpSync(join(EXAMPLES, 'invite-conformance.config.yaml'), join(folder(), 'invite-conformance.config.yaml'));
  return { INVITE_TARGET: `${origin}/v1.0`, INVITE_STATES: `${origin}/provider-states` };
}

// The gate of the Python example is tested with its README (test/pipelines/package.test.ts).
test.each<[string, () => Promise<string>]>([
  ['TypeScript', () => start(process.execPath, [compiled()])],
  ['Python', () => start('python3', ['-B', join(EXAMPLES, 'python/server.py')])],
])('doctor finds all states in the example in %s, in either edition', async (_language, serve) => {
  const env = environmentOf(await serve());
  const examined = await command(['doctor'], { env });
  const looks = examined.stdout.split('\n').filter((line) => /^[✓?✗] /.test(line));
  expect(looks).toHaveLength(12);
  expect(looks.filter((line) => !line.startsWith('✓ '))).toEqual([]);
  expect(examined.code).toBe(0);
  // The states of the later edition, with their results.
  const later = ['--edition', '2025-07-23'];
  expect((await command(['doctor', ...later], { env })).stdout).toMatch(/^✓ a meeting of another application /m);
  const moved = await command(['run', ...later, '--gate', 'linked', '--scenario', 'move', '--no-contracts'], { env });
  expect(moved.stdout).toMatch(/^ {7,}.*move 9\/9|^areas .*move 9\/9/m);
});

test('the example in TypeScript passes the gate', async () => {
  const env = environmentOf(await start(process.execPath, [compiled()]));
  const { code, stdout } = await command(['run', '--gate', 'linked'], { env });
  expect(stdout).toMatch(
    /^PASS {2}66 of 66 behaviours, 15 of 15 contracts; 15 not applicable \(declared absent: replace, pstn\) {3}\(gate: /m,
  );
  expect(code).toBe(0);
  const result = readResult(join(folder(), '.invite-conformance'));
  const { untested, failed } = result.summary;
  expect({ untested, failed }).toEqual({ untested: 0, failed: 0 });
  expect(new Set(result.contracts.map((one) => one.result))).toEqual(new Set(['passed', 'notApplicable']));
});

test('a state that the example does not know is answered 404, so behaviours that need it are untested', async () => {
  const origin = await start('python3', ['-B', join(EXAMPLES, 'python/server.py')]);
  const answer = await fetch(`${origin}/provider-states`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ action: 'setup', state: 'the moon', params: {} }),
  });
  expect(answer.status).toBe(404);
});

test('the config of the examples works as it is', async () => {
  const config = await readConfig(join(EXAMPLES, 'invite-conformance.config.yaml'));
  expect(config).toMatchObject({ capabilities: { pstn: false, replace: false } });
});
