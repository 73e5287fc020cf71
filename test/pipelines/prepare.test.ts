import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import manifest from '../../package.json';
import buildConfig from '../../tsconfig.build.json';

const ROOT = resolve(__dirname, '../..');
jest.setTimeout(120_000);

let checkout = '';
/** The sources as in git: without a build, and without node_modules. */
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'checkout-'));
  const folders = new Set(buildConfig.include.map((pattern) => pattern.split('/')[0] ?? ''));
  for (const name of [...folders, 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.build.json']) {
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
  }
});
afterEach(() => rmSync(checkout, { recursive: true, force: true }));

/** Runs what npm runs after `npm ci`, and in a clone that it installs from. */
const prepare = (): SpawnSyncReturns<string> =>
  spawnSync('bash', ['-c', manifest.scripts.postprepare], { cwd: checkout, encoding: 'utf8' });

test('a clone is built, so that `npm install git+…` provides the command', () => {
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  // Whether the sources are right is not what is tested here, and takes two thirds of the time.
  const unchecked = { ...buildConfig, compilerOptions: { ...buildConfig.compilerOptions, noCheck: true } };
  writeFileSync(join(checkout, 'tsconfig.build.json'), JSON.stringify(unchecked));
  expect(prepare()).toMatchObject({ status: 0, stdout: '' });
  const bin = join(checkout, manifest.bin['invite-conformance']);
  const { status, stdout } = spawnSync(process.execPath, [bin, '--version'], { encoding: 'utf8' });
  expect({ status, stdout: stdout.trim() }).toEqual({ status: 0, stdout: manifest.version });
});

test('without the development dependencies nothing is built, and nothing fails', () => {
  expect(prepare()).toMatchObject({ status: 0, stdout: '', stderr: '' });
  expect(existsSync(join(checkout, 'dist'))).toBe(false);
});

test('an existing build is not changed', () => {
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  mkdirSync(join(checkout, 'dist/cli'), { recursive: true });
  writeFileSync(join(checkout, 'dist/cli/main.js'), '');
  expect(prepare()).toMatchObject({ status: 0, stdout: '', stderr: '' });
  expect(existsSync(join(checkout, 'dist/mock'))).toBe(false);
});
