// Runs the suite against the mock with each of its faults and variants, and holds what failed against what should.
// A fault must fail its behaviour and nothing unrelated; a variant must fail nothing and leave nothing untested. Each
// history is also written as its file holds it, read back and judged again: the result must be the same.
// Prints the matrix and writes docs/kill-matrix.md; exits 1 where a cell is wrong. Needs a build.
//   node scripts/kill-matrix.mjs [ID…]     only these; writes no file
//   node scripts/kill-matrix.mjs --check   writes no file, and exits 1 where the one that is committed is stale
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const require = createRequire(import.meta.url);
const { FAULTS, VARIANTS } = require('../dist/mock/catalog.js');
const { embedded } = require('../dist/cli/embedded.js');
const { conduct } = require('../dist/suites/conduct.js');
const { SCENARIOS } = require('../dist/suites/scenarios.js');
const { resultOf } = require('../dist/verdicts/result.js');
const { historyLine, parseHistory } = require('../dist/history/store.js');

// Two processes share the work; an order is only proved while neither is starved.
const PROCESSES = 2;
const AT_ONCE = 3;
const settings = {
  callback: { host: '127.0.0.1', port: 0 },
  capabilities: { pstn: true, replace: true, multiple: true, failure: true },
  quietMs: 500,
  concurrency: 32,
  scenarios: SCENARIOS,
};

async function judged(options, timeoutMs) {
  const mock = await embedded(options);
  try {
    const history = await conduct({ ...settings, ...mock.access, timeoutMs });
    const judging = { gate: 'linked', allowUntested: false, waivers: [], now: Date.now() };
    const result = resultOf(history, judging);
    const written = [history.header, ...history.events].map(historyLine).join('');
    const again = resultOf(parseHistory(written, 'its history'), judging);
    return { ...result, stable: isDeepStrictEqual(again, result) };
  } finally {
    await mock.close();
  }
}

const idsWith = (result, verdict) => result.behaviors.filter((one) => one.verdict === verdict).map(({ id }) => id);

async function faultCell({ id, behavior, also = [], says }) {
  const result = await judged({ faults: [id] }, 2500);
  const failed = idsWith(result, 'failed');
  const unrelated = failed.filter((one) => one !== behavior && !also.includes(one));
  const seen = result.behaviors.find((one) => one.id === behavior)?.findings[0]?.seen ?? '';
  const wrong = [
    ...(failed.includes(behavior) ? [] : ['not caught']),
    ...(unrelated.length > 0 ? [`also failed ${unrelated.join(', ')}`] : []),
    ...(result.exitCode === 1 ? [] : [`exit code ${result.exitCode}`]),
    ...(result.stable ? [] : ['judged again, another result']),
  ];
  return { id, says, failed, untested: idsWith(result, 'untested'), seen, wrong };
}

async function variantCell({ id, says }) {
  const result = await judged({ variants: [id] }, 5000);
  const failed = idsWith(result, 'failed');
  const untested = idsWith(result, 'untested');
  const wrong = [
    ...failed.map((one) => `${one}: ${result.behaviors.find((b) => b.id === one)?.findings[0]?.seen}`),
    ...(untested.length > 0 ? [`untested: ${untested.join(', ')}`] : []),
    ...(result.stable ? [] : ['judged again, another result']),
  ];
  return { id, says, failed, untested, seen: '', wrong };
}

/** In a child: judges every PROCESSES-th record and sends each cell to the parent. */
async function work(records, share) {
  const waiting = records.filter((_, i) => i % PROCESSES === share);
  const one = async () => {
    for (let record = waiting.shift(); record; record = waiting.shift()) {
      const cell = 'behavior' in record ? await faultCell(record) : await variantCell(record);
      process.send(cell);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** In the parent: the cells of all records, in their order. */
async function cellsOf(records) {
  const cells = new Map();
  const children = Array.from({ length: PROCESSES }, (_, share) =>
    fork(fileURLToPath(import.meta.url), process.argv.slice(2), {
      env: { ...process.env, KILL_MATRIX_SHARE: String(share) },
    }),
  );
  for (const child of children) {
    child.on('message', (cell) => {
      cells.set(cell.id, cell);
      const { id, wrong } = cell;
      console.log(
        `${wrong.length === 0 ? 'ok   ' : 'WRONG'} ${id}${wrong.length === 0 ? '' : `: ${wrong.join('; ')}`}`,
      );
    });
  }
  await Promise.all(children.map((child) => once(child, 'exit')));
  const lost = { failed: [], untested: [], seen: '', wrong: ['was not judged'] };
  return records.map(({ id, says }) => cells.get(id) ?? { id, says, ...lost });
}

const escape = (text) =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');
// Ids, ports and times differ from run to run; the document must not.
const steady = (text) =>
  text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '{id}')
    .replaceAll(/\b(delivery|exchange|deliveries) \d+/g, '$1 {n}')
    .replaceAll(/127\.0\.0\.1:\d+/g, '{host}')
    .replaceAll(/\/[0-9a-f]{32}/g, '/{callback}')
    .replaceAll(/\d+(\.\d+)? ms/g, '{time} ms');

function table(faults, variants) {
  const byBehavior = new Map();
  for (const { id } of faults) byBehavior.set(id.split('/')[0], (byBehavior.get(id.split('/')[0]) ?? 0) + 1);
  return [
    '# Kill matrix',
    '',
    'Written by `npm run kill-matrix`. Each fault of the mock must fail its behaviour and nothing unrelated; each variant, a conforming way to differ, must fail nothing.',
    '',
    `${faults.length} faults of ${byBehavior.size} behaviours; ${variants.length} variants.`,
    '',
    '## Faults',
    '',
    '| fault | what is wrong | fails |',
    '| --- | --- | --- |',
    ...faults.map(({ id, says, failed }) => `| ${id} | ${escape(says)} | ${failed.join(', ')} |`),
    '',
    '## Variants',
    '',
    '| variant | what is different | fails |',
    '| --- | --- | --- |',
    ...variants.map(({ id, says, failed }) => `| ${id} | ${escape(says)} | ${failed.join(', ') || 'nothing'} |`),
    '',
  ].join('\n');
}

const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const picked = (records) =>
  only.length === 0 ? records : records.filter(({ id }) => only.some((word) => id.startsWith(word)));
const share = process.env.KILL_MATRIX_SHARE;
if (share !== undefined) {
  await work([...picked(FAULTS), ...picked(VARIANTS)], Number(share));
  process.exit(0);
}
const cells = await cellsOf([...picked(FAULTS), ...picked(VARIANTS)]);
const faults = cells.slice(0, picked(FAULTS).length);
const variants = cells.slice(faults.length);
const file = new URL('../docs/kill-matrix.md', import.meta.url);
let stale = 0;
if (process.argv.includes('--check')) {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== table(faults, variants)) {
    stale = 1;
    console.log('docs/kill-matrix.md is stale: npm run kill-matrix');
  }
} else if (only.length === 0) {
  writeFileSync(file, table(faults, variants));
} else {
  for (const { id, failed, untested, seen } of [...faults, ...variants]) {
    console.log({ id, failed, untested, seen: steady(seen) });
  }
}
const wrong = [...faults, ...variants].filter((cell) => cell.wrong.length > 0).length;
console.log(`${faults.length + variants.length - wrong} passed, ${wrong + stale} failed`);
process.exit(wrong + stale === 0 ? 0 : 1);
