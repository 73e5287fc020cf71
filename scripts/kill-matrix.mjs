// Runs the suite against the mock with each of its faults and variants, and compares what failed with what should fail.
// A fault must fail its behaviour and nothing unrelated; a variant must fail nothing and leave nothing untested. Each
// history is also written to a file's form, read back and judged again: the result must be the same. Then verifies the
// contracts in the same way (kill-matrix-contracts.mjs). Prints the matrix and writes docs/kill-matrix.md; exits 1 if a
// cell is wrong. One or two wrong cells are judged a second time, each with its reason printed; more can't be chance.
// Needs a build.
//   node scripts/kill-matrix.mjs [ID…]     only these; writes no file
//   node scripts/kill-matrix.mjs --check   writes no file, and exits 1 if the committed one has other rows; if it was
//                                          written with this code, tries a sample of the rows, otherwise all
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { contractTrials, sampleOf, verifiedWith } from './kill-matrix-contracts.mjs';
import { codeDigest, rowsOfSample } from './kill-matrix-sample.mjs';
import { committed, editionOf, LATER, rowsOf, table } from './kill-matrix-table.mjs';
import { isDeepStrictEqual } from 'node:util';

const require = createRequire(import.meta.url);
const { EDITION } = require('../dist/behaviors/edition.js');
const { FAULTS, VARIANTS } = require('../dist/mock/catalog.js');
const { embeddedMock } = require('../dist/api/embedded-mock.js');
const { recordRun } = require('../dist/suites/record-run.js');
const { findingText } = require('../dist/reporters/wording/finding-text.js');
const { DEFAULTS } = require('../dist/schemas/options.js');
const { faultIn } = require('../dist/schemas/own-files.js');
const { resultOf } = require('../dist/verdicts/result.js');
const { historyLine, parseHistory } = require('../dist/history/history-file.js');

// Two processes share the work; orders can only be proved while each has enough processor time.
const PROCESSES = Number(process.env.KILL_MATRIX_PROCESSES ?? 2);
// Each run uses a whole processor for a while, and then waits: more runs or requests at the same time only delay each
// response.
const AT_ONCE = PROCESSES === 1 ? 1 : 4;
const REQUESTS_AT_ONCE = 12;
// The maximum number of cells that may be judged a second time, and pass.
const MOST_AGAIN = 2;
/**
 * The suite detects a wrong order of 15 or 30 ms only on a quiet machine: these are judged at the end, one at a time.
 */
const needsQuiet = ({ id }) => /^ordering\..*-(15|30)-ms-(not-)?waiting$/.test(id);
// The wait for missing notifications; longer if the last response of the states endpoint, which no fault changes, took
// more than this share of it.
const FAULT_TIME = 2500;
const VARIANT_TIME = 5000;
const PROMPT = 1 / 5;
const MOST_TIME = 15_000;
const OPTIONS = {
  ...DEFAULTS,
  concurrency: REQUESTS_AT_ONCE,
  // Later editions dial once more.
  maxDials: 5,
};

async function judged(record, options, timeoutMs) {
  const edition = editionOf(record);
  const mock = await embeddedMock({ edition, ...options });
  const deltaParticipants = record.optsIn === true;
  try {
    const chosen = { ...OPTIONS, ...mock.access, edition, deltaParticipants, timeoutMs };
    const history = await recordRun(chosen, { disposable: true });
    const judging = { gate: 'linked', allowUntested: false, waivers: [], now: Date.now() };
    const result = resultOf(history, judging);
    const fault = faultIn('result', JSON.parse(JSON.stringify(result)))?.text;
    if (fault !== undefined) throw new Error(`the result is not as its schema says: ${fault}`);
    const written = [history.header, ...history.events].map(historyLine).join('');
    const again = resultOf(parseHistory(written, 'its history'), judging);
    return {
      ...result,
      broke: brokeIn(history),
      stable: isDeepStrictEqual(again, result),
      slowest: slowestIn(history),
    };
  } finally {
    await mock.close();
  }
}

/** Whether an internal error of the mock ended a request; no fault or variant causes one on purpose. */
function brokeIn({ events }) {
  return events.some((one) => one.kind === 'exchange' && one.response?.body.content?.includes('"InternalServerError"'));
}

/** The longest response time of the states endpoint, ms. */
function slowestIn({ events }) {
  const times = events.map((one) =>
    one.kind === 'exchange' && one.purpose === 'provision' && one.response
      ? one.response.endAt - one.request.sentAt
      : 0,
  );
  return Math.max(0, ...times);
}

