// Makes one small change (a mutant) at a time in the judging code, and prints the changes that no test notices.
//   node scripts/mutation.mjs [FILE or FOLDER…]   all by default; stores the scores and rewrites the tables of docs/mutation.md
//   node scripts/mutation.mjs --changed           a sample of the lines that changed since then, for `npm test`
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  countsOf,
  faultsInKept,
  filesIn,
  FOLDERS,
  keep,
  keptScores,
  scoreOf,
  testsFor,
  tried,
} from './mutation-scores.mjs';
import { earlierScores, sample } from './mutation-sample.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STRYKER = join(ROOT, 'test/mutation/tools/node_modules/@stryker-mutator/core/bin/stryker.js');
const FOLDER = join(ROOT, '.invite-conformance/mutation');
const REPORT = join(FOLDER, 'report.json');
/** Additional mutants of a sample that may survive, because equivalent mutants are not spread evenly. */
const SPARE = 2;

/** Runs the tests on mutants. @param mutate files or line ranges that have the same tests @returns the mutants of Stryker's report, by file */
function mutantsOf(tests, mutate) {
  rmSync(REPORT, { force: true });
  mkdirSync(FOLDER, { recursive: true });
  const which = ['--testFiles', `test/mutation/${tests}.cjs`, '--mutate', mutate.join(',')];
  const args = ['run', 'test/mutation/stryker.config.json', ...which];
  // Only some recorded runs, because the faster tests kill most of the same mutants.
  const env = { ...process.env, GOLDEN_EVERY: '6' };
  const { status } = spawnSync(process.execPath, [STRYKER, ...args], { cwd: ROOT, env, stdio: 'inherit' });
  if (status !== 0) throw new Error(`Stryker ended with exit code ${status}`);
  if (!existsSync(REPORT)) return {};
  const { files } = JSON.parse(readFileSync(REPORT, 'utf8'));
  const broken = Object.values(files).flatMap(({ mutants }) => mutants.filter((one) => one.status === 'RuntimeError'));
  // They would count as ignored, and a few of them may hide all others of a file.
  if (broken.length > 0)
    throw new Error(`the tests could not be run on ${broken.length} mutants: ${broken[0].statusReason}`);
  return Object.fromEntries(Object.entries(files).map(([file, { mutants, source }]) => [file, { mutants, source }]));
}

/** Groups values by a key. */
function groups(values, keyOf) {
  const by = new Map();
  for (const value of values) by.set(keyOf(value), [...(by.get(keyOf(value)) ?? []), value]);
  return by;
}

/** Prints the mutants of a file that no test killed. */
function tell(file, { mutants, source }) {
  const lines = source.split('\n');
  for (const { status, location, replacement, mutatorName } of mutants) {
    if (status !== 'Survived' && status !== 'NoCoverage') continue;
    const { start, end } = location;
    const line = lines[start.line - 1] ?? '';
    const was = start.line === end.line ? line.slice(start.column - 1, end.column - 1) : `${line.trim()} …`;
    const how = status === 'Survived' ? 'survived' : 'not covered';
    console.log(`${file}:${start.line}:${start.column} ${how} ${mutatorName}: ${was}  =>  ${replacement}`);
  }
}

/** The files that an argument names. @throws Error if none of them is mutated */
function filesOf(argument) {
  const name = argument.replace(/^\.\//, '').replace(/\/$/, '');
  const folders = Object.keys(FOLDERS).filter((folder) => folder === name || folder.startsWith(`${name}/`));
  if (folders.length > 0) return folders.flatMap(filesIn);
  if (Object.keys(FOLDERS).includes(dirname(name)) && filesIn(dirname(name)).includes(name)) return [name];
  throw new Error(`${argument} is not a file or folder of ${Object.keys(FOLDERS).join(', ')}`);
}

/** Measures files, folder by folder, and stores the scores of each folder. @returns false if a folder is below its floor */
function measure(names) {
  const files = new Set((names.length > 0 ? names : Object.keys(FOLDERS)).flatMap(filesOf));
  let well = true;
  for (const folder of Object.keys(FOLDERS)) {
    const some = filesIn(folder).filter((file) => files.has(file));
    if (some.length === 0) continue;
    const found = {};
    for (const [tests, own] of groups(some, testsFor)) Object.assign(found, mutantsOf(tests, own));
    const counts = {};
    for (const file of some) {
      counts[file] = countsOf(found[file]?.mutants ?? []);
      if (found[file]) tell(file, found[file]);
    }
    for (const [file, one] of Object.entries(counts)) {
      if (tried(one) > 0) console.log(`${file}: ${scoreOf(one)} % of ${tried(one)} mutants killed`);
    }
    for (const below of keep(counts)) {
      console.error(below);
      well = false;
    }
  }
  return well;
}

/** Tests the sample. @returns false if the stored scores are wrong or a folder is below its floor */
function trySample() {
  const faults = faultsInKept(earlierScores());
  for (const fault of faults) console.error(fault);
  const { pieces, of, since, reason } = sample();
  if (!pieces) {
    console.log(`No mutants tried: ${reason}.`);
    return faults.length === 0;
  }
  console.log(`Trying the mutants of ${pieces.length} of ${of} pieces of code that changed since ${since}.`);
  const { floors } = keptScores();
  let well = faults.length === 0;
  const found = {};
  for (const [tests, own] of groups(pieces, ({ file }) => testsFor(file))) {
    const lines = own.map(({ file, from, to }) => `${file}:${from}-${to}`);
    Object.assign(found, mutantsOf(tests, lines));
  }
  for (const [file, one] of Object.entries(found)) tell(file, one);
  for (const folder of new Set(Object.keys(found).map(dirname))) {
    const own = Object.entries(found).filter(([file]) => dirname(file) === folder);
    const counts = countsOf(own.flatMap(([, { mutants }]) => mutants));
    const allowed = SPARE + Math.floor(tried(counts) * (1 - (floors[folder] ?? 0) / 100));
    const missed = counts.survived + counts.uncovered;
    console.log(`${folder}/: ${missed} of ${tried(counts)} mutants not killed, ${allowed} allowed`);
    if (missed > allowed) well = false;
  }
  return well;
}

if (!existsSync(STRYKER)) {
  console.error('Stryker is not installed: npm --prefix test/mutation/tools ci');
  process.exit(2);
}
const names = process.argv.slice(2);
let well = false;
try {
  well = names[0] === '--changed' ? trySample() : measure(names);
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
if (!well) {
  console.error(
    'Kill what survives by a test, or show in docs/mutation.md that it is equivalent; a floor is never lowered.',
  );
}
process.exit(well ? 0 : 1);
