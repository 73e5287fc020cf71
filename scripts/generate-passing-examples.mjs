// Writes reporters/passing-examples.json: for each behaviour, an attempt of a conforming run that passed, with the
// messages that the behaviour is about. With --check it writes nothing, and exits 1 if the committed file differs.
// Needs a build.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { format } from 'prettier';

const require = createRequire(import.meta.url);
const { catalogOf } = require('../dist/behaviors/catalog.js');
const { EDITIONS } = require('../dist/behaviors/edition.js');
const { parseHistory } = require('../dist/history/history-file.js');
const { reaches, runView } = require('../dist/history/run-view.js');

/** The file of a conforming run of an edition. */
const recordedOf = (edition) =>
  new URL(
    `../test/fixtures/histories/conforming${edition === EDITIONS[0] ? '' : `-${edition}`}.ndjson.gz`,
    import.meta.url,
  );
const FILE = fileURLToPath(new URL('../reporters/passing-examples.json', import.meta.url));
/** Headers that behaviours are about; the others depend on the machine. */
const HEADERS = ['authorization', 'content-type', 'location', 'retry-after'];
const TARGET = 'http://localhost:8080';

let history;
let run;
let origin;

/** Reads the run of an edition. */
function readRun(edition) {
  history = parseHistory(gunzipSync(readFileSync(recordedOf(edition))).toString(), `conforming, ${edition}`);
  run = runView(history);
  origin = new URL(history.header.target).origin;
}

/** The parts of an invitation that a fact is about: its response, or notifications. */
function partsOf(fact) {
  if (/^ordering\.response-first/.test(fact)) return ['answer', 'completion'];
  if (/^ordering\.completion-before-roster/.test(fact)) return ['completion', 'roster'];
  if (/^ordering\.replaced-call/.test(fact)) return ['completion', 'replaced'];
  if (/^(?:replace|ordering)\./.test(fact)) return ['replaced'];
  if (/^roster\.|ignored-stay-out/.test(fact)) return ['roster'];
  if (/^(?:completion|failure|notification)\.|carried-out/.test(fact)) return ['completion'];
  return /nobody-joins|no-operation/.test(fact) ? [] : ['answer'];
}

const cleaned = (text) => text.replaceAll(origin, TARGET).replaceAll('[redacted]', '…');

function message(from, startLine, { headers, body }, at) {
  let content = cleaned(body.content);
  try {
    content = JSON.parse(content);
  } catch {
    // Not JSON: stays text.
  }
  return {
    from,
    startLine: cleaned(startLine),
    headers: headers.filter(([name]) => HEADERS.includes(name)).map(([name, value]) => `${name}: ${cleaned(value)}`),
    ...(body.bytes === 0 ? {} : { body: content }),
    afterMs: Number(at.toFixed(1)),
  };
}

function delivered({ delivery }, from) {
  return message('target', `${delivery.method} /callback`, delivery, delivery.headersAt - from);
}

/** The messages of an invitation, by part, in order of arrival. */
function messagesOf({ record, exchange, endings, rosters }) {
  const { request, response } = exchange;
  const from = request.sentAt;
  const path = request.url.slice(history.header.target.length);
  const invited = new Set(record.invitees.map(({ id }) => id));
  const shows = ({ delivery }) => [...invited].some((id) => delivery.body.content.includes(id));
  const replaced = run.calls.find(({ key }) => key === record.replaces);
  return {
    request: [message('bot', `${request.method} ${path}`, request, 0)],
    answer: [message('target', `${response.status}`, response, response.headersAt - from)],
    completion: endings.slice(0, 1).map((one) => delivered(one, from)),
    roster: rosters
      .filter(shows)
      .slice(0, 1)
      .map((one) => delivered(one, from)),
    replaced: run.notifications
      .filter((one) => one.about === 'call' && replaced !== undefined && reaches(replaced, one))
      .map((one) => delivered(one, from)),
  };
}

/** The attempt that shows a behaviour best: for a behaviour about a refusal, a refused one. */
function passing({ id, facts, judge }) {
  const passed = judge(run).filter(({ verdict }) => verdict === 'passed');
  const found = passed.map(({ attempt }) =>
    run.invitations.find(({ record }) =>
      attempt.invitation === undefined
        ? record.scenario === attempt.scenario && record.attempt === attempt.name
        : record.key === attempt.invitation,
    ),
  );
  const refuses = facts.includes('invitation.refused');
  const best = found.find((one) => one && (!refuses || one.outcome === 'refused')) ?? found[0];
  if (!best) throw new Error(`no attempt of the recorded run passes ${id}`);
  return best;
}

const attempts = {};
const behaviors = {};

/** Adds an example of a behaviour. @param edition its edition, if it is not the first */
function add(behavior, edition = '') {
  const invitation = passing(behavior);
  const { key: own, says } = invitation.record;
  const key = edition === '' ? own : `${own} (${edition})`;
  const wanted =
    behavior.id === 'ordering.concurrent-invitations'
      ? ['answer', 'completion', 'roster']
      : behavior.facts.flatMap(partsOf);
  attempts[key] ??= { says, ...messagesOf(invitation) };
  const { says: _says, ...messages } = attempts[key];
  const there = Object.keys(messages).filter((part) => messages[part].length > 0);
  const parts = there.filter((part) => wanted.includes(part));
  // The notifications that did arrive show that the unwanted one did not.
  behaviors[behavior.id] = { attempt: key, parts: parts.length > 0 ? ['request', ...parts] : there };
}

for (const edition of EDITIONS) {
  readRun(edition);
  for (const behavior of catalogOf(edition).behaviors) {
    if (behaviors[behavior.id] === undefined) add(behavior, edition === EDITIONS[0] ? '' : edition);
  }
}
const used = new Set(
  Object.values(behaviors).flatMap(({ attempt, parts }) => parts.map((part) => `${attempt} ${part}`)),
);
const kept = Object.entries(attempts).map(([key, { says, ...parts }]) => [
  key,
  { says, ...Object.fromEntries(Object.entries(parts).filter(([part]) => used.has(`${key} ${part}`))) },
]);

const text = JSON.stringify({ behaviors, attempts: Object.fromEntries(kept) });
const wanted = await format(text, { parser: 'json', printWidth: 120 });
if (!process.argv.includes('--check')) writeFileSync(FILE, wanted);
else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== wanted) {
  console.error('reporters/passing-examples.json is stale; renew it with: npm run generate');
  process.exitCode = 1;
}
