// Mutates real files of every format that the suite reads, and checks that each ends with a message. Needs a build:
// npm run build
//   node test/hostile/fuzz-files.mjs [variants, default 5000] [seconds, default 60]
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';

const require = createRequire(import.meta.url);
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const dist = (name) => require(join(DIST, `${name}.js`));
const [VARIANTS = 5000, SECONDS = 60] = process.argv.slice(2).map(Number);

const { run } = dist('cli/run');
const { judgeAgain } = dist('cli/judge');
const { compareFiles } = dist('cli/compare');
const { checkWaivers } = dist('cli/waivers');
const { findConfig, readConfig } = dist('config/load-config');
const { runOptions } = dist('config/run-options');
const { readPacts, checkPacts } = dist('contracts/index');
const { pageReadCommand, pageCheckCommand, driftCommand } = dist('page/index');
const { configTemplate } = dist('config/config-template');
const { HistoryFileError } = dist('history/history-file');
const { MachineError, UsageError } = dist('common/errors');
const { WriteError } = dist('common/write-file');
const { EnvironmentError } = dist('target/errors');

/** The errors that a command reports with a message; others show a stack trace. */
const MESSAGES = [UsageError, HistoryFileError, WriteError, MachineError, EnvironmentError];

const folder = mkdtempSync(join(tmpdir(), 'invite-fuzz-'));
const at = (name) => join(folder, name);
const log = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;
process.stderr.write = () => true;

async function sampleRun() {
  const flags = { scenario: ['single'], contracts: false, quietMs: '0', report: [], out: at('run') };
  await run(flags, new AbortController().signal);
  mkdirSync(at('variant'));
  copyFileSync(at('run/history.ndjson'), at('variant/history.ndjson'));
}

/** A page made of the kept examples. */
function aPage() {
  const part = (n, kind) =>
    readFileSync(new URL(`../fixtures/page/example-${n}-${kind}.json`, import.meta.url), 'utf8');
  const examples = [1, 2, 3, 4].flatMap((n) =>
    ['request', 'response', 'completion', 'roster'].map((kind) => `\`\`\`json\n${part(n, kind)}\n\`\`\`\n`),
  );
  return `---\ntitle: "participant: invite"\n---\n\n# participant: invite\n\n## HTTP request\n\n| Name | Type |\n| --- | --- |\n| a | b |\n\n> **Note:** text\n\n${examples.join('\n')}`;
}

const waiver = '- behavior: response.location\n  reason: why\n  owner: me\n  expires: 2030-12-31\n';

/** The history of a run of contracts only, with a failed interaction. */
function ofContracts(history) {
  const lines = history
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const behaviors = ['response.location'];
  const plan = [{ scenario: 'contracts', attempt: 'a', tries: [], contract: { interaction: 'a', behaviors } }];
  const answered = lines.find(({ kind, invitation }) => kind === 'exchange' && invitation !== undefined);
  const places = [{ event: answered.n, part: 'header', path: 'location' }];
  const mismatch = {
    part: 'header',
    path: 'Location',
    fact: 'response.location',
    observed: { is: 'absent' },
    at: places,
  };
  const said = { result: 'failed', behaviors, mismatches: [mismatch], invitation: answered.invitation, call: 'c' };
  const event = { kind: 'contract', n: 100_000, scenario: 'contracts', attempt: 'a', at: 1, ...said };
  return [{ ...lines[0], plan }, answered, event, lines.at(-1)].map((line) => JSON.stringify(line)).join('\n');
}

/** Every format: a real file, and its reader. */
function formats() {
  const text = (file) => readFileSync(file, 'utf8');
  const judge = () => judgeAgain([at('variant')], { report: ['html=' + at('x.html'), 'junit=' + at('x.xml')] });
  const pact = new URL('../../contracts/pacts/inviting-bot-participant-invite.json', import.meta.url);
  const access = { target: 'http://h/v1.0', states: 'http://h/s', tokenVariable: 'T', phone: '+12345678' };
  const options = async (file) =>
    runOptions(await readConfig(findConfig(file, folder)), {}, { T: 'token-of-the-fuzzer' });
  const page = async (file) => {
    await pageReadCommand(file);
    await pageCheckCommand(file);
    await driftCommand(file);
  };
  return {
    history: { seed: text(at('run/history.ndjson')), file: at('variant/history.ndjson'), read: judge },
    contracts: { seed: ofContracts(text(at('run/history.ndjson'))), file: at('variant/history.ndjson'), read: judge },
    result: {
      seed: text(at('run/result.json')),
      file: at('variant.json'),
      read: (file) => compareFiles(file, at('run/result.json'), { otherCatalog: true }),
    },
    waivers: {
      seed: waiver.repeat(2).replace('location', 'json'),
      file: at('w.yaml'),
      read: (file) => checkWaivers(file),
    },
    config: { seed: configTemplate(access), file: at('c.yaml'), read: options },
    configJson: {
      seed: '{ "target": "http://h", "provisioning": { "calls": {} } }',
      file: at('c.json'),
      read: options,
    },
    pact: { seed: text(pact), file: at('pact.json'), read: async (file) => checkPacts(await readPacts(file)) },
    page: { seed: aPage(), file: at('page.md'), read: page },
  };
}

