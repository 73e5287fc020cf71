// The scores of the mutants: what test/mutation/scores.json keeps, by file, the floor of each folder, and the table in docs/mutation.md.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const KEPT = new URL('../test/mutation/scores.json', import.meta.url);
const DOCUMENT = new URL('../docs/mutation.md', import.meta.url);
const [BEGIN, END] = ['<!-- scores -->', '<!-- /scores -->'];

/** The folders whose files are mutated, and the tests that are tried on them: the name of a file in test/mutation/. */
export const FOLDERS = {
  behaviors: 'judging',
  'behaviors/facts': 'judging',
  verdicts: 'verdicts',
  history: 'judging',
  'behaviors/recorded-traffic': 'recorded',
  'history/import': 'recorded',
};

/** Which tests are tried on a file. */
export function testsFor(file) {
  // What the later edition does not ask for is tried with its behaviours.
  return file === 'verdicts/withdrawn-remarks.ts' ? 'judging' : FOLDERS[dirname(file)];
}

/** The TypeScript files of a folder, those of folders in it left out. */
export function filesIn(folder) {
  const names = readdirSync(new URL(`../${folder}/`, import.meta.url)).filter((name) => name.endsWith('.ts'));
  return names.toSorted().map((name) => `${folder}/${name}`);
}

/** What is kept: of each file how many mutants came to what, and each folder's floor in percent. */
export function keptScores() {
  return JSON.parse(readFileSync(KEPT, 'utf8'));
}

const STATUSES = {
  Killed: 'killed',
  Timeout: 'killed',
  Survived: 'survived',
  NoCoverage: 'uncovered',
  Ignored: 'ignored',
  RuntimeError: 'ignored',
  CompileError: 'ignored',
};

/** How many mutants of a file came to what. @param mutants as the report has them */
export function countsOf(mutants) {
  const counts = { killed: 0, survived: 0, uncovered: 0, ignored: 0 };
  for (const { status } of mutants) counts[STATUSES[status]] += 1;
  return counts;
}

const sumOf = (all) => {
  const sum = { killed: 0, survived: 0, uncovered: 0, ignored: 0 };
  for (const counts of all) for (const key of Object.keys(sum)) sum[key] += counts[key];
  return sum;
};

/** How many mutants count. */
export const tried = ({ killed, survived, uncovered }) => killed + survived + uncovered;

/** The killed in percent, rounded down to a tenth; undefined where no mutant counts. */
export function scoreOf(counts) {
  return tried(counts) === 0 ? undefined : Math.floor((1000 * counts.killed) / tried(counts)) / 10;
}

/** The sum of a folder, and how many of its files were measured. */
function folderSum(folder, measured) {
  const files = filesIn(folder);
  const known = files.filter((file) => measured[file]);
  return { sum: sumOf(known.map((file) => measured[file])), known: known.length, of: files.length };
}

/**
 * Puts new counts to those that are kept, and raises the floors of the folders that were measured whole.
 * @param found counts by file
 * @returns what is below its floor; nothing is written then
 */
export function keep(found) {
  const { floors, files } = keptScores();
  const measured = {};
  for (const file of Object.keys(FOLDERS).flatMap(filesIn)) {
    const counts = found[file] ?? files[file];
    if (counts) measured[file] = counts;
  }
  const below = [];
  for (const folder of new Set(Object.keys(found).map(dirname))) {
    const { sum, known, of } = folderSum(folder, measured);
    const score = scoreOf(sum);
    if (known < of || score === undefined) continue;
    if (score < (floors[folder] ?? 0)) below.push(`${folder}/: ${score} %, and its floor is ${floors[folder]} %`);
    floors[folder] = Math.max(score, floors[folder] ?? 0);
  }
  if (below.length > 0) return below;
  writeFileSync(KEPT, `${JSON.stringify({ floors, files: measured }, undefined, 2)}\n`);
  const document = readFileSync(DOCUMENT, 'utf8');
  writeFileSync(DOCUMENT, withTable(document, { floors, files: measured }));
  return [];
}

/**
 * What is wrong with what is kept: a table that is not made of it, or a floor that was lowered by hand.
 * @param {readonly string[]} earlier the texts of the file before
 */
export function faultsInKept(earlier) {
  const kept = keptScores();
  const document = readFileSync(DOCUMENT, 'utf8');
  const faults = withTable(document, kept) === document ? [] : ['docs/mutation.md has not the scores that are kept'];
  for (const [folder, floor] of earlier.flatMap((text) => Object.entries(JSON.parse(text).floors))) {
    const now = kept.floors[folder] ?? 0;
    if (now < floor) faults.push(`${folder}/: its floor was ${floor} %, and is ${now} %`);
  }
  return faults;
}

const percent = (value) => (value === undefined ? '' : `${value.toFixed(1)} %`);
const row = (...cells) => `| ${cells.join(' | ')} |`;

/** The document with its table made anew. */
export function withTable(document, { floors, files }) {
  const lines = [
    row('folder', 'files measured', 'mutants', 'killed', 'survived', 'not covered', 'ignored', 'score', 'floor'),
    row('---', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:'),
  ];
  const cells = (counts) => [
    tried(counts),
    counts.killed,
    counts.survived,
    counts.uncovered,
    counts.ignored,
    percent(scoreOf(counts)),
  ];
  for (const folder of Object.keys(FOLDERS)) {
    const { sum, known, of } = folderSum(folder, files);
    lines.push(row(`\`${folder}/\``, `${known} of ${of}`, ...cells(sum), percent(floors[folder])));
  }
  lines.push(
    '',
    row('file', 'mutants', 'killed', 'survived', 'not covered', 'ignored', 'score'),
    row('---', '--:', '--:', '--:', '--:', '--:', '--:'),
  );
  for (const [file, counts] of Object.entries(files)) {
    if (tried(counts) > 0) lines.push(row(`\`${file}\``, ...cells(counts)));
  }
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from === -1 || to < from) throw new Error(`docs/mutation.md has no ${BEGIN} … ${END}`);
  return `${document.slice(0, from + BEGIN.length)}\n\n${lines.join('\n')}\n\n${document.slice(to)}`;
}
