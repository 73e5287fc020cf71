import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { projectWith, TOOLS } from '../support/packed';

const ROOT = resolve(__dirname, '../..');
jest.setTimeout(180_000);

const VITEST = join(TOOLS, 'node_modules/vitest/vitest.mjs');
const MOCHA = join(TOOLS, 'node_modules/mocha/bin/mocha.js');
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');

/** A service without the Location header until it is corrected; it records in a file that it received a request. */
const FLAWED = `
const { writeFileSync } = require('node:fs');
const options = require('./options.cjs');
module.exports = (isRight) => ({
  ...options,
  scenarios: ['single'],
  target: (req, res) => {
    const { writeHead } = res;
    res.writeHead = (status, { Location, ...headers } = {}) =>
      writeHead.call(res, status, isRight() && Location ? { ...headers, Location } : headers);
    writeFileSync(require('node:path').join(__dirname, 'asked'), '');
    return options.target(req, res);
  },
});
`;

/** Test files, each of which reads from `right` next to it whether the service is corrected. */
const FILES = {
  'flawed.cjs': FLAWED,
  'watched.test.js': `
import { conformance } from 'invite-conformance/vitest';
import flawed from './flawed.cjs';
import { right } from './right.mjs';
conformance(flawed(() => right));`,
  'watched.node.mjs': `
import { conformance } from 'invite-conformance/node-test';
import flawed from './flawed.cjs';
import { right } from './right.mjs';
conformance(flawed(() => right));`,
  'watched.mocha.cjs': `require('invite-conformance/mocha').conformance(require('./flawed.cjs')(() => require('./right-mocha.cjs')));`,
  'watched.test.cjs': `require('invite-conformance/jest').conformance(require('./flawed.cjs')(() => require('./right-jest.cjs')));`,
  'retried.test.js': `
import { beforeEach } from 'vitest';
import { conformance } from 'invite-conformance/vitest';
import flawed from './flawed.cjs';
let right = false;
beforeEach(() => (right = true));
conformance(flawed(() => right));`,
  'retried.test.cjs': `
let right = false;
jest.retryTimes(1);
beforeEach(() => (right = true));
require('invite-conformance/jest').conformance(require('./flawed.cjs')(() => right));`,
  'down.test.cjs': `
require('invite-conformance/jest').conformance({ target: 'http://127.0.0.1:9/v1.0', provisioning: { states: 'http://127.0.0.1:9/states' } });`,
  'down.mjs': `
import { conformance } from 'invite-conformance/node-test';
conformance({ target: 'http://127.0.0.1:9/v1.0', provisioning: { states: 'http://127.0.0.1:9/states' } });`,
};

const wrongOrRight = (isRight: boolean): void => {
  writeFileSync(join(folder, 'right.mjs'), `export const right = ${isRight};\n`);
  for (const name of ['jest', 'mocha'])
    writeFileSync(join(folder, `right-${name}.cjs`), `module.exports = ${isRight};\n`);
};

let home = '';
let folder = '';
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'watch-'));
  const project = await projectWith(home);
  for (const name of ['jest-project', 'runners']) {
    cpSync(join(ROOT, 'examples', name), join(project, name), { recursive: true });
  }
  folder = join(project, 'runners');
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
});
beforeEach(() => {
  wrongOrRight(false);
  rmSync(join(folder, 'asked'), { force: true });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, NODE_TEST_CONTEXT: _context, ...env } = process.env;
  return { ...env, NO_COLOR: '1', CI: '' };
}

function ran(...args: string[]): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env: environment(),
    encoding: 'utf8',
    timeout: 150_000,
  });
  return { code: status, said: stdout + stderr };
}

/**
 * Runs a command in watch mode, and corrects the service after the first run.
 * @param over matches the command's output at the end of a run
 * @returns the output of each of the two runs
 */
function watched(over: RegExp, ...args: string[]): Promise<[string, string]> {
  // Both streams share one pipe, because the order of two would be undefined.
  const child = spawn('sh', ['-c', 'exec "$0" "$@" 2>&1', process.execPath, ...args], {
    cwd: folder,
    env: environment(),
    // Its own process group, so that the test processes end with it. An open standard input, because Jest watches that
    // long.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const runs: string[] = [];
  let said = '';
  return new Promise((done, failed) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (!over.test(said)) return;
      runs.push(said);
      said = '';
      const [first, second] = runs;
      if (second === undefined) return wrongOrRight(true);
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      done([first ?? '', second]);
    });
    child.once('exit', () => failed(new Error(`it did not go on watching:\n${said}`)));
  });
}

