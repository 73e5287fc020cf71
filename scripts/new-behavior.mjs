// Writes the skeletons of a new behaviour: its record, fact, words, attempt, fault of the mock, and test. Places to
// fill in are FILL_IN(…), which does not compile: `npm run types` lists what is left.
//   npm run new-behavior -- <area>.<name>
// Works on the project in the current folder. Writes nothing if the id exists or a place is not found.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ID = /^([a-z]+)\.([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/;

/**
 * Areas whose behaviours have their own facts: the facts' file, the exported object, and the prerequisite of a fact.
 */
const FACTS = {
  response: { file: 'response', object: 'responseFacts', needs: 'accepted' },
  completion: { file: 'completion', object: 'completionFacts', needs: 'ended' },
  roster: { file: 'roster', object: 'rosterFacts', needs: 'roster' },
  ordering: { file: 'order', object: 'orderFacts', needs: 'ended' },
  notification: { file: 'notification', object: 'deliveryFacts' },
};

/** Areas whose behaviours every accepted invitation shows, with their list in suites/behavior-lists.ts. */
const TRIES = {
  response: 'RESPONSE_BEHAVIORS',
  completion: 'COMPLETION_BEHAVIORS',
  roster: 'ROSTER_BEHAVIORS',
  ordering: 'ORDER_BEHAVIORS',
  notification: 'NOTIFICATION_BEHAVIORS',
  refusal: 'REFUSAL_BEHAVIORS',
};

class Refused extends Error {}

/** `trace-id` → `traceId`, avoiding reserved words. */
function variableOf(name) {
  const camel = name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
  return /^(?:delete|new|default|in|with|class|null|void|return)$/.test(camel) ? `${camel}Fact` : camel;
}

/** Inserts lines before the end of a declaration. @param begins how the declaration begins @param ends its last line */
function within(text, begins, ends, lines, file) {
  const from = text.indexOf(begins);
  const at = from === -1 ? -1 : text.indexOf(`\n${ends}`, from);
  if (at === -1) throw new Refused(`${file}: no place for it was found: ${begins} … ${ends}`);
  return `${text.slice(0, at + 1)}${lines}${text.slice(at + 1)}`;
}

/** Adds an id to the list of a constant, on one line or on several. */
function listed(text, constant, id, file) {
  const from = text.search(new RegExp(`const ${constant}\\b[^;\\n]*= \\[`));
  const at = from === -1 ? -1 : text.indexOf('];', from);
  if (at === -1) throw new Refused(`${file}: no place for it was found: the list ${constant}`);
  const several = text[at - 1] === '\n';
  return `${text.slice(0, at)}${several ? `  '${id}',\n` : `, '${id}'`}${text.slice(at)}`;
}

/** Inserts lines before a declaration. */
function before(text, begins, lines, file) {
  const at = text.indexOf(begins);
  if (at === -1) throw new Refused(`${file}: no place for it was found: ${begins}`);
  return `${text.slice(0, at)}${lines}${text.slice(at)}`;
}

function recordOf(id, area) {
  const facts = FACTS[area] ? [] : [`    facts: FILL_IN('ACCEPTED_FACTS, REFUSED_FACTS, or the ids of facts'),`];
  return [
    `  '${id}': {`,
    `    level: FILL_IN("'stated', 'shown' or 'linked'"),`,
    `    statement: FILL_IN('what must hold, in your own words, without a full stop'),`,
    `    source: FILL_IN("{ lines: [lines of the page] }, { linked: 'the page that it links to' }, or both"),`,
    ...facts,
    '  },',
    '',
  ].join('\n');
}

function factOf({ needs }, variable) {
  const body = [
    `  if (FILL_IN('whether it holds', ${needs === undefined ? 'delivery' : 'invitation'})) return undefined;`,
    '  return {',
    `    expected: FILL_IN('a Value of ../finding'),`,
    `    observed: FILL_IN('memberOf(…), valueOf(…): what there is instead'),`,
    `    at: FILL_IN('[inResponse(…)], [inNotification(…)]: where it shows, the most telling place first'),`,
    '  };',
  ];
  return needs === undefined
    ? [`const ${variable}: DeliveryFact = (delivery) => {`, ...body, '};', '', ''].join('\n')
    : [`const ${variable} = fact(['${needs}'], (invitation) => {`, ...body, '});', '', ''].join('\n');
}

function wordsOf(id) {
  return [
    `  '${id}': {`,
    `    subject: FILL_IN('what it is about: a noun phrase that can begin a sentence'),`,
    `    fix: FILL_IN('what to fix, in one sentence'),`,
    '  },',
    '',
  ].join('\n');
}

