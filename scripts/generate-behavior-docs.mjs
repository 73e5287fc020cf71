// Writes docs/behaviors/, a page per behaviour and the index, from the built package: the records, their facts, and the
// words of the reports. With --check it writes nothing, and exits 1 if a committed file is stale. Needs a build.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const DOCS = join(ROOT, 'docs', 'behaviors');
const COMMAND = 'npm run generate';
const SOURCES = 'https://github.com/invite-conformance/invite-conformance/blob/main';
const require = createRequire(import.meta.url);
const { AREA_NAMES, BEHAVIOR_IDS, areaOf, catalogOf, recordOf } = require('../dist/behaviors/catalog.js');
const { EDITION, EDITIONS } = require('../dist/behaviors/edition.js');
const { LEVELS } = require('../dist/behaviors/behavior.js');
const { originOf } = require('../dist/behaviors/source.js');
const { fixOf } = require('../dist/reporters/wording/finding-text.js');
const { scenariosOf } = require('../dist/suites/scenarios.js');
const { editionsOf } = require('../dist/reporters/explanation.js');

const { behaviors: BEHAVIORS } = catalogOf();

const EVIDENCE = {
  stated: 'the text or a table of the page states it',
  shown: 'only examples of the page show it',
  linked: 'a linked page or the published metadata states it',
};

