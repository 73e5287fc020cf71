import { checkPage, drift, fingerprintsOf, readPage } from '../../page';
import { UsageError } from '../../target/errors';
import { madeUpPage } from './made-up-page';
import { OTHER_PAGES } from './other-pages';

const { markdown, sources } = madeUpPage();
const lines = markdown.split('\n');
const page = readPage(markdown);

/** The number of the line that begins with a text, from 1. */
function lineOf(text: string, from = 0): number {
  return lines.findIndex((line, i) => i >= from && line.startsWith(text)) + 1;
}

describe('a page', () => {
  test('has its title and its front matter, and nothing unread', () => {
    expect(page.title).toBe('robot: call in');
    expect(page.frontMatter).toEqual({ title: 'robot: call in', doc_type: 'apiPageType' });
    expect(page.unread).toEqual([]);
  });

  test('shows how to call the API', () => {
    const path = '/communications/calls/{id}/participants/invite';
    const line = sources.get('request.route')?.[0];
    expect(page.parts.filter(({ kind }) => kind === 'signature')).toEqual([
      { kind: 'signature', method: 'POST', path, lines: { first: line, last: line } },
    ]);
  });

  test('has tables with the line of each row', () => {
    const tables = page.parts.filter((part) => part.kind === 'table');
    expect(tables.map(({ header }) => header.cells[0])).toEqual(['Permission type', 'Name', 'Parameter']);
    const [line] = sources.get('authorization.application-permission') ?? [];
    expect(tables[0]?.rows.at(-1)).toEqual({
      cells: ['Application', 'Calls.InitiateGroupCall.All'],
      lines: { first: line, last: line },
    });
  });

  test('has notes without their label, sentence by sentence', () => {
    const notes = page.parts.flatMap((part) =>
      part.kind === 'prose' && part.place === 'note' ? [part.sentences] : [],
    );
    expect(notes[2]?.map(({ text }) => text)).toEqual([
      'The call has to have a chat.',
      'Up to 5 people can be asked at once.',
    ]);
  });

  test('has examples of a request, a response and two notifications, in order', () => {
    expect(page.examples).toHaveLength(4);
    for (const [i, { heading, request, responses, notifications, lines: at }] of page.examples.entries()) {
      expect(heading).toMatch(new RegExp(`^Example ${i + 1}: `));
      expect(at.first).toBe(lineOf(`### ${heading}`));
      expect(request).toMatchObject({ role: 'request', method: 'POST' });
      expect(responses).toEqual([expect.objectContaining({ role: 'response', status: 200 })]);
      expect(notifications.map(({ role, method, path }) => [role, method, path])).toEqual([
        ['notification', 'POST', 'https://robot.example/hook'],
        ['notification', 'POST', 'https://robot.example/hook'],
      ]);
    }
  });

  test('has the headers and the JSON of a message, with the line of each value', () => {
    const [first] = page.examples;
    const response = first?.responses[0];
    expect(response?.headers).toEqual([
      { name: 'content-type', value: 'application/json', line: sources.get('response.json')?.[0] },
    ]);
    expect(response?.body?.members.find(({ path }) => path === '$.status')).toEqual({
      path: '$.status',
      value: '"Running"',
      line: sources.get('response.status-running')?.[0],
    });
    expect(response?.body?.value).toEqual(JSON.parse(response?.body?.text ?? ''));
  });

  test('lists included files, and does not mistake a tab for a heading', () => {
    expect(page.parts.filter(({ kind }) => kind === 'include')).toHaveLength(4);
    expect(page.parts.filter(({ kind }) => kind === 'tab')).toHaveLength(8);
    expect(page.parts.flatMap((part) => (part.kind === 'heading' && part.level === 1 ? [part.text] : []))).toEqual([
      page.title,
    ]);
  });

  test('keeps its line numbers with CRLF and a byte order mark', () => {
    const same = readPage(`\uFEFF${markdown.replaceAll('\n', '\r\n')}`);
    expect(same).toEqual(page);
  });
});

