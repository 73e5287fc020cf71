// Runs the suite several times against wrong orders of every gap, and against services that keep the order: a gate must
// give the same result each time. `node bench/order.mjs [faults|below|variants|all] [repetitions] [id…]`; needs a
// build.
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { table } from './statistics.mjs';

const require = createRequire(import.meta.url);

/** The number of concurrent runs, each in its own process. */
const AT_ONCE = Number(process.env.BENCH_AT_ONCE ?? 1);
/** A longer run is ended, ms. */
const RUN_TIME = 60_000;
/** Gaps below the slack, which the suite never reports, ms. */
const BELOW = [1, 2, 4];
const TIMEOUT = 5000;

/** In a child process: one run against a mock in the same process or in another one; sends what failed. */
async function work({ faults, variants, below, apart }) {
  const { recordRun } = require('../dist/suites/record-run.js');
  const { DEFAULTS } = require('../dist/schemas/options.js');
  const { resultOf } = require('../dist/verdicts/result.js');
  const { historyLine, parseHistory } = require('../dist/history/history-file.js');
  const { access, close } = await served({ faults, variants, below, apart });
  const from = performance.now();
  try {
    const history = await recordRun({ ...DEFAULTS, ...access, timeoutMs: TIMEOUT }, { disposable: true });
    const judging = { gate: 'linked', allowUntested: false, waivers: [], now: Date.now() };
    const failedIn = (result) => result.behaviors.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
    const failed = failedIn(resultOf(history, judging));
    const written = [history.header, ...history.events].map(historyLine).join('');
    const again = failedIn(resultOf(parseHistory(written, 'its history'), judging));
    process.send({ failed, stable: failed.join() === again.join(), ms: performance.now() - from });
  } finally {
    await close();
  }
  process.disconnect();
}

/** Starts the mock to judge. Gaps that are not faults of the catalogue are made here. */
async function served({ faults = [], variants = [], below, apart }) {
  if (apart) {
    const { mock } = await import('./processes.mjs');
    const args = [...faults.flatMap((id) => ['--fault', id]), ...variants.flatMap((id) => ['--variant', id])];
    const { url, states, tokens, stop } = await mock(...args);
    const { MOCK_PHONE } = require('../dist/api/embedded-mock.js');
    const access = {
      target: url,
      tokens,
      provisioning: { states },
      invitees: { phone: MOCK_PHONE },
      allowPstn: true,
    };
    return { access, close: stop };
  }
  if (below) {
    const catalog = require('../dist/mock/catalog.js');
    const { wrongOrders } = require('../dist/mock/faults/order-gaps.js');
    for (const gap of BELOW) catalog.FAULTS.push(...wrongOrders('not-waiting', gap));
  }
  const { embeddedMock } = require('../dist/api/embedded-mock.js');
  return embeddedMock({ faults, variants });
}

/** One run in a child process that ends after its time, or with this process. */
function run(what) {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(import.meta.url), [], {
      env: { ...process.env, BENCH_ORDER: JSON.stringify(what) },
    });
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    const timer = setTimeout(end, RUN_TIME);
    let told = { failed: [], stable: false, ms: Number.NaN, error: 'no result' };
    child.on('message', (message) => (told = message));
    child.on('exit', () => {
      clearTimeout(timer);
      process.off('exit', end);
      resolve(told);
    });
  });
}

/** Runs each item a number of times, in turn, so that changes of the machine's load affect all equally. */
async function repeated(whats, repetitions) {
  const told = whats.map(() => []);
  const waiting = Array.from({ length: repetitions }, () => whats.map((_, i) => i)).flat();
  const one = async () => {
    for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) told[i].push(await run(whats[i]));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return told;
}

const behaviorOf = (id) => id.split('/')[0];
const counted = (ids) =>
  Object.entries(
    Object.groupBy?.(ids, (id) => id) ?? ids.reduce((all, id) => ({ ...all, [id]: [...(all[id] ?? []), id] }), {}),
  )
    .map(([id, all]) => `${id} (${all.length})`)
    .join(', ');

/** @returns the table, and whether every cell is as expected */
function shownTable(whats, told, expected) {
  const rows = whats.map((what, i) => {
    const { id, apart } = what;
    const all = told[i];
    const right = all.filter(({ failed }) => failed.includes(behaviorOf(id))).length;
    const also = all.flatMap(({ failed }) => failed).filter((one) => one !== behaviorOf(id) || !expected);
    const unstable = all.filter(({ stable }) => !stable).length;
    return [
      `${id}${apart ? ', in a separate process' : ''}`,
      expected
        ? `${right} of ${all.length}`
        : `${all.filter(({ failed }) => failed.length > 0).length} of ${all.length}`,
      counted(also) || '–',
      unstable > 0 ? `${unstable} differ or ended` : 'same',
    ];
  });
  const head = [
    'mock',
    expected ? 'reported' : 'runs with failures',
    expected ? 'also failed' : 'failed',
    'judged again',
  ];
  return table(head, rows);
}

/** The parts of the bench. */
async function orders(part = 'all', repetitions = 20, ids = []) {
  const { GAPS, wrongOrders } = require('../dist/mock/faults/order-gaps.js');
  const { VARIANTS } = require('../dist/mock/catalog.js');
  const forms = ['waiting', 'not-waiting'];
  const chosen = (all) => (ids.length === 0 ? all : all.filter((one) => ids.some((id) => one.id.includes(id))));
  const tables = [];
  const add = async (title, whats, expected) => {
    const kept = chosen(whats);
    if (kept.length > 0) tables.push(title, '', shownTable(kept, await repeated(kept, repetitions), expected), '');
  };
  const wrong = (gaps, of) => gaps.flatMap((gap) => of.flatMap((form) => wrongOrders(form, gap).map(({ id }) => id)));
  if (part !== 'below' && part !== 'variants') {
    const faults = wrong(GAPS, forms);
    await add(
      'Wrong orders:',
      [false, true].flatMap((apart) => faults.map((id) => ({ id, faults: [id], apart }))),
      true,
    );
  }
  if (part !== 'faults' && part !== 'variants') {
    const below = wrong(BELOW, ['not-waiting']);
    await add(
      'Gaps below the slack:',
      below.map((id) => ({ id, faults: [id], below: true })),
      false,
    );
  }
  if (part !== 'faults' && part !== 'below') {
    await add(
      'Services that keep the order:',
      [false, true].flatMap((apart) => VARIANTS.map(({ id }) => ({ id, variants: [id], apart }))),
      false,
    );
  }
  return tables.join('\n');
}

if (process.env.BENCH_ORDER !== undefined) await work(JSON.parse(process.env.BENCH_ORDER));
else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , part, repetitions, ...ids] = process.argv;
  process.stdout.write(`${await orders(part, Number(repetitions ?? 20), ids)}\n`);
}
