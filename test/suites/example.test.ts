import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildOnce } from '../support/build';

const ROOT = resolve(__dirname, '../..');
const base = join(ROOT, '.invite-conformance');
let project = '';
/** A test file with a part of the example's tests, for checks of Jest itself. */
const FEW = String.raw`/few\.js$`;

/** The example after `npm install`: the package is a folder in node_modules. */
beforeAll(async () => {
  mkdirSync(base, { recursive: true });
  project = mkdtempSync(join(base, 'example-'));
  cpSync(join(ROOT, 'examples/jest-project'), project, { recursive: true });
  const whole = readFileSync(join(project, 'conformance.test.js'), 'utf8');
  const few = whole.replace("gate: 'linked',", "scenarios: ['single'],");
  if (few === whole) throw new Error("the example's test has no gate to replace");
  writeFileSync(join(project, 'few.js'), few);
  const installed = join(project, 'node_modules/invite-conformance');
  mkdirSync(installed, { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(installed, 'package.json'));
  cpSync(await buildOnce(), join(installed, 'dist'), { recursive: true });
}, 120_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

interface Report {
  success: boolean;
  numPassedTests: number;
  testResults: { assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[];
}

/** Runs the example's own tests. */
function run(...more: string[]): { report: Report; code: number | null; said: string } {
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const args = [
    jest,
    '--rootDir',
    project,
    '--json',
    '--outputFile',
    join(project, 'report.json'),
    '--ci',
    '-i',
    ...more,
  ];
  const { NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });
  const report = JSON.parse(readFileSync(join(project, 'report.json'), 'utf8')) as Report;
  return { report, code: status, said: stderr };
}

test("the example's service conforms when it is tested through the published entry", () => {
  const { report, code, said } = run();
  const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(all.filter(({ status }) => status !== 'passed').flatMap(({ failureMessages }) => failureMessages)).toEqual([]);
  expect(code).toBe(0);
  expect(report.numPassedTests).toBeGreaterThan(60);
  const skipped = all.filter(({ status }) => status === 'pending').map(({ fullName }) => fullName);
  expect(
    skipped.filter((name) => /pstn\.accepted: .* \(not applicable: pstn declared absent\)$/.test(name)),
  ).toHaveLength(1);
  expect(all.filter(({ fullName, status }) => / (pstn|replace) /.test(fullName) && status === 'passed')).toEqual([]);
  expect(all.map(({ fullName }) => fullName)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^participant: invite completion completion\.announced: /),
      'participant: invite the gate is open',
    ]),
  );
  expect(said).not.toContain('did not exit');
}, 90_000);

test("Jest's fake timers do not stop the run, and globals are not needed", () => {
  const ways = [
    { fakeTimers: { enableGlobally: true } },
    { fakeTimers: { enableGlobally: true, legacyFakeTimers: true } },
    { injectGlobals: false },
  ];
  const projects = ways.map((way, i) => ({ id: `way-${i}`, rootDir: project, testRegex: FEW, ...way }));
  const { report, code } = run('--config', JSON.stringify({ projects }));
  expect(code).toBe(0);
  const passed = report.testResults.map(
    ({ assertionResults }) => assertionResults.filter(({ status }) => status === 'passed').length,
  );
  expect(passed).toHaveLength(ways.length);
  expect(Math.min(...passed)).toBeGreaterThan(10);
  expect(new Set(passed).size).toBe(1);
}, 90_000);

test('a defective service fails the test named after the behaviour', () => {
  const file = join(project, 'service.js');
  const right = readFileSync(file, 'utf8');
  const wrong = right.replace(', { Location: location }', '');
  expect(wrong).not.toBe(right);
  writeFileSync(file, wrong);
  const { report, code } = run('--config', JSON.stringify({ rootDir: project, testRegex: FEW }));
  expect(code).toBe(1);
  const failed = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed');
  const [first, second, last] = failed.map(
    ({ fullName }) => fullName.replace('participant: invite ', '').split(': ')[0],
  );
  expect({ first, second, last, count: failed.length }).toEqual({
    first: 'response response.location',
    second: 'response response.location-operation',
    last: 'the gate is open',
    count: 3,
  });
  expect(failed[0]?.failureMessages.join()).toContain('expected  ');
  const gate = failed.at(-1)?.failureMessages.join() ?? '';
  expect(gate).toContain(
    'the gate failed: exit code 1: FAIL  1 cause: 1 behaviour failed, 1 not checked because of it; ',
  );
  expect(gate).toContain("\n1  The response's Location header is missing.\n");
  expect(gate).toMatch(/^ {2}failed {6}response\.location\n {2}not checked response\.location-operation$/m);
}, 90_000);
