// Runs the stages of `npm test`, one after the other, and stops after the first in which a step fails. Prints the time of each
// step, and the number of tests and checks as the last line `N passed, N failed`.
//   node scripts/test.mjs          all
//   node scripts/test.mjs quick    for use while editing: types, and the fast tests of the judging code
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The folders with tests of the judging code, and the slow ones among them. */
const QUICK = String.raw`/test/(behaviors|common|history|schemas|verdicts)/`;
const SLOW = String.raw`\.property\.|/(golden|generated|hostile)\.`;

/** Where the build is. */
const DIST = fileURLToPath(new URL('../dist', import.meta.url));

const npm = (script) => ['npm', ['run', '--silent', script]];
const node = (...args) => [process.execPath, args];
const jest = (...args) => ['npm', ['run', '--silent', 'unit', '--', ...args]];

/** The stages, in their order; each uses the results of those before it. The steps of a stage are independent. */
const ALL = [
  {
    tools: ['bash', ['scripts/test-tools.sh']],
    formatting: npm('lint:format'),
    rules: npm('lint:rules'),
    types: npm('types'),
    'generated files': npm('fresh'),
    build: npm('build'),
  },
  {
    'generated pages': node('scripts/generate-behavior-docs.mjs', '--check'),
    'OpenAPI document': node('scripts/generate-openapi.mjs', '--check'),
    'passing examples': node('scripts/generate-passing-examples.mjs', '--check'),
    'numbers in the docs': node('scripts/generate-figures.mjs', '--check'),
  },
  // The bot's tests write the contract, so they ran with the generated files.
  { jest: [...jest('--testPathIgnorePatterns', '/node_modules/', '/contracts/consumer/'), { BUILT_FOR_TESTS: DIST }] },
  { suites: npm('suites') },
  // `npm run mutation` tests all mutants.
  { 'sample of mutants': node('scripts/mutation.mjs', '--changed') },
  { 'kill matrix': node('scripts/kill-matrix.mjs', '--check') },
  {
    // `npm run nodes` tests all versions.
    'other versions of Node': node('scripts/nodes.mjs', '--others', '20', '24'),
    // `npm run hostile` tests all 5,000. The limit of 300 s leaves none of them out on a busy machine.
    'mutated files': node('test/hostile/fuzz-files.mjs', '1000', '300'),
  },
  { floods: node('test/hostile/flood.mjs') },
];
const SETS = {
  all: ALL,
  quick: [
    { types: npm('types') },
    { jest: jest('--testPathPatterns', QUICK, '--testPathIgnorePatterns', '/node_modules/', SLOW) },
  ],
};
/** How many steps of a stage run at the same time. */
const AT_ONCE = 3;

/** Counts the tests of a step from the last summary line of its output; a step without one is one check. */
function countsIn(said, code) {
  const lines = said.split('\n');
  const last = lines.findLast((line) => /^Tests:\s/.test(line) || /^\d+ passed, \d+ failed$/.test(line)) ?? '';
  const number = (word) => Number(new RegExp(String.raw`(\d+) ${word}`).exec(last)?.[1] ?? 0);
  const [passed, failed] = [number('passed'), number('failed')];
  if (code === 0) return { passed: passed > 0 ? passed : 1, failed };
  return { passed, failed: Math.max(failed, 1) };
}

/**
 * Runs a step and shows its output: at once, or after its end if other steps run at the same time.
 * @returns its exit code and the end of its output
 */
function perform([program, args, variables], isAlone) {
  return new Promise((done) => {
    const env = { ...process.env, ...variables };
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    let said = '';
    for (const [stream, shown] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      stream.on('data', (chunk) => {
        if (isAlone) shown.write(chunk);
        said = (said + chunk).slice(-100_000);
      });
    }
    const end = (code) => {
      if (!isAlone) process.stdout.write(said);
      done({ code, said });
    };
    child.on('error', ({ message }) => {
      said += `${message}\n`;
      end(1);
    });
    child.on('close', (code, signal) => end(code ?? 128 + constants.signals[signal]));
  });
}

const which = process.argv[2] ?? 'all';
const stages = SETS[which];
if (!stages) {
  console.error(`no such set of steps: ${which}; there are ${Object.keys(SETS).join(', ')}`);
  process.exit(2);
}
const taken = [];
const sum = { passed: 0, failed: 0 };
const broken = [];

async function step(name, command, isAlone) {
  const from = performance.now();
  const { code, said } = await perform(command, isAlone);
  const { passed, failed } = countsIn(said, code);
  sum.passed += passed;
  sum.failed += failed;
  const seconds = ((performance.now() - from) / 1000).toFixed(1).padStart(7);
  taken.push(`${seconds} s  ${name}: ${passed} passed, ${failed} failed`);
  if (code !== 0) broken.push({ name, code });
}

const begun = performance.now();
for (const stage of stages) {
  const waiting = Object.entries(stage);
  const isAlone = waiting.length === 1;
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await step(...next, isAlone);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (broken.length > 0) break;
}
for (const { name, code } of broken) console.error(`\n${name} failed (exit code ${code}).`);
if (broken.length > 0) console.error('The stages after it did not run.');
taken.push(`${((performance.now() - begun) / 1000).toFixed(1).padStart(7)} s  in all`);
console.log(`\n${taken.join('\n')}\n${sum.passed} passed, ${sum.failed} failed`);
process.exit(broken[0]?.code ?? 0);