test.each<[string, RegExp, () => string[]]>([
  ['Vitest', /(Watching|Waiting) for file changes/, () => [VITEST, '--watch', 'watched.test.js']],
  ['Jest', /^Tests: .*$/m, () => [JEST, '--rootDir', folder, '--watchAll', 'watched.test.cjs']],
  ['Mocha', /waiting for changes/, () => [MOCHA, '--watch', 'watched.mocha.cjs']],
  ["node's own", /^# fail /m, () => ['--test', '--watch', '--test-reporter=tap', 'watched.node.mjs']],
])('%s in watch mode starts a new run after a change', async (_, over, args) => {
  const [first, second] = await watched(over, ...args());
  expect(first).toContain("The response's Location header is missing.");
  expect(second).not.toContain('the gate is closed');
  expect(second).toMatch(/\b[1-9]\d* pass|# pass [1-9]/);
});

test('a test that Vitest or Jest retries is judged by a new run', () => {
  const vitest = ran(VITEST, 'run', '--retry', '1', 'retried.test.js');
  expect(vitest).toMatchObject({
    code: 0,
    said: expect.stringMatching(/response\.location: .*\(retry x1\)/) as string,
  });
  expect(ran(JEST, '--rootDir', folder, 'retried.test.cjs')).toMatchObject({ code: 0 });
});

/** The files of docs/load.md that divide the suite: the name, the name of its folder of results, and the call. */
function documentedShards(): [string, string, string][] {
  const load = readFileSync(join(ROOT, 'docs/load.md'), 'utf8');
  const calls = load.matchAll(/^\/\/ (conformance\.(\w+))\.test\.js\n(.+)$/gm);
  return [...calls].map(([, file = '', name = '', call = '']) => [file, name, call]);
}

const imports = (face: string): string =>
  `import { conformance } from 'invite-conformance/${face}';\nimport options from './options.cjs';\n`;
const REQUIRES = `const { conformance } = require('invite-conformance/jest');\nconst options = require('./options.cjs');\n`;

test.each<[string, string, string, (shard: string, files: string[]) => string[]]>([
  ['Vitest', imports('vitest'), 'test.js', (shard, files) => [VITEST, 'run', `--shard=${shard}`, ...files]],
  ['Jest', REQUIRES, 'test.cjs', (shard, files) => [JEST, '--rootDir', folder, `--shard=${shard}`, ...files]],
  ["node's own", imports('node-test'), 'test.mjs', (shard, files) => ['--test', `--test-shard=${shard}`, ...files]],
])('shards of %s give one verdict, and a lost shard leaves the gate closed', (_, head, ending, args) => {
  const shards = documentedShards();
  expect(shards).toHaveLength(2);
  const results = join(folder, 'results');
  rmSync(results, { recursive: true, force: true });
  for (const [file, , call] of shards) writeFileSync(join(folder, `${file}.${ending}`), head + call);
  const files = shards.map(([file]) => `${file}.${ending}`);
  const kept = ['1/2', '2/2'].map((shard) => {
    expect(ran(...args(shard, files))).toMatchObject({ code: 0 });
    return readdirSync(results).length;
  });
  expect(kept).toEqual([1, 2]);
  const merge = (...names: string[]): ReturnType<typeof ran> => {
    const paths = names.map((name) => join('results', name, 'result.json'));
    return ran('../node_modules/invite-conformance/dist/cli/start.cjs', 'merge', ...paths);
  };
  const names = shards.map(([, name]) => name);
  expect(merge(...names)).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^PASS {2}66 of 66 behaviours; /) as string,
  });
  expect(merge(names[0] ?? '')).toMatchObject({ code: 3 });
});

test('Vitest with bail skips the tests after the first failure', () => {
  const { code, said } = ran(VITEST, 'run', '--bail', '1', 'watched.test.js');
  expect({ code, failed: /Tests {2}(\d+) failed/.exec(said)?.[1] }).toEqual({ code: 1, failed: '1' });
});

test.each<[string, () => string[]]>([
  ['Vitest', () => [VITEST, 'run', 'watched.test.js', '-t', 'no such test']],
  ['Jest', () => [JEST, '--rootDir', folder, 'watched.test.cjs', '-t', 'no such test']],
  ['Mocha', () => [MOCHA, 'watched.mocha.cjs', '--grep', 'no such test']],
  ["node's own", () => ['--test', '--test-name-pattern', 'no such test', 'watched.node.mjs']],
])('%s starts no run if a filter leaves no test of the suite', (_, args) => {
  const { code } = ran(...args());
  expect({ code, asked: existsSync(join(folder, 'asked')) }).toEqual({ code: 0, asked: false });
});

test("node's own runner reports a failed start in one test", () => {
  const { code, said } = ran('--test', '--test-reporter=tap', 'down.mjs');
  expect({
    code,
    failed: /^# fail (\d+)$/m.exec(said)?.[1],
    cancelled: /^# cancelled (\d+)$/m.exec(said)?.[1],
  }).toEqual({
    code: 1,
    failed: '1',
    cancelled: '0',
  });
  expect(said).toContain('ECONNREFUSED');
});

test('Jest fails every test after a failed start, and one gives the reason', () => {
  const { code, said } = ran(JEST, '--rootDir', folder, 'down.test.cjs');
  expect({ code, passed: / passed,/.exec(said) }).toEqual({ code: 1, passed: null });
  expect(said.match(/try Start the target/g)).toHaveLength(1);
  expect(said.match(/no run could be made: the first failed test says why/g)?.length).toBeGreaterThan(10);
});