describe('another page of the family', () => {
  test.each(Object.entries(OTHER_PAGES))('%s is read, checked and compared', (_name, other) => {
    const read = readPage(other);
    expect(checkPage(read).judged).toEqual([]);
    expect(() => drift(read, fingerprintsOf(page, sources))).toThrow(
      /is another page than the one that was fingerprinted/,
    );
    expect(drift(read, fingerprintsOf(read, new Map())).exitCode).toBe(0);
  });

  const [list = '', deletion = '', subscription = ''] = Object.values(OTHER_PAGES);
  const unread = (text: string): string[] => readPage(text).unread.map(({ what, why }) => `${what}: ${why}`);

  test('a slip in an annotation and an ellipsis in a body are listed', () => {
    expect(unread(list)).toEqual([]);
    const [slip, ellipsis] = readPage(list).repaired;
    expect(`${ellipsis?.what}: ${ellipsis?.why}`).toMatch(/^a body: an ellipsis on line \d+$/);
    expect(`${slip?.what}: ${slip?.why}`).toMatch(/^an annotation: a comma before } on line \d+$/);
    expect(readPage(list).parts.filter(({ kind }) => kind === 'include')).toHaveLength(3);
    expect(readPage(list).parts.filter(({ kind }) => kind === 'signature')).toHaveLength(2);
  });

  test('a path on two lines is one path', () => {
    expect(readPage(list).examples[0]?.request.path).toBe(
      "https://graph.microsoft.com/v1.0/me/robots?$filter=startsWith(name, 'a')&$top=5",
    );
  });

  test('lines that are not headers and directives of the builder are listed; HTML is read', () => {
    expect(unread(deletion)).toEqual([
      'a line of HTTP: neither a header nor a body: this is no header',
      expect.stringMatching(/^a directive of the site's builder: :::image/),
    ]);
    expect(readPage(deletion).parts.at(-1)).toMatchObject({ sentences: [{ text: 'only seen in a browser' }] });
    expect(readPage(deletion).examples[0]?.responses[0]?.status).toBe(204);
  });

  test('bodies that are not JSON, code blocks that are not HTTP, and unclosed code blocks are listed', () => {
    expect(unread(subscription)).toEqual([
      'a body: not JSON: its members are not read',
      'a fence of HTTP: it begins neither with a request line nor with a status line',
      'a fence: it is not closed, so it contains the rest of the page',
    ]);
    const [works, fails] = readPage(subscription).examples;
    expect(works?.notifications).toHaveLength(1);
    expect(works?.request.body?.value).toEqual({ name: 'a' });
    expect(fails?.responses[0]?.status).toBe(400);
  });
});

describe('another file', () => {
  test.each([
    ['nothing', '', 'it is empty'],
    ['prose', 'Just some words.\n', 'no heading of level 1'],
    ['a page about something else', '# How to cook\n\nBoil water.\n', 'no request in an HTTP fence'],
    ['a page as a browser shows it', '<!DOCTYPE html>\n<html><body></body></html>\n', 'it is HTML'],
    ['JSON', '{"a": 1}', 'no heading of level 1'],
  ])('%s is refused with the reason', (_name, text, why) => {
    expect(() => readPage(text)).toThrow(UsageError);
    expect(() => readPage(text)).toThrow(why);
  });

  test('a text far longer than any page is refused', () => {
    expect(() => readPage(`${markdown}${'More words. '.repeat(50_000)}`)).toThrow('more than 300000 characters');
  });

  test('JSON far deeper than any example is listed as unread', () => {
    const deep = `# Deep\n\n\`\`\`http\nPOST /deep\n\n${'['.repeat(5000)}${']'.repeat(5000)}\n\`\`\`\n`;
    expect(readPage(deep).unread).toEqual([expect.objectContaining({ why: 'not JSON: nested more than 100 deep' })]);
  });
});