/** The slowest response of the last run, ms. */
let lately = 0;

/** Judges a cell, with a deadline that fits the machine; a wrong cell says if that was too short. */
async function cellInTime(record) {
  const [cellOf, least] = 'behavior' in record ? [faultCell, FAULT_TIME] : [variantCell, VARIANT_TIME];
  const deadline = (slowest) => Math.min(MOST_TIME, Math.max(least, Math.ceil(slowest / PROMPT)));
  const given = deadline(lately);
  try {
    const { slowest, ...cell } = await cellOf(record, given);
    lately = slowest;
    if (cell.wrong.length > 0 && deadline(slowest) > given)
      cell.wrong.push(`with a deadline of ${given} ms, while an answer took ${Math.round(slowest)} ms`);
    return cell;
  } catch (error) {
    return { id: record.id, says: record.says, ...LOST, wrong: [`could not be judged: ${error.message}`] };
  }
}

const idsWith = (result, verdict) => result.behaviors.filter((one) => one.verdict === verdict).map(({ id }) => id);

/** The difference in the first finding of a behaviour. */
function titleOf({ behaviors }, id) {
  const [finding] = behaviors.find((one) => one.id === id)?.findings ?? [];
  return finding === undefined ? '' : findingText(finding, id).title;
}

async function faultCell(record, timeoutMs) {
  const { id, behavior, also = [], says } = record;
  const result = await judged(record, { faults: [id] }, timeoutMs);
  const failed = idsWith(result, 'failed');
  const unrelated = failed.filter((one) => one !== behavior && !also.includes(one));
  const seen = titleOf(result, behavior);
  const wrong = [
    ...(failed.includes(behavior) ? [] : ['not caught']),
    ...(unrelated.length > 0 ? [`also failed ${unrelated.join(', ')}`] : []),
    ...(result.exitCode === 1 ? [] : [`exit code ${result.exitCode}`]),
    ...(result.broke ? ['the mock answered with an internal error'] : []),
    ...(result.stable ? [] : ['judged again, another result']),
  ];
  return { id, says, failed, untested: idsWith(result, 'untested'), seen, wrong, slowest: result.slowest };
}

async function variantCell(record, timeoutMs) {
  const { id, says, hooks } = record;
  const result = await judged(record, hooks ? { variants: [id] } : {}, timeoutMs);
  const failed = idsWith(result, 'failed');
  const untested = idsWith(result, 'untested');
  const wrong = [
    ...failed.map((one) => `${one}: ${titleOf(result, one)}`),
    ...(untested.length > 0 ? [`untested: ${untested.join(', ')}`] : []),
    ...(result.broke ? ['the mock answered with an internal error'] : []),
    ...(result.stable ? [] : ['judged again, another result']),
  ];
  return { id, says, failed, untested, seen: '', wrong, slowest: result.slowest };
}

/** In a child process: judges some records, then verifies the contracts for them, and sends each cell to the parent. */
async function work(own, inContracts) {
  await eachOf(own, async (record) => process.send(await cellInTime(record)));
  const trials = contractTrials();
  await eachOf(
    own.filter(({ id }) => inContracts.has(id)),
    async (record) => process.send({ id: record.id, contract: await trials.try(record) }),
  );
  await trials.close();
}

/** Processes all records, a limited number at a time. */
async function eachOf(records, act) {
  const waiting = [...records];
  const one = async () => {
    for (let record = waiting.shift(); record; record = waiting.shift()) await act(record);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** The cell of a record that was not judged. */
const LOST = { failed: [], untested: [], seen: '' };

/** In the parent: the cells of some records, in order. */
async function cellsOf(records, inContracts, processes = PROCESSES) {
  const cells = new Map();
  const contracts = new Map();
  const children = Array.from({ length: Math.min(processes, records.length) }, (_, share) => {
    const own = records.filter((_record, i) => i % processes === share);
    const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), {
      // A row creates many short-lived objects: a larger young generation copies fewer of them.
      execArgv: [...process.execArgv, '--max-semi-space-size=32'],
      env: { ...process.env, KILL_MATRIX_CHILD: '1', KILL_MATRIX_PROCESSES: String(processes) },
    });
    child.send(own.map(({ id }) => id));
    return child;
  });
  for (const child of children) {
    child.on('message', (cell) => {
      const { id, contract } = cell;
      if (contract) contracts.set(id, contract);
      else cells.set(id, cell);
      const { wrong } = contract ?? cell;
      console.log(
        `${wrong.length === 0 ? 'ok   ' : 'WRONG'} ${id}${wrong.length === 0 ? '' : `: ${wrong.join('; ')}`}`,
      );
    });
  }
  await Promise.all(children.map((child) => once(child, 'exit')));
  return records.map(({ id, says }) => {
    const cell = cells.get(id) ?? { id, says, ...LOST, wrong: ['was not judged'] };
    if (!inContracts.has(id)) return cell;
    const contract = contracts.get(id) ?? { failed: [], seen: [], wrong: ['the contracts were not verified'] };
    return { ...cell, contract, wrong: [...cell.wrong, ...contract.wrong] };
  });
}