function attemptOf(id, name) {
  return [
    '    {',
    `      name: '${name}',`,
    `      tries: ['${id}'],`,
    '      act: async (context) => {',
    '        const [call, invitees] = await Promise.all([context.groupCall(), context.users(1)]);',
    `        await context.inviteAndWait(call, { says: FILL_IN('what is particular about it'), invitees });`,
    '      },',
    '    },',
    '',
  ].join('\n');
}

function faultOf(id) {
  return [
    '  fault(',
    `    '${id}/FILL-IN',`,
    `    FILL_IN('what is wrong: 8 to 120 characters, without a full stop'),`,
    `    FILL_IN('hooks of ../hook-builders, such as onResponse((operation) => …)'),`,
    '  ),',
    '',
  ].join('\n');
}

function testOf(id, area) {
  const fact = FACTS[area] ? `'${id}'` : `FILL_IN('the fact')`;
  return [
    `  '${id}': {`,
    `    passes: { 'as documented': (run) => FILL_IN('a run that shows it', run) },`,
    '    fails: {',
    `      'in one way': [`,
    `        (run) => FILL_IN('a run in which it does not hold', run),`,
    `        { fact: ${fact}, path: FILL_IN('where'), observed: FILL_IN('what there is instead') },`,
    '      ],',
    '    },',
    '  },',
    '',
  ].join('\n');
}

/** The changes, by file. */
function changesFor(id, area, name) {
  const facts = FACTS[area];
  const tries = TRIES[area];
  const words = facts ? 'fact-words' : 'request-words';
  const variable = variableOf(name);
  return {
    [`behaviors/${area}.ts`]: (text, file) =>
      within(text, `export const ${area} = records({`, '});', recordOf(id, area), file),
    ...(facts && {
      [`behaviors/facts/${facts.file}.ts`]: (text, file) => {
        const object = `export const ${facts.object} = {`;
        const declared = before(text, object, factOf(facts, variable), file);
        return within(declared, object, '};', `  '${id}': ${variable},\n`, file);
      },
    }),
    [`reporters/wording/${words}.ts`]: (text, file) =>
      within(text, facts ? 'export const FACT_WORDS' : 'export const REQUESTS', '};', wordsOf(id), file),
    ...(tries
      ? {
          'suites/behavior-lists.ts': (text, file) => listed(text, tries, id, file),
        }
      : {
          [`suites/${area}.ts`]: (text, file) => within(text, '  attempts: [', '  ],', attemptOf(id, name), file),
        }),
    [`mock/faults/${area}.ts`]: (text, file) =>
      within(text, `export const ${area}Faults: readonly Fault[] = [`, '];', faultOf(id), file),
    [`test/behaviors/${area}.test.ts`]: (text, file) =>
      within(text, `testArea('${area}', {`, '});', testOf(id, area), file),
  };
}

function read(file) {
  const path = join(process.cwd(), file);
  if (!existsSync(path)) throw new Refused(`${file} is not here: run it in the project's folder`);
  return readFileSync(path, 'utf8');
}

function written(id) {
  const [, area, name] = ID.exec(id ?? '') ?? [];
  if (area === undefined) {
    throw new Refused(
      'name the behaviour as <area>.<name>, such as response.trace-id: npm run new-behavior -- <area>.<name>',
    );
  }
  if (
    !existsSync(join(process.cwd(), 'behaviors', `${area}.ts`)) ||
    !read(`behaviors/${area}.ts`).includes('records({')
  ) {
    throw new Refused(`no area ${area}: its file would be behaviors/${area}.ts; behaviors/catalog.ts names the areas`);
  }
  if (read(`behaviors/${area}.ts`).includes(`'${id}':`)) throw new Refused(`there is a behaviour ${id} already`);
  const changes = Object.entries(changesFor(id, area, name));
  return changes.map(([file, change]) => [file, change(read(file), file)]);
}

try {
  const [id] = process.argv.slice(2);
  const files = written(id);
  for (const [file, text] of files) writeFileSync(join(process.cwd(), file), text);
  const area = id.slice(0, id.indexOf('.'));
  console.log(
    [
      `Skeletons of ${id} are in:`,
      ...files.map(([file]) => `  ${file}`),
      'Next:',
      '  1. Fill in every FILL_IN(…): npm run types lists them. Move the record to its place in the order of the page.',
      `  2. Add its row to test/support/documented.ts, by hand: that list is the check on the records.`,
      '  3. npm run generate',
      `  4. npx jest test/behaviors/${area}.test.ts test/behaviors/catalog.test.ts test/mock/catalog.test.ts`,
      `  5. npm run kill-matrix -- ${id}, then npm run kill-matrix`,
      '',
    ].join('\n'),
  );
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
