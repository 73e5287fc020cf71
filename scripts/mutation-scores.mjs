// The mutation scores: the counts of each file and the floor of each folder in test/mutation/scores.json, and the tables in docs/mutation.md.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const KEPT = new URL('../test/mutation/scores.json', import.meta.url);
const DOCUMENT = new URL('../docs/mutation.md', import.meta.url);
const [BEGIN, END] = ['<!-- scores -->', '<!-- /scores -->'];

/** The mutated folders, each with the file in test/mutation/ that declares its tests. */
export const FOLDERS = {
  behaviors: 'judging',
  'behaviors/facts': 'judging',
  verdicts: 'verdicts',
  history: 'history',
  'behaviors/recorded-traffic': 'recorded',
  'history/import': 'recorded',
};

/** The tests that run on the mutants of a file. */
export function testsFor(file) {
  // The tests of the behaviours cover the remarks that the later edition withdraws.
  return file === 'verdicts/withdrawn-remarks.ts' ? 'judging' : FOLDERS[dirname(file)];
}

/** The TypeScript files of a folder, without its subfolders. */
export function filesIn(folder) {
  const names = readdirSync(new URL(`../${folder}/`, import.meta.url)).filter((name) => name.endsWith('.ts'));
  return names.toSorted().map((name) => `${folder}/${name}`);
}

/** The stored counts of each file and floors of each folder, in percent. */
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

/** Counts mutants by outcome. @param mutants those of Stryker's report */
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

/** The number of mutants that count for the score. */
export const tried = ({ killed, survived, uncovered }) => killed + survived + uncovered;

/** The percentage of killed mutants, rounded down to a tenth; undefined if no mutant counts. */
export function scoreOf(counts) {
  return tried(counts) === 0 ? undefined : Math.floor((1000 * counts.killed) / tried(counts)) / 10;
}

/** The counts of a folder, and the number of its measured files. */
function folderSum(folder, measured) {
  const files = filesIn(folder);
  const known = files.filter((file) => measured[file]);
  return { sum: sumOf(known.map((file) => measured[file])), known: known.length, of: files.length };
}

/**
 * Stores new counts, and raises the floors of completely measured folders.
 * @param found counts by file
 * @returns messages about folders below their floor; if there are any, nothing is written
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
 * Checks the stored scores: the document must have their tables, and no floor may be lower than before.
 * @param {readonly string[]} earlier earlier texts of the file
 */
export function faultsInKept(earlier) {
  const kept = keptScores();
  const document = readFileSync(DOCUMENT, 'utf8');
  const faults =
    withTable(document, kept) === document
      ? []
      : ['docs/mutation.md does not show the scores of test/mutation/scores.json; run npm run mutation'];
  for (const [folder, floor] of earlier.flatMap((text) => Object.entries(JSON.parse(text).floors))) {
    const now = kept.floors[folder] ?? 0;
    if (now < floor) faults.push(`${folder}/: its floor was ${floor} %, and is ${now} %`);
  }
  return faults;
}

const percent = (value) => (value === undefined ? '' : `${value.toFixed(1)} %`);
const row = (...cells) => `| ${cells.join(' | ')} |`;

/** The document with new tables. */
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
