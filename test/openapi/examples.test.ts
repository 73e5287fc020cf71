import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBehaviorId } from '../../behaviors/catalog';
import { checkPage, readPage } from '../../page';
import { madeUpPage } from '../page/made-up-page';
import { contents, description } from './description';

const KINDS = ['request', 'response', 'completion', 'roster'] as const;
const PLACES = {
  request: 'invite request',
  response: 'invite 200',
  completion: 'notifyCompletion request',
  roster: 'notifyRoster request',
};

/** The page's bodies that fail a behaviour, with the contradiction. Handwritten, to check the judges. */
const CONTRADICT = [
  ['example-1-roster', 'application-identity'],
  ['example-2-request', 'example-2-replaces'],
  ['example-2-response', 'example-2-replaces'],
  ['example-2-completion', 'example-2-operation-path'],
  ['example-2-roster', 'example-2-roster-path'],
  ['example-3-roster', 'example-3-roster-call'],
];

const bodies = [1, 2, 3, 4].flatMap((n) => KINDS.map((kind) => ({ n, kind, name: `example-${n}-${kind}` })));

const shown = new Map(contents(description()));

test.each(bodies)('$name is included as on the page, unless it contradicts a behaviour', ({ n, kind, name }) => {
  const file = join(__dirname, '..', 'fixtures', 'page', `${name}.json`);
  const body: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const found = shown.get(PLACES[kind])?.examples[`example-${n}`];
  expect(found?.value).toEqual(CONTRADICT.some(([one]) => one === name) ? undefined : body);
});

test('the omitted bodies are those that fail a behaviour', () => {
  // The page's bodies, with the Location that its prose promises.
  const page = readPage(
    madeUpPage({
      responseHeaders: () => ['Location: /communications/calls/c/operations/o'],
    }).markdown,
  );
  const messages = page.examples.flatMap(({ request, responses, notifications }, i) =>
    [request, ...responses, ...notifications].map((message, j) => ({ message, name: `example-${i + 1}-${KINDS[j]}` })),
  );
  expect(messages.map(({ name }) => name)).toEqual(bodies.map(({ name }) => name));
  const failing = checkPage(page)
    .findings.filter(({ rule }) => isBehaviorId(rule) && rule !== 'response.location-operation')
    .map(({ lines }) => messages.find(({ message }) => message.lines.last >= lines.first)?.name);
  // A request fails nothing by itself: the response to the second one fails because of its request.
  const answered = CONTRADICT.map(([name]) => name).filter((name) => name !== 'example-2-request');
  expect(new Set(failing)).toEqual(new Set(answered));
});

test('examples that are not from the page say so', () => {
  const others = [...shown.entries()]
    .filter(([place]) => place.startsWith('invite') || place.startsWith('notify'))
    .flatMap(([, { examples }]) => Object.entries(examples))
    .filter(([name]) => !name.startsWith('example-'));
  expect(others.length).toBeGreaterThan(8);
  for (const [, { summary }] of others) expect(summary).toMatch(/^Not on the page: /);
});
