import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { projectWith, TOOLS } from '../support/packed';

const ROOT = resolve(__dirname, '../..');
jest.setTimeout(180_000);

let home = '';
let folder = '';
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'runners-'));
  const project = await projectWith(home);
  cpSync(join(ROOT, 'examples/jest-project'), join(project, 'jest-project'), { recursive: true });
  folder = join(project, 'runners');
  cpSync(join(ROOT, 'examples/runners'), folder, { recursive: true });
}, 180_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The outcome of a runner. */
interface Ran {
  code: number | null;
  /** The state of each test by its title without groups: passed, failed, skipped. */
  tests: Map<string, string>;
  said: string;
}

function started(program: string, args: string[]): { code: number | null; said: string } {
  const { NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, NODE_TEST_CONTEXT: _context, ...env } = process.env;
  const more = { NO_COLOR: '1', CI: 'true' };
  const ended = spawnSync(process.execPath, [join(TOOLS, 'node_modules', program), ...args], {
    cwd: folder,
    env: { ...env, ...more },
    encoding: 'utf8',
    timeout: 150_000,
  });
  return { code: ended.status, said: ended.stdout + ended.stderr };
}

function report(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

type Run = (args?: string[]) => Ran;

const vitest: Run = (args = []) => {
  const out = join(folder, 'vitest.json');
  const ended = started('vitest/vitest.mjs', ['run', '--reporter=json', `--outputFile=${out}`, ...args]);
  type Report = { testResults: { assertionResults: { title: string; status: string }[] }[] };
  const all = (report('vitest.json') as Report).testResults.flatMap(({ assertionResults }) => assertionResults);
  const words: Record<string, string> = { pending: 'skipped', todo: 'skipped' };
  return {
    ...ended,
    tests: new Map(all.map(({ title, status }) => [title, words[status] ?? status])),
    said: ended.said + readFileSync(out, 'utf8'),
  };
};

const mocha: Run = (args = []) => {
  const out = join(folder, 'mocha.json');
  const common = ['conformance.mocha.cjs', '--reporter', 'json', '--reporter-option', `output=${out}`];
  const ended = started('mocha/bin/mocha.js', [...common, ...args]);
  type List = { title: string }[];
  const { passes, failures, pending } = report('mocha.json') as { passes: List; failures: List; pending: List };
  const of = (list: List, state: string): [string, string][] => list.map(({ title }) => [title, state]);
  return {
    ...ended,
    tests: new Map([...of(passes, 'passed'), ...of(failures, 'failed'), ...of(pending, 'skipped')]),
    said: ended.said + readFileSync(out, 'utf8'),
  };
};

const node: Run = (args = []) => {
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = process.env;
  const ran = spawnSync(process.execPath, ['--test', '--test-reporter=tap', ...args, 'conformance.node.mjs'], {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 150_000,
  });
  const lines = [...ran.stdout.matchAll(/^ *(not )?ok \d+ - (.*?)( # SKIP.*)?$/gm)];
  const tests = lines.map(([, not, title = '', skip]): [string, string] => [
    title.replaceAll('\\', ''),
    not ? 'failed' : skip ? 'skipped' : 'passed',
  ]);
  return { code: ran.status, said: ran.stdout + ran.stderr, tests: new Map(tests) };
};

const RUNNERS: [string, Run][] = [
  ['Vitest', vitest],
  ['Mocha', mocha],
  ["node's own", node],
];

/** The state of a behaviour's test. */
function stateOf({ tests }: Ran, id: string): string | undefined {
  return [...tests].find(([title]) => title.startsWith(`${id}: `) || title === id)?.[1];
}

test.each(RUNNERS)(
  '%s has a test for each behaviour, and skips those that are not applicable or not counted',
  (_, run) => {
    const ran = run();
    expect({ code: ran.code, failed: [...ran.tests].filter(([, state]) => state === 'failed') }).toEqual({
      code: 0,
      failed: [],
    });
    expect(stateOf(ran, 'response.location')).toBe('passed');
    expect(stateOf(ran, 'pstn.accepted')).toBe('skipped');
    expect(stateOf(ran, 'failure.announced')).toBe('skipped');
    expect(stateOf(ran, 'is open')).toBe('passed');
    const told = (text: string): boolean => ran.said.includes(text);
    expect(told('not applicable: pstn declared absent')).toBe(true);
    expect(told('linked: not counted at gate shown')).toBe(true);
  },
);

describe('a defective service, with the scenario that shows it', () => {
  const service = (): string => join(folder, '../jest-project/service.js');
  const options = (): string => join(folder, 'options.cjs');
  let [right, whole] = ['', ''];
  beforeAll(() => {
    right = readFileSync(service(), 'utf8');
    whole = readFileSync(options(), 'utf8');
    const wrong = right.replace(', { Location: location }', '');
    if (wrong === right) throw new Error('the example has no Location header');
    writeFileSync(service(), wrong);
    writeFileSync(options(), `${whole}module.exports.scenarios = ['single'];\n`);
  });
  afterAll(() => {
    writeFileSync(service(), right);
    writeFileSync(options(), whole);
  });

  test.each(RUNNERS)(
    "%s fails the behaviour's test and the gate, and skips tests that wait for the behaviour",
    (_, run) => {
      const ran = run();
      expect(ran.code).toBeGreaterThan(0);
      const leaves = [...ran.tests].filter(
        ([title, state]) => state === 'failed' && (title.includes(': ') || title === 'is open'),
      );
      const failed = leaves.map(([title]) => title.split(': ')[0]).filter((title) => title !== 'participant');
      expect(failed).toEqual(['response.location', 'is open']);
      const told = (text: string): boolean => ran.said.includes(text);
      expect(told("The response's Location header is missing.")).toBe(true);
      expect([...ran.tests].find(([title]) => title.startsWith('response.location-operation'))?.[1]).toBe('skipped');
      // Vitest's JSON does not name the reason.
      expect(run === vitest || told('not checked because response.location failed')).toBe(true);
    },
  );

  test('a filter leaves out the other tests', () => {
    const held = vitest(['-t', 'response.json']);
    expect({ code: held.code, state: stateOf(held, 'response.json') }).toEqual({ code: 0, state: 'passed' });
    expect(stateOf(held, 'is open')).toBe('skipped');
    const grepped = mocha(['--grep', 'response.json']);
    expect({ code: grepped.code, tests: grepped.tests.size }).toEqual({ code: 0, tests: 1 });
    expect(node(['--test-name-pattern', 'response.location:']).code).toBe(1);
  });

  test('bail stops at the first failure', () => {
    const ran = mocha(['--bail']);
    expect([...ran.tests].filter(([, state]) => state === 'failed')).toHaveLength(1);
    expect(stateOf(ran, 'is open')).toBeUndefined();
  });
});

test('a retried test is judged by a new run of the target', () => {
  const options = join(folder, 'options.cjs');
  const [text, file] = [readFileSync(options, 'utf8'), join(folder, 'conformance.mocha.cjs')];
  const before = readFileSync(file, 'utf8');
  // A service that omits the Location header until the first run is over.
  const flawed = `
const { target, ...others } = module.exports;
let mended = false;
const flawed = (req, res) => {
  const { writeHead } = res;
  res.writeHead = (status, { Location, ...headers } = {}) =>
    writeHead.call(res, status, mended && Location ? { ...headers, Location } : headers);
  return target(req, res);
};
module.exports = { options: { ...others, scenarios: ['single'], target: flawed }, mend: () => (mended = true) };
`;
  writeFileSync(options, text + flawed);
  writeFileSync(
    file,
    "const { options, mend } = require('./options.cjs');\nbeforeEach(mend);\nrequire('invite-conformance/mocha').conformance(options);\n",
  );
  const failedIn = ({ tests }: Ran): (string | undefined)[] =>
    [...tests].filter(([, state]) => state === 'failed').map(([title]) => title.split(':')[0]);
  try {
    expect(failedIn(mocha())).toEqual(['response.location', 'is open']);
    const again = mocha(['--retries', '1']);
    expect({ code: again.code, state: stateOf(again, 'response.location') }).toEqual({ code: 0, state: 'passed' });
  } finally {
    writeFileSync(options, text);
    writeFileSync(file, before);
  }
});
