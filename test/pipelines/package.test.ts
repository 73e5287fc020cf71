import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import manifest from '../../package.json';
import lock from '../../package-lock.json';
import { BEHAVIOR_IDS, BEHAVIORS } from '../../behaviors/catalog';
import { readResult } from '../cli/command';
import { pack, type Packed } from '../support/packed';
import { freePort } from '../support/free-port';

const ROOT = resolve(__dirname, '../..');
// npm and a compiler take long on a busy machine.
jest.setTimeout(180_000);

let home = '';
let packed: Packed;
let paths: string[] = [];

/** Runs a program in the empty project. */
function inProject(program: string, args: string[]): SpawnSyncReturns<string> {
  const { NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, ...env } = process.env;
  return spawnSync(program, args, { cwd: join(home, 'project'), env, encoding: 'utf8', timeout: 150_000 });
}

/**
 * The lock file of an empty project after `npm install` of the package: the production part of the suite's own lock
 * file, so that npm finds every package in its cache.
 */
function lockOf(tarball: string): object {
  type Entry = { dev?: boolean };
  const installed = Object.entries(lock.packages as Record<string, Entry>).filter(
    ([path, { dev = false }]) => path !== '' && !dev,
  );
  const { name, version, dependencies, bin, engines } = manifest;
  return {
    name: 'project',
    lockfileVersion: lock.lockfileVersion,
    requires: true,
    packages: {
      '': { name: 'project', dependencies: { [name]: `file:${tarball}` } },
      [`node_modules/${name}`]: { version, resolved: `file:${tarball}`, dependencies, bin, engines },
      ...Object.fromEntries(installed),
    },
  };
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'package-'));
  const project = join(home, 'project');
  mkdirSync(project);
  packed = await pack(home);
  paths = packed.files.map(({ path }) => path).toSorted();
  const tarball = `../${packed.filename}`;
  const dependencies = { [manifest.name]: `file:${tarball}` };
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', private: true, dependencies }));
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lockOf(tarball)));
  const installed = inProject('npm', ['ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (installed.status !== 0) throw new Error(installed.stderr);
}, 180_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('the package contains the needed files, and no others', () => {
  const folders = new Set(
    paths.filter((path) => path.includes('/')).map((path) => path.split('/').slice(0, 2).join('/')),
  );
  expect(paths.filter((path) => !path.includes('/'))).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  expect([...folders].filter((folder) => folder.startsWith('docs/') && !folder.endsWith('.md'))).toEqual([
    'docs/behaviors',
    'docs/ci',
  ]);
  expect(paths.filter((path) => path.startsWith('docs/behaviors/'))).toHaveLength(BEHAVIOR_IDS.length + 1);
  const code = paths.filter((path) => path.startsWith('dist/'));
  expect(code.filter((path) => !/\.([cm]?js|d\.m?ts|json)$/.test(path))).toEqual([]);
  expect(code.filter((path) => /\.(suite|test|pact)\.|consumer|\.map$/.test(path))).toEqual([]);
  const { bin, exports: entries } = manifest;
  const named = [
    bin['invite-conformance'],
    ...Object.values(entries).flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one))),
  ];
  for (const path of named.filter((one) => !one.includes('*'))) expect(paths).toContain(path.replace(/^\.\//, ''));
});

test('its size is about as documented', () => {
  const said = /(\d+) files, (\d+) kB, (\d+\.\d) MB unpacked/.exec(
    readFileSync(join(ROOT, 'docs/ci/README.md'), 'utf8'),
  );
  const [files, kilobytes, megabytes] = (said ?? []).slice(1).map(Number);
  const near = (actual: number, stated = 0): boolean => Math.abs(actual - stated) <= stated * 0.25;
  const size = { files: paths.length, kilobytes: packed.size / 1e3, megabytes: packed.unpackedSize / 1e6 };
  expect({
    ...size,
    near: near(size.files, files) && near(size.kilobytes, kilobytes) && near(size.megabytes, megabytes),
  }).toEqual({ ...size, near: true });
});

test('installed in an empty project, the command judges its own mock', () => {
  const { status, stdout, stderr } = inProject('npx', ['--no', 'invite-conformance', 'run', '--scenario', 'single']);
  expect(stderr).not.toContain('internal error');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^PASS {2}what was selected: (\d+) of \1 behaviours; /);
});

