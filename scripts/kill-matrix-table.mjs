// The kill matrix as a document, with the faults and variants of the first edition, and those that later ones add.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { verifiedWith } from './kill-matrix-contracts.mjs';

const require = createRequire(import.meta.url);
const { EDITION, EDITIONS } = require('../dist/behaviors/edition.js');
const { addedIn, FAULTS, VARIANTS } = require('../dist/mock/catalog.js');

/** The mock of a later edition without a fault. */
const CONFORMING = (edition) => ({ id: `conforming-${edition}`, says: `the mock of ${edition}, as it is` });
/**
 * The additions of later editions: their faults and variants, which run only with them, and the mock without a fault.
 */
export const LATER = EDITIONS.filter((edition) => edition !== EDITION).map((edition) => {
  const { faults, variants } = addedIn(edition);
  return { edition, faults, variants: [CONFORMING(edition), ...variants] };
});
const EDITION_OF = new Map(
  LATER.flatMap(({ edition, faults, variants }) => [...faults, ...variants].map(({ id }) => [id, edition])),
);
/** The edition of a fault or a variant. */
export const editionOf = ({ id }) => EDITION_OF.get(id) ?? EDITION;

const escape = (text) =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');

const DIGEST = 'Code ';

/** The rows of a table without results: the other behaviours that a fault fails can differ between runs. */
export const rowsOf = (text) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(' | ').slice(0, 2).join(' | '));

/**
 * The committed contracts column, by fault or variant, and the digest of the code that the document was written with.
 */
export function committed(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const rows = lines.filter((line) => line.startsWith('| ')).map((line) => line.slice(2, -2).split(' | '));
  const digest = lines.find((line) => line.startsWith(DIGEST))?.slice(DIGEST.length, DIGEST.length + 12);
  return { column: new Map(rows.map((cells) => [cells[0], cells.at(-1)])), digest, rows: rowsOf(lines.join('\n')) };
}

/** The document. @param laterCells the cells of later editions */
export function table(faults, variants, laterCells, { column, digest }) {
  const coveredIds = new Set(verifiedWith([...FAULTS, ...VARIANTS]).map(({ id }) => id));
  const contractsOf = ({ id, contract }) => {
    if (!coveredIds.has(id)) return '';
    return contract ? contract.failed.join(', ') || 'nothing' : column.get(id);
  };
  const caught = faults.filter((cell) => !['', 'nothing', undefined].includes(contractsOf(cell))).length;
  const byBehavior = new Map();
  for (const { id } of faults) byBehavior.set(id.split('/')[0], (byBehavior.get(id.split('/')[0]) ?? 0) + 1);
  return [
    '# Kill matrix',
    '',
    'Written by `npm run kill-matrix`. Each fault of the mock must fail its behaviour and nothing unrelated; each variant conforms and must fail nothing.',
    '',
    `${faults.length} faults of ${byBehavior.size} behaviours; ${variants.length} variants.`,
    '',
    'The last column lists the interactions of the contract that fail; it is empty if the contract does not cover the behaviour. A fault of a covered behaviour must fail an interaction if it changes a part of a response or notification that the contract names; `scripts/kill-matrix-contracts.mjs` compares these parts with those of the mock without a fault. `nothing` means that they are equal: the bot sends no such request, or reads no such member.',
    '',
    `${caught} of ${coveredIds.size - VARIANTS.length} faults fail the contract.`,
    '',
    `${DIGEST}${digest}`,
    '',
    '## Faults',
    '',
    '| fault | what is wrong | fails | contracts |',
    '| --- | --- | --- | --- |',
    ...faults.map((cell) => `| ${cell.id} | ${escape(cell.says)} | ${cell.failed.join(', ')} | ${contractsOf(cell)} |`),
    '',
    '## Variants',
    '',
    '| variant | what is different | fails | contracts |',
    '| --- | --- | --- | --- |',
    ...variants.map(
      (cell) => `| ${cell.id} | ${escape(cell.says)} | ${cell.failed.join(', ') || 'nothing'} | ${contractsOf(cell)} |`,
    ),
    ...LATER.flatMap(({ edition, faults: own, variants: others }) => laterTables(edition, own, others, laterCells)),
    '',
  ].join('\n');
}

/** The tables of a later edition. The contract is verified only with the first one. */
function laterTables(edition, faults, variants, cells) {
  const of = (records) => cells.filter(({ id }) => records.some((record) => record.id === id));
  const behaviors = new Set(faults.map(({ behavior }) => behavior));
  return [
    '',
    `## Edition of ${edition}: faults`,
    '',
    `${faults.length} faults of the ${behaviors.size} behaviours that are new in it, and ${variants.length - 1} variants; the other rows are those of the first edition.`,
    '',
    '| fault | what is wrong | fails |',
    '| --- | --- | --- |',
    ...of(faults).map(({ id, says, failed }) => `| ${id} | ${escape(says)} | ${failed.join(', ')} |`),
    '',
    `## Edition of ${edition}: variants`,
    '',
    '| variant | what is different | fails |',
    '| --- | --- | --- |',
    ...of(variants).map(({ id, says, failed }) => `| ${id} | ${escape(says)} | ${failed.join(', ') || 'nothing'} |`),
  ];
}