const ODD = [
  null,
  true,
  -1,
  1e308,
  0.5,
  '',
  'x'.repeat(2000),
  '\u0000\u202e',
  '__proto__',
  [],
  {},
  [[]],
  [null],
  { a: [{}] },
];

/** Every place in a JSON value: its container and its key. */
function placesIn(value, found = []) {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value, key]);
    placesIn(value[key], found);
  }
  return found;
}

/** Changes one value of a JSON text, or of one line of several. */
function changedValue(text, { where, what, how }) {
  const lines = text.includes('\n{') && text.startsWith('{"') ? text.split('\n') : [text];
  const i = where % lines.length;
  let value;
  try {
    value = JSON.parse(lines[i]);
  } catch {
    return changedBytes(text, { where, what, how });
  }
  const places = placesIn(value);
  if (places.length === 0) return text;
  const [owner, key] = places[what % places.length];
  if (how % 5 === 0) delete owner[key];
  else if (how % 5 === 1 && typeof owner[key] === 'object') owner[key] = JSON.stringify(owner[key]);
  else owner[key] = ODD[how % ODD.length];
  lines[i] = JSON.stringify(value);
  return lines.join('\n');
}

const PIECES = [
  '',
  '\n',
  '\u0000',
  '{',
  '[',
  '"',
  ': ',
  '- ',
  '&a ',
  '*a',
  '---\n',
  '\uFEFF',
  '\t',
  '<a ',
  '```',
  '|',
  '[!x',
  '😀',
  '1e999',
];

/** Changes some characters of a text: removes, doubles or replaces a span. */
function changedBytes(text, { where, what, how }) {
  const from = where % (text.length + 1);
  const to = Math.min(text.length, from + (what % 60));
  const span = text.slice(from, to);
  const piece = PIECES[how % PIECES.length];
  const put = how % 3 === 0 ? piece : how % 3 === 1 ? span + span : piece.repeat(1 + (what % 200));
  return text.slice(0, from) + put + text.slice(how % 7 === 0 ? text.length : to);
}

const number = fc.nat(1_000_000);
const mutation = fc.record({ where: number, what: number, how: number, kind: fc.constantFrom('value', 'bytes') });

/** @returns the defect in how a variant ended; undefined if it ended with an exit code or a message */
async function faultOf({ file, read }, variant) {
  writeFileSync(file, variant);
  try {
    return (await read(file)) === 5 ? 'exit code 5' : undefined;
  } catch (error) {
    return MESSAGES.some((one) => error instanceof one) ? undefined : (error?.stack ?? String(error));
  }
}

await sampleRun();
const until = Date.now() + SECONDS * 1000;
// Formats that take long to read have fewer variants.
const SLOW = ['history', 'contracts', 'page'];
const each = Object.entries(formats());
const quick = each.filter(([name]) => !SLOW.includes(name));
const all = [...each, ...quick, ...quick, ...quick];
const faults = [];
let tried = 0;
let rejected = 0;
const changes = fc.sample(fc.array(mutation, { minLength: 1, maxLength: 3 }), { numRuns: VARIANTS, seed: 42 });
for (const [i, change] of changes.entries()) {
  if (Date.now() > until) break;
  const [name, format] = all[i % all.length];
  const change1 = (text, one) => (one.kind === 'value' ? changedValue(text, one) : changedBytes(text, one));
  const variant = change.reduce(change1, format.seed);
  const fault = await faultOf(format, variant);
  // Restores the history, so that one variant does not affect the next.
  if (name === 'history' || name === 'contracts') copyFileSync(at('run/history.ndjson'), format.file);
  tried += 1;
  if (fault !== undefined) faults.push(`${name}, variant ${i}: ${fault}`);
  else rejected += 1;
}
rmSync(folder, { recursive: true });
log(
  `${tried} variants of ${each.length} formats, ${rejected} ended with a verdict or a message, ${faults.length} did not\n`,
);
for (const fault of faults.slice(0, 10)) log(`${fault.slice(0, 1500)}\n`);
log(`${rejected} passed, ${faults.length} failed\n`);
process.exit(faults.length > 0 || tried === 0 ? 1 : 0);