/** The cells of all records, in order. */
async function allCells(records, inContracts) {
  const together = records.filter((record) => !needsQuiet(record));
  const alone = records.filter(needsQuiet);
  const cells = [...(await cellsOf(together, inContracts)), ...(await cellsOf(alone, inContracts, 1))];
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  return records.map(({ id }) => byId.get(id));
}

/** Judges wrong cells a second time if there are few. */
async function settled(first, inContracts) {
  const wrong = first.filter((cell) => cell.wrong.length > 0);
  if (wrong.length === 0 || wrong.length > MOST_AGAIN) return first;
  for (const { id, wrong: reasons } of wrong) console.log(`judged again: ${id}: ${reasons.join('; ')}`);
  const ids = new Set(wrong.map(({ id }) => id));
  const again = await cellsOf(
    records.filter(({ id }) => ids.has(id)),
    inContracts,
    1,
  );
  return first.map((cell) => again.find(({ id }) => id === cell.id) ?? cell);
}

// Replaces ids, ports and times, which differ between runs.
const steady = (text) =>
  text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '{id}')
    .replaceAll(/\b(delivery|exchange|event|deliveries) \d+/g, '$1 {n}')
    .replaceAll(/127\.0\.0\.1:\d+/g, '{host}')
    .replaceAll(/\/[0-9a-f]{32}/g, '/{callback}')
    .replaceAll(/\d+(\.\d+)? ms/g, '{time} ms');

const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const picked = (records) =>
  only.length === 0 ? records : records.filter(({ id }) => only.some((word) => id.startsWith(word)));
const records = [
  ...picked(FAULTS),
  ...picked(VARIANTS),
  ...LATER.flatMap(({ faults, variants }) => [...picked(faults), ...picked(variants)]),
];
/** The records of the first edition, which the contract is verified with. */
const ofFirst = records.filter((record) => editionOf(record) === EDITION);
const checks = process.argv.includes('--check');
const inContracts = new Set((checks ? sampleOf(ofFirst) : verifiedWith(ofFirst)).map(({ id }) => id));
if (process.env.KILL_MATRIX_CHILD !== undefined) {
  const [ids] = await once(process, 'message');
  await work(
    ids.map((id) => records.find((record) => record.id === id)),
    inContracts,
  );
  process.exit(0);
}
const file = new URL('../docs/kill-matrix.md', import.meta.url);
const kept = committed(file);
const digest = codeDigest();
const isSample = checks && only.length === 0 && kept.digest === digest;
const tried = isSample ? rowsOfSample(records) : records;
if (checks && only.length === 0)
  console.log(
    isSample
      ? `docs/kill-matrix.md was written by this code: ${tried.length} of its ${records.length} rows are tried`
      : 'docs/kill-matrix.md was written by other code: every row is tried; npm run kill-matrix renews it',
  );
const cells = await settled(await allCells(tried, inContracts), inContracts);
const cellOf = new Map(cells.map((cell) => [cell.id, cell]));
const rowsFor = (some) => some.map((record) => cellOf.get(record.id) ?? { ...LOST, id: record.id, says: record.says });
const faults = rowsFor(picked(FAULTS));
const variants = rowsFor(picked(VARIANTS));
const later = rowsFor(records.slice(ofFirst.length));
let stale = 0;
if (only.length > 0) {
  for (const { id, failed, untested, seen, contract } of cells) {
    console.log({ id, failed, untested, seen: steady(seen), contract: contract?.seen.map(steady) });
  }
} else if (!checks) {
  writeFileSync(file, table(faults, variants, later, { ...kept, digest }));
} else if (!isDeepStrictEqual([...kept.rows], rowsOf(table(faults, variants, later, kept)))) {
  stale = 1;
  console.log('docs/kill-matrix.md is stale: npm run kill-matrix');
}
const wrong = cells.filter((cell) => cell.wrong.length > 0).length;
console.log(`${cells.length - wrong} passed, ${wrong + stale} failed`);
process.exit(wrong + stale === 0 ? 0 : 1);
