// Tests the package on other versions of Node: packs it, installs it into an empty project, judges the mock with the
// contracts, loads every export, and runs the examples of the test runners. Needs a build.
//   node scripts/nodes.mjs                  all versions below
//   node scripts/nodes.mjs --others 20 24   these, except the running one, which the project's tests use
// npm installs each version, once, into a separate folder; the last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** The newest release of each version; for 20 the oldest that the package allows. */
const VERSIONS = { 20: '20.19.0', 22: '22.23.3', 24: '24.21.0', 26: '26.12.1' };
const ROOT = resolve(import.meta.dirname, '..');
const TOOLS = join(ROOT, 'test/runners/tools/node_modules');
const CACHE = join(ROOT, '.invite-conformance/nodes');
/** The longest time for one command, ms, on a busy machine. */
const LONGEST = 240_000;
/** The number of concurrent checks. */
const AT_ONCE = 2;

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const manifest = read(join(ROOT, 'package.json'));

/** Runs a command to its end. @returns its output @throws Error with its output, unless its exit code is 0 */
function run(program, args, { cwd, bin }) {
  const { NODE_OPTIONS: _options, ...given } = process.env;
  const env = { ...given, PATH: [bin, given.PATH].join(delimiter), CI: 'true', NO_COLOR: '1' };
  const child = spawn(program, args, { cwd, env, timeout: LONGEST, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += chunk));
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code, signal) => {
      if (code === 0) done(out);
      else failed(new Error(`${program} ${args.join(' ')}: ${signal ?? `exit code ${code}`}\n${out}`));
    });
  });
}

/** Installs a version of Node with npm, unless it is present. @returns the folder of its program */
async function bring(version) {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(CACHE, version);
  const bin = join(folder, 'node_modules', name, 'bin');
  if (!existsSync(join(bin, 'node'))) {
    mkdirSync(folder, { recursive: true });
    const quiet = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
    await run('npm', ['install', '--prefix', folder, ...quiet, `${name}@${version}`], { cwd: folder, bin: '' });
  }
  return bin;
}

/**
 * The lock file of an empty project with the package: the entries of this project that users install, so that npm looks
 * up nothing.
 */
function lockWith(tarball) {
  const { lockfileVersion, packages } = read(join(ROOT, 'package-lock.json'));
  const installed = Object.entries(packages).filter(([path, { dev = false }]) => path !== '' && !dev);
  const { name, version, dependencies, bin, engines } = manifest;
  return {
    lockfileVersion,
    packages: {
      '': { dependencies: { [name]: tarball } },
      [`node_modules/${name}`]: { version, resolved: tarball, dependencies, bin, engines },
      ...Object.fromEntries(installed),
    },
  };
}

/** Packs the package and installs it; then adds the runners and their examples. @returns the project's folder */
async function install(home, bin) {
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', home];
  const [{ filename }] = JSON.parse(await run('npm', pack, { cwd: ROOT, bin }));
  const project = join(home, 'project');
  mkdirSync(project);
  const tarball = `file:../${filename}`;
  writeFileSync(join(project, 'package.json'), JSON.stringify({ dependencies: { [manifest.name]: tarball } }));
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lockWith(tarball)));
  // Strict, so that no dependency may require another version of Node.
  const quiet = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['ci', '--engine-strict', ...quiet], { cwd: project, bin });
  for (const name of ['jest-project', 'runners']) {
    cpSync(join(ROOT, 'examples', name), join(project, name), { recursive: true });
  }
  for (const [from, name] of [
    [join(ROOT, 'node_modules'), 'jest'],
    [TOOLS, 'mocha'],
    [TOOLS, 'vitest'],
  ]) {
    symlinkSync(join(from, name), join(project, 'node_modules', name));
  }
  return project;
}

/**
 * Loads every entry that is a module, by require and by import; those for node:test and Vitest work only in test files.
 */
function loading() {
  const names = Object.keys(manifest.exports).filter((name) => !/\*|json|vitest|node-test/.test(name));
  const entries = JSON.stringify(names.map((name) => name.replace(/^\./, manifest.name)));
  return `(async () => { for (const name of ${entries}) { require(name); await import(name); } })()`;
}

/** The checks in the project, by title. */
function checksIn(project, bin) {
  const runners = join(project, 'runners');
  const node = (cwd, ...args) => run(join(bin, 'node'), args, { cwd, bin });
  const held = join(project, 'node_modules');
  return {
    'the command judges the mock, with the contracts': async () => {
      // The machine may be busy: no response of the mock may count as late.
      const patient = ['--timeout-ms', `${LONGEST / 4}`];
      const out = await run(join(held, '.bin', manifest.name), ['run', ...patient], { cwd: project, bin });
      if (!/^PASS {2}(\d+) of \1 behaviours, ([1-9]\d*) of \2 contracts {3}/m.test(out)) throw new Error(out);
    },
    'every export loads': () => node(project, '-e', loading()),
    Jest: () => node(project, join(held, 'jest/bin/jest.js'), '--rootDir', join(project, 'jest-project')),
    Vitest: () => node(runners, join(held, 'vitest/vitest.mjs'), 'run'),
    Mocha: () => node(runners, join(held, 'mocha/bin/mocha.js'), 'conformance.mocha.cjs'),
    "node's own test runner": () => node(runners, '--test', 'conformance.node.mjs'),
  };
}

const sum = { passed: 0, failed: 0 };

/** Runs a check and prints its outcome. @returns its result; undefined if it failed */
async function check(title, body) {
  try {
    const given = await body();
    sum.passed += 1;
    console.log(`passed  ${title}`);
    return given ?? true;
  } catch ({ message }) {
    sum.failed += 1;
    console.error(`failed  ${title}\n${message}`);
    return undefined;
  }
}

async function tryOn(version) {
  const home = mkdtempSync(join(tmpdir(), 'nodes-'));
  try {
    const title = (what) => `Node ${version}: ${what}`;
    const bin = await check(title('npm brings it'), () => bring(version));
    if (bin === undefined) return;
    const project = await check(title('npm packs and installs the package'), () => install(home, bin));
    if (project === undefined) return;
    const waiting = Object.entries(checksIn(project, bin));
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await check(title(next[0]), next[1]);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const given = process.argv.slice(2);
const own = given[0] === '--others' ? process.versions.node.split('.')[0] : undefined;
const asked = given.filter((one) => one !== '--others');
const majors = (asked.length > 0 ? asked : Object.keys(VERSIONS)).filter((major) => major !== own);
const unknown = majors.filter((major) => !(major in VERSIONS));
if (unknown.length > 0) {
  console.error(`no version is known for Node ${unknown.join(', ')}; there are ${Object.keys(VERSIONS).join(', ')}`);
  process.exit(2);
}
for (const major of majors) await tryOn(VERSIONS[major]);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 ? 1 : 0;
