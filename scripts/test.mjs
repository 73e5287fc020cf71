// Runs the steps of `npm test`, one after the other, and stops at the first that fails. Prints the time of each, and
// the number of tests and checks as the last line `N passed, N failed`.
//   node scripts/test.mjs         all
//   node scripts/test.mjs quick   for use while editing: types, and the fast tests of the judging code
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** The folders with tests of the judging code, and the slow ones among them. */
const QUICK = String.raw`/test/(behaviors|common|history|schemas|verdicts)/`;
const SLOW = String.raw`\.property\.|/(golden|generated|hostile)\.`;

const npm = (script) => ['npm', ['run', '--silent', script]];
const node = (...args) => [process.execPath, args];
const jest = (...args) => node('node_modules/jest/bin/jest.js', ...args);

const ALL = {
  tools: ['bash', ['scripts/test-tools.sh']],
  lint: npm('lint'),
  types: npm('types'),
  'generated files': npm('fresh'),
  build: npm('build'),
  'generated pages': node('scripts/generate-behavior-docs.mjs', '--check'),
  'OpenAPI document': node('scripts/generate-openapi.mjs', '--check'),
  'passing examples': node('scripts/generate-passing-examples.mjs', '--check'),
  'numbers in the docs': node('scripts/generate-figures.mjs', '--check'),
  // The bot's tests write the contract, so they ran with the generated files.
  jest: jest('--testPathIgnorePatterns', '/node_modules/', '/contracts/consumer/'),
  suites: npm('suites'),
  'kill matrix': node('scripts/kill-matrix.mjs', '--check'),
  // `npm run nodes` tests all versions.
  'other versions of Node': node('scripts/nodes.mjs', '--others', '20', '24'),
  // `npm run hostile` tests all 5,000.
  'mutated files': node('test/hostile/fuzz-files.mjs', '1000'),
  floods: node('test/hostile/flood.mjs'),
};
const SETS = {
  all: ALL,
  quick: {
    types: npm('types'),
    jest: jest('--testPathPatterns', QUICK, '--testPathIgnorePatterns', '/node_modules/', SLOW),
  },
};

/** Counts the tests of a step from the last summary line of its output; a step without one is one check. */
function countsIn(said, code) {
  const lines = said.split('\n');
  const last = lines.findLast((line) => /^Tests:\s/.test(line) || /^\d+ passed, \d+ failed$/.test(line)) ?? '';
  const number = (word) => Number(new RegExp(String.raw`(\d+) ${word}`).exec(last)?.[1] ?? 0);
  const [passed, failed] = [number('passed'), number('failed')];
  if (code === 0) return { passed: passed > 0 ? passed : 1, failed };
  return { passed, failed: Math.max(failed, 1) };
}

/** Runs a step and shows its output. @returns its exit code and the end of its output */
function perform([program, args]) {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const [stream, shown] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      stream.on('data', (chunk) => {
        shown.write(chunk);
        said = (said + chunk).slice(-100_000);
      });
    }
    child.on('error', ({ message }) => done({ code: 1, said: message }));
    child.on('close', (code, signal) => done({ code: code ?? 128 + constants.signals[signal], said }));
  });
}

const which = process.argv[2] ?? 'all';
const steps = SETS[which];
if (!steps) {
  console.error(`no such set of steps: ${which}; there are ${Object.keys(SETS).join(', ')}`);
  process.exit(2);
}
const taken = [];
const sum = { passed: 0, failed: 0 };
let code = 0;
for (const [name, command] of Object.entries(steps)) {
  const from = performance.now();
  const ended = await perform(command);
  code = ended.code;
  const counts = countsIn(ended.said, code);
  sum.passed += counts.passed;
  sum.failed += counts.failed;
  taken.push(
    `${((performance.now() - from) / 1000).toFixed(1).padStart(7)} s  ${name}: ${counts.passed} passed, ${counts.failed} failed`,
  );
  if (code !== 0) {
    console.error(`\n${name} failed (exit code ${code}); the steps after it did not run.`);
    break;
  }
}
console.log(`\n${taken.join('\n')}\n${sum.passed} passed, ${sum.failed} failed`);
process.exit(code);