test("the README's first gate, pasted verbatim, is red and then green", () => {
  const [, block = ''] =
    /## A first gate[^]*?```sh\n([^]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
  const { stdout } = inProject('bash', ['-c', block]);
  expect(stdout).toMatch(
    /^FAIL {2}1 cause: 2 behaviours and 1 contract failed, 1 not checked because of it {3}\(gate: /m,
  );
  expect(stdout).toContain("\n1  The completion's resourceUrl names another call.\n");
  const { contracts } = readResult(join(home, 'project/.invite-conformance'));
  expect(contracts.length).toBeGreaterThan(10);
  expect(contracts.filter(({ result }) => result !== 'passed')).toEqual([]);
  const whole = [BEHAVIORS, contracts].map(({ length }) => `${length} of ${length}`);
  expect(stdout).toContain(`\nPASS  ${whole[0]} behaviours, ${whole[1]} contracts   (gate: `);
  expect(stdout.split('\n').filter((line) => line.startsWith('exit code'))).toEqual(['exit code 1', 'exit code 0']);
});

test.each(['jest-project', 'provider-states'])('examples/%s installs the package that npm pack writes', (name) => {
  const example = join(ROOT, 'examples', name);
  const { devDependencies } = JSON.parse(readFileSync(join(example, 'package.json'), 'utf8')) as typeof manifest;
  expect(
    resolve(example, (devDependencies as Record<string, string>)[manifest.name]?.replace(/^file:/, '') ?? ''),
  ).toBe(join(ROOT, packed.filename));
});

test('the commands in the README of the provider states, pasted verbatim, are green', async () => {
  const [example, port] = [join(home, 'provider-states'), await freePort()];
  cpSync(join(ROOT, 'examples/provider-states'), example, { recursive: true });
  symlinkSync(join(home, 'project/node_modules'), join(example, 'node_modules'));
  const blocks = [...readFileSync(join(example, 'README.md'), 'utf8').matchAll(/```sh\n([^]*?)```/g)];
  const [install = '', commands = ''] = blocks.map(([, block]) => block ?? '');
  expect(install).toContain('npm install');
  const config = join(example, 'invite-conformance.config.yaml');
  writeFileSync(config, readFileSync(config, 'utf8').replaceAll('8080', `${port}`));
  const script = `set -e\n${commands.replaceAll('8080', `${port}`)}`;
  const env = { ...process.env, PORT: `${port}`, INVITE_GATE: 'linked', npm_config_offline: 'true' };
  const ended = spawnSync('bash', ['-c', script], { cwd: example, env, encoding: 'utf8', timeout: 150_000 });
  expect(ended.stdout).toMatch(
    /^PASS {2}66 of 66 behaviours, 15 of 15 contracts; 15 not applicable \(declared absent: replace, pstn\) {3}\(gate: /m,
  );
  expect(ended.status).toBe(0);
  const { summary, contracts } = readResult(join(example, '.invite-conformance'));
  expect({ untested: summary.untested, failed: summary.failed }).toEqual({ untested: 0, failed: 0 });
  expect(new Set(contracts.map(({ result }) => result))).toEqual(new Set(['passed', 'notApplicable']));
});

test('its exports can be loaded, and its types are complete', () => {
  const lines = [
    "import { conformance } from 'invite-conformance/jest';",
    "import { startMock } from 'invite-conformance/mock';",
    "import schema from 'invite-conformance/schemas/result.schema.json';",
    'export async function held(): Promise<string> {',
    '  const mock = await startMock();',
    '  conformance({ target: mock.url, provisioning: { states: mock.states }, tokens: mock.tokens });',
    '  return schema.title;',
    '}',
  ];
  writeFileSync(join(home, 'project/held.ts'), lines.join('\n'));
  const options = [
    '--noEmit',
    '--strict',
    '--target',
    'es2023',
    '--module',
    'nodenext',
    '--resolveJsonModule',
    '--esModuleInterop',
  ];
  const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')];
  const checked = inProject(process.execPath, [
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    'held.ts',
    ...options,
    ...types,
  ]);
  expect(checked.stdout).toBe('');
  const wanted = [
    'invite-conformance/mock',
    'invite-conformance/schemas/result.schema.json',
    'invite-conformance/jest',
  ];
  const loads = wanted.map((name) => `require(${JSON.stringify(name)});`).join('');
  expect(inProject(process.execPath, ['-e', loads]).stderr).toBe('');
  expect(existsSync(join(home, 'project/node_modules/jest'))).toBe(false);
});
