// Writes the numbers of behaviours to README.md and docs/. With --check it writes nothing, and exits 1 if one is stale.
// Needs a build.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { BEHAVIORS, catalogOf } = require('../dist/behaviors/catalog.js');
const { EDITIONS } = require('../dist/behaviors/edition.js');
const { SCENARIOS } = require('../dist/suites/scenarios.js');
const { single } = require('../dist/suites/single.js');

const all = BEHAVIORS.length;
/** The behaviours that `--scenario single` and a load run try. */
const some = new Set(single.attempts.flatMap(({ tries }) => tries)).size;

/** The behaviours that are not applicable if the config declares pstn and replace absent. */
const attempts = SCENARIOS.flatMap((scenario) => scenario.attempts);
const absent = BEHAVIORS.filter(({ id }) =>
  attempts.every(({ capability, tries }) => !tries.includes(id) || capability === 'pstn' || capability === 'replace'),
).length;

/** The places of the numbers: the text around each, and its value. */
const FIGURES = [
  ['README.md', /(?<=suite tests )\d+(?= documented behaviours)/g, all],
  ...EDITIONS.flatMap((edition) => {
    const count = catalogOf(edition).behaviors.length;
    return [
      ['README.md', new RegExp(`(?<=^\\| \`${edition}\` \\| )\\d+(?= behaviours)`, 'gm'), count],
      ['docs/editions.md', new RegExp(`(?<=^\\| \`${edition}\` \\| )\\d+(?= \\|)`, 'gm'), count],
    ];
  }),
  ['README.md', /(?<=^PASS {2})\d+ of \d+(?= behaviours, \d+ of \d+ contracts {3}\(gate: )/gm, `${all} of ${all}`],
  ['docs/reports.md', /(?<=^PASS {2})\d+ of \d+(?= behaviours, \d+ of \d+ contracts$)/gm, `${all} of ${all}`],
  [
    'docs/reports.md',
    /(?<=^PASS {2})\d+ of \d+(?= behaviours, .* not applicable)/gm,
    `${all - absent} of ${all - absent}`,
  ],
  ['docs/reports.md', /\d+(?= not applicable \(declared absent: replace, pstn\))/g, absent],
  ['docs/reports.md', /(?<=what was selected: )\d+ of \d+(?= behaviours)/g, `${some} of ${some}`],
  ['docs/reports.md', /\d+(?= not selected \(--scenario single\))/g, all - some],
  ['docs/reports.md', /(?<=at gate shown: )\d+ of \d+(?= behaviours)/g, `${all - 2} of ${all}`],
  ['docs/reports.md', /(?<=2 behaviours untested; )\d+ of \d+(?= behaviours)/g, `${all - 2} of ${all}`],
  ['docs/reports.md', /(?<=`partial )\d+\/\d+(?=`)/g, `${some}/${all}`],
  ['docs/load.md', /(?<=^PASS {2}what was selected: )\d+ of \d+(?= behaviours)/gm, `${some} of ${some}`],
  ['docs/load.md', /\d+(?= not selected \(--load\))/g, all - some],
  ['docs/load.md', /(?<=tries, )\d+(?= in all)/g, some],
];

const problems = [];
for (const file of new Set(FIGURES.map(([name]) => name))) {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const text = readFileSync(path, 'utf8');
  let wanted = text;
  for (const [, pattern, figure] of FIGURES.filter(([name]) => name === file)) {
    if (wanted.search(pattern) === -1) problems.push(`${file}: no number matches ${pattern}`);
    wanted = wanted.replaceAll(pattern, String(figure));
  }
  if (wanted === text) continue;
  if (process.argv.includes('--check')) problems.push(`${file} names another number of behaviours: npm run generate`);
  else writeFileSync(path, wanted);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