/** Escapes text for Markdown. */
const prose = (text) =>
  text.replaceAll(/[\\`*_{}[\]<>|~]/g, (character) => `\\${character}`).replaceAll('@', '@<!-- -->');

/** The files of the facts, by fact id: each exports its facts as one object. */
function filesOfFacts() {
  const folder = join(ROOT, 'dist', 'behaviors', 'facts');
  const files = readdirSync(folder).filter((file) => file.endsWith('.js') && file !== 'index.js');
  const found = files.flatMap((file) =>
    Object.entries(require(join(folder, file)))
      .filter(([name]) => name.endsWith('Facts'))
      .flatMap(([, facts]) =>
        Object.keys(facts).map((fact) => [fact, `behaviors/facts/${file.replace('.js', '.ts')}`]),
      ),
  );
  return new Map([...found, ['response.operation-id-unique', 'behaviors/operation-ids.ts']]);
}

const FILES = filesOfFacts();

/** The package contains no sources, so the links lead to the repository. */
const link = (file) => `[${file}](${SOURCES}/${file})`;
const behaviorLinks = (ids) => ids.map((id) => `[${id}](${id}.md)`).join(', ');

/** The file of the record, and those of its facts. */
function judgedIn({ id, facts }) {
  const files = facts.map((fact) => {
    const file = FILES.get(fact);
    if (file === undefined) throw new Error(`${id}: no file of behaviors/facts exports the fact ${fact}`);
    return file;
  });
  return [...new Set([`behaviors/${areaOf(id)}.ts`, ...files])].map(link).join(', ');
}

/** The source: the lines of the page and the linked pages, with their addresses. */
function sourceOf({ page, linked }) {
  const where = page && (page.section ?? `line${page.lines.length > 1 ? 's' : ''} ${page.lines.join(', ')}`);
  const edition = page && `the page of ${page.edition}, ${where}`;
  return [
    ...(page ? [`[participant: invite](${page.url}), ${edition}`] : []),
    ...(linked ? [`[${prose(linked.name)}](${linked.url})`] : []),
  ].join('; ');
}

const attemptsOf = (id, edition) =>
  scenariosOf(edition).flatMap(({ name, attempts }) =>
    attempts.filter(({ tries }) => tries.includes(id)).map((attempt) => `${name}/${attempt.name}`),
  );

/** The number of attempts that a page names; `invite-conformance explain` names all. */
const MOST_NAMED = 12;

function triedBy(attempts) {
  const named = attempts.slice(0, MOST_NAMED).map((one) => `\`${one}\``);
  const more = attempts.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function section(title, lines) {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

/** What later editions say about a behaviour: its place there, and the difference. */
function editionRows(id) {
  const said = new Map(editionsOf(id).map(({ edition, says }) => [edition, says]));
  const { since = EDITIONS[0] } = recordOf(id);
  return EDITIONS.slice(EDITIONS.indexOf(since) + 1).flatMap((edition) => {
    const there = catalogOf(edition).behaviors.find((one) => one.id === id);
    const where = there ? sourceOf(originOf(there.source, edition)) : undefined;
    const text = [...(where === undefined ? [] : [where]), ...(said.has(edition) ? [prose(said.get(edition))] : [])];
    return [`| In ${edition} | ${text.join('; ')} |`];
  });
}

/** The first edition that has the behaviour. */
const firstOf = (id) => recordOf(id).since ?? EDITIONS[0];

function pageOf(behavior) {
  const { id, level, statement, source, facts, restsOn } = behavior;
  const first = firstOf(id);
  const { contradictions } = catalogOf(first);
  const attempts = attemptsOf(id, first);
  const chosen = first === EDITION ? '' : ` --edition ${first}`;
  const gates = LEVELS.slice(LEVELS.indexOf(level)).join(', ');
  const notes = contradictions.filter(({ behaviors }) => behaviors.includes(id));
  const fixes = [...new Set(facts.map((fact) => fixOf(fact, id)))];
  return [
    `<!-- Generated by \`${COMMAND}\`. Do not edit. -->`,
    `# ${id}`,
    '',
    `${prose(statement[0].toUpperCase() + statement.slice(1))}.`,
    '',
    '| | |',
    '| --- | --- |',
    `| Level | ${level}: ${EVIDENCE[level]} |`,
    `| Counts at gate | ${gates} |`,
    `| Source | ${sourceOf(originOf(source, first))} |`,
    ...(first === EDITIONS[0] ? [] : [`| New in | ${first} |`]),
    ...editionRows(id),
    ...(restsOn.length > 0 ? [`| Requires | ${behaviorLinks(restsOn)} |`] : []),
    `| Attempts | ${triedBy(attempts)} |`,
    `| Code | ${judgedIn(behavior)} |`,
    ...section(
      'If it fails',
      fixes.map((fix) => `- ${prose(fix)}`),
    ),
    ...section(
      'Contradictions of the page',
      notes.map(
        ({ contradiction, reading, lines }) =>
          `- ${prose(contradiction)} (line${lines.length > 1 ? 's' : ''} ${lines.join(', ')}).\n  **Interpretation:** ${prose(reading)}.`,
      ),
    ),
    ...section('Try it', [
      '```console',
      `npx invite-conformance run${chosen} --scenario ${attempts[0].split('/')[0]}`,
      '```',
    ]),
    '',
    '[All behaviours](README.md)',
    '',
  ].join('\n');
}

function indexOf() {
  const areas = AREA_NAMES.flatMap((area) => {
    const own = BEHAVIORS.filter(({ id }) => areaOf(id) === area);
    if (own.length === 0) return [];
    return [
      '',
      `## ${area}`,
      '',
      '| behaviour | level | what must hold |',
      '| --- | --- | --- |',
      ...own.map(({ id, level, statement }) => `| [${id}](${id}.md) | ${level} | ${prose(statement)} |`),
    ];
  });
  const counts = LEVELS.map((level) => `${BEHAVIORS.filter((one) => one.level === level).length} ${level}`).join(', ');
  return [
    `<!-- Generated by \`${COMMAND}\`. Do not edit. -->`,
    '# Behaviours',
    '',
    `The ${BEHAVIORS.length} behaviours that the documentation of \`participant: invite\` requires: ${counts}.`,
    '',
    ...LEVELS.map((level) => `- **${level}**: ${EVIDENCE[level]}`),
    ...areas,
    ...EDITIONS.slice(1).flatMap(differencesOf),
    '',
  ].join('\n');
}

/** What is new or different in an edition. */
function differencesOf(edition) {
  const { behaviors } = catalogOf(edition);
  const fresh = behaviors.filter(({ id }) => firstOf(id) === edition);
  const changed = BEHAVIOR_IDS.flatMap((id) => {
    const says = editionsOf(id).find((one) => one.edition === edition)?.says;
    return says === undefined || firstOf(id) === edition ? [] : [`| [${id}](${id}.md) | ${prose(says)} |`];
  });
  return [
    '',
    `## Edition of ${edition}`,
    '',
    `${behaviors.length} behaviours ([editions](../editions.md)). Changed:`,
    '',
    '| behaviour | difference |',
    '| --- | --- |',
    ...changed,
    '',
    'New:',
    '',
    '| behaviour | level | what must hold |',
    '| --- | --- | --- |',
    ...fresh.map(({ id, level, statement }) => `| [${id}](${id}.md) | ${level} | ${prose(statement)} |`),
  ];
}

/** All files of docs/behaviors: their text by name. */
function generate() {
  const all = BEHAVIOR_IDS.map((id) => catalogOf(firstOf(id)).behaviors.find((one) => one.id === id));
  const pages = all.map((behavior) => [`${behavior.id}.md`, pageOf(behavior)]);
  return new Map([...pages, ['README.md', indexOf()]]);
}

const wanted = generate();
const names = existsSync(DOCS) ? readdirSync(DOCS) : [];
const strangers = names.filter((file) => !wanted.has(file));
if (process.argv.includes('--check')) {
  const at = (file) => relative(ROOT, join(DOCS, file));
  const found = [
    ...[...wanted]
      .filter(([file, text]) => !names.includes(file) || readFileSync(join(DOCS, file), 'utf8') !== text)
      .map(([file]) => `${at(file)} ${names.includes(file) ? 'is stale' : 'is missing'}`),
    ...strangers.map((file) => `${at(file)} has no behaviour`),
  ];
  for (const line of found) console.error(line);
  if (found.length > 0) {
    console.error(`Regenerate the pages of the behaviours with: ${COMMAND}`);
    process.exitCode = 1;
  }
} else {
  mkdirSync(DOCS, { recursive: true });
  for (const file of strangers) rmSync(join(DOCS, file));
  for (const [file, text] of wanted) writeFileSync(join(DOCS, file), text);
}
