// Selects the lines that the sample of `npm test` mutates: a limited number of those that changed since the scores were measured.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { keptScores } from './mutation-scores.mjs';

const SCORES = 'test/mutation/scores.json';
/** Maximum number of lines in a sample. */
const MOST_LINES = 60;
/** Maximum number of consecutive lines in one piece of the sample. */
const PIECE = 6;

const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** The lines of a file that a diff without context adds. */
function linesAdded(file, base) {
  const hunks = git('diff', '--unified=0', '--no-color', '--no-ext-diff', base, '--', file).matchAll(
    /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm,
  );
  return [...hunks].flatMap(([, from, count = '1']) =>
    Array.from({ length: Number(count) }, (_, i) => Number(from) + i),
  );
}

/** Whether a line can hold a mutant. */
const isCode = (line = '') => !/^\s*($|\/\/|\/?\*|import |export type |export \* )/.test(line);

/** Groups consecutive lines into ranges of at most PIECE lines. */
function ranges(file, lines) {
  const pieces = [];
  for (const line of lines) {
    const last = pieces.at(-1);
    if (last && line === last.to + 1 && line - last.from < PIECE) last.to = line;
    else pieces.push({ file, from: line, to: line });
  }
  return pieces;
}

/** Selects evenly spread pieces with at most MOST_LINES lines. */
function spread(pieces) {
  const lines = pieces.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  if (lines <= MOST_LINES) return pieces;
  const every = lines / MOST_LINES;
  let passed = 0;
  let taken = 0;
  return pieces.filter(({ from, to }) => {
    const length = to - from + 1;
    passed += length;
    if (taken + length > MOST_LINES || taken * every > passed) return false;
    taken += length;
    return true;
  });
}

/** The text of the scores in the last two commits that changed them; fewer if git has fewer. */
export function earlierScores() {
  try {
    const commits = git('log', '-2', '--format=%H', '--', SCORES).split('\n').filter(Boolean);
    return commits.map((commit) => git('show', `${commit}:${SCORES}`));
  } catch {
    return [];
  }
}

/**
 * The code that changed since the last commit that wrote the scores, in folders with a floor.
 * @returns the pieces to mutate, or the reason why there are none
 */
export function sample() {
  let base;
  try {
    base = git('log', '-1', '--format=%H', '--', SCORES).trim();
  } catch {
    return { reason: 'there is no git history here' };
  }
  if (base === '') return { reason: 'git does not know when the scores were measured' };
  const folders = Object.keys(keptScores().floors);
  const changed = git('diff', '--name-only', '--diff-filter=d', base, '--', ...folders).split('\n');
  const added = git('ls-files', '--others', '--exclude-standard', '--', ...folders).split('\n');
  const isMutated = (file) => file.endsWith('.ts') && folders.includes(dirname(file));
  const pieces = [...new Set([...changed, ...added])].filter(isMutated).flatMap((file) => {
    const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8').split('\n');
    const lines = added.includes(file) ? text.map((_, i) => i + 1) : linesAdded(file, base);
    return ranges(
      file,
      lines.filter((line) => isCode(text[line - 1])),
    );
  });
  const since = `${base.slice(0, 10)}, which measured the scores`;
  return pieces.length === 0
    ? { reason: `no code in ${folders.join(', ')} changed since ${since}` }
    : { pieces: spread(pieces), of: pieces.length, since };
}
