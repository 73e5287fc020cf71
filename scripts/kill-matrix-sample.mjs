// Selects the rows of the kill matrix that a check tries. The code alone determines the result of a row: if the code is
// the one that docs/kill-matrix.md was written with, a check tries a sample; otherwise it tries every row.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The folders of the build that determine the results; recorded traffic does not. */
const FOLDERS = ['behaviors', 'common', 'contracts', 'history', 'mock', 'schemas', 'suites', 'target', 'verdicts'];
/** The sample has every STEP-th row, and the first fault of each behaviour. */
const STEP = 5;

/** The code as text without comments, which change nothing. */
const codeOf = (file) =>
  readFileSync(join(ROOT, file), 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))
    .join('\n');

/** A digest of the code, the dependencies and the contract. */
export function codeDigest() {
  const built = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, 'dist', folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.[cm]?js$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
      .filter((file) => !file.startsWith('dist/history/import/')),
  );
  const scripts = readdirSync(join(ROOT, 'scripts')).filter((name) => name.startsWith('kill-matrix'));
  const files = [
    ...built,
    'dist/api/embedded-mock.js',
    ...scripts.map((name) => `scripts/${name}`),
    'contracts/pacts/inviting-bot-participant-invite.json',
    'package-lock.json',
  ];
  const hash = createHash('sha256');
  for (const file of files.toSorted((a, b) => (a < b ? -1 : 1))) hash.update(`${file}\n${codeOf(file)}\n`);
  return hash.digest('hex').slice(0, 12);
}

/** The rows of a sample. */
export function rowsOfSample(records) {
  const seen = new Set();
  return records.filter(({ behavior }, i) => {
    const isFirst = behavior !== undefined && !seen.has(behavior);
    if (behavior !== undefined) seen.add(behavior);
    return isFirst || i % STEP === 0;
  });
}
