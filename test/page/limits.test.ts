import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPage, drift, pageReadCommand, readPage } from '../../page';
import { UsageError } from '../../target/errors';
import { driftOf, fingerprints, markdown, sources } from './drifted';

/** Reads, checks and compares a page with appended text; returns the message of a refusal. */
function worked(appended: string): string {
  try {
    const page = readPage(`${markdown}\n${appended}\n`);
    checkPage(page);
    drift(page, fingerprints);
    return 'read';
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

const wrapped = (text: string, width: number, between: string): string =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(between);

/** Texts whose repetition once took quadratic time or worse. */
const PIECES: Record<string, string> = {
  dots: '.',
  'a directive without an end': '[!xa',
  includes: '[!INCLUDE [',
  'includes with targets': '[!INCLUDE [a](',
  emphasis: '*a_ ',
  tags: '<a ',
  brackets: '[',
  images: '![',
  backticks: '` ``',
  entities: '&a',
  anchors: '{#',
  comments: '<!-- ',
  'short sentences': 'Aa Bb. ',
  abbreviations: 'e.g. A',
  quotes: '> ',
  lists: '- ',
  spaces: 'a  ',
  containers: ':::zone ',
  'cells of HTML': '<td> ',
  'cells of HTML without an end': '<td ',
  'tables of HTML': '<table><td>',
  footnotes: '[^a]',
};

describe.each(Object.entries(PIECES))('many %s', (_name, piece) => {
  const text = piece.repeat(Math.floor(200_000 / piece.length));

  test('on one line are refused', () => {
    expect(worked(text)).toMatch(/line \d+ has \d+ characters; at most 20000 are read$/);
  });

  test.each([
    ['in one paragraph', wrapped(text, 10_000, '\n')],
    ['in many paragraphs', wrapped(text, 5000, '\n\n')],
    ['in a fence', `\`\`\`http\nPOST /x\n${wrapped(text, 15_000, '\n')}\n\`\`\``],
    ['in an annotation', `<!-- {${wrapped(text, 15_000, '\n')}} -->`],
    ['in JSON', `\`\`\`json\n{${wrapped(text, 15_000, '\n')}\n\`\`\``],
    ['in a table', `|a|\n|-|\n|${wrapped(text, 5000, '|\n|')}|`],
  ])('%s are processed to the end', (_place, appended) => {
    expect(worked(appended)).toMatch(/^read$|at most \d+ are read$/);
  });
});

describe('many other parts', () => {
  test.each([
    ['levels of quotes', Array.from({ length: 700 }, (_, i) => `${'> '.repeat(i % 300)}a`).join('\n')],
    ['levels of lists', Array.from({ length: 500 }, (_, i) => `${' '.repeat(i * 2)}- a`).join('\n')],
    ['fences without an end', '> ```\n'.repeat(15_000)],
    ['comments without an end', 'a\n<!--\n\n'.repeat(5000)],
    ['tables', 'a|b\n-|-\n\n'.repeat(6000)],
    ['tables of HTML without an end', '<table>\n\n'.repeat(9000)],
    ['tables of HTML within comments without an end', '<table><!--\n\n'.repeat(8000)],
    ['tables of HTML in lists', '- <table>\n  a\n'.repeat(6000)],
    ['elements around no table', '<div>\n'.repeat(9000)],
    ['texts of footnotes', '[^a]: a\n'.repeat(9000)],
    ['columns', `${'|a'.repeat(9000)}\n${'|-'.repeat(9000)}\n${'|a\n'.repeat(5000)}`],
    ['headings', '# a\n'.repeat(15_000)],
    ['sections', '### a b c\n'.repeat(9000)],
    ['requests', '```http\nPOST /a\n```\n'.repeat(280)],
    ['tabs', '# [a](#tab/a)\n'.repeat(9000)],
    ['includes', '[!INCLUDE [a](b.md)]\n\n'.repeat(7000)],
    ['values', `\`\`\`json\n[${'{"a":[1]},\n'.repeat(2400)}1]\n\`\`\``],
    [
      'participants',
      `\`\`\`http\nPOST /communications/calls/a/participants/invite\n\n{"participants":[${'{"identity":{"user":{"id":"a"}}},\n'.repeat(1500)}{}]}\n\`\`\`\n`,
    ],
  ])('%s', (_name, appended) => {
    expect(worked(appended)).toMatch(/^read$|at most \d+ are read$/);
  });

  test.each([
    ['lines', 'a\n'.repeat(20_001), 'it has 2'],
    ['messages', '```http\nPOST /a\n```\n'.repeat(301), 'more than 300 requests, responses and notifications'],
    ['values', `\`\`\`json\n[${'1,'.repeat(9000)}1]\n\`\`\`\n`.repeat(2), 'hold more than 10000 values'],
    ['characters', `${'a'.repeat(100)}\n\n`.repeat(3000), 'more than 300000 characters'],
  ])('too many %s are refused, and the limit is named', (_name, appended, why) => {
    expect(worked(appended)).toContain(why);
  });

  test('aliases in front matter do not enlarge a page', () => {
    const aliases = Array.from(
      { length: 30 },
      (_, i) => `a${i}: &a${i} [${`*a${i - 1}, `.repeat(i === 0 ? 0 : 9)}x]`,
    ).join('\n');
    expect(readPage(`---\n${aliases}\n---\n${markdown.replace(/^---[\s\S]*?\n---\n/, '')}`).unread).toEqual([
      expect.objectContaining({ what: 'front matter' }),
    ]);
  });
});

describe('pages written by other tools', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'page-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const file = (content: Buffer | string): string => {
    const name = join(folder, 'page.md');
    writeFileSync(name, content);
    return name;
  };

  test('UTF-16 and NUL characters are refused with a reason', async () => {
    const utf16 = Buffer.from(`\uFEFF${markdown}`, 'utf16le');
    await expect(pageReadCommand(file(utf16))).rejects.toThrow('UTF-16');
    await expect(pageReadCommand(file(markdown.replace('Namespace', 'Name\0space')))).rejects.toThrow('NUL');
  });

  test('an endless file is refused', async () => {
    await expect(pageReadCommand('/dev/zero')).rejects.toBeInstanceOf(UsageError);
  });

  /** Directives of the site's builder around and within the text. */
  const SAME: Record<string, (text: string) => string> = {
    'zones and monikers': (text) =>
      text
        .replace('Send a JSON object', '::: zone pivot="http"\nSend a JSON object')
        .replace('with these.\n', 'with these.\n::: zone-end\n')
        .replace('| Name | Description |', '::: moniker range=">=1"\n| Name | Description |')
        .replace(/(\| Content-type .*\n)/, '$1::: moniker-end\n'),
    'rows and columns': (text) =>
      text
        .replace('Asks people', ':::row:::\n  :::column span="":::\nAsks people')
        .replace('happens then.\n', 'happens then.\n  :::column-end:::\n:::row-end:::\n'),
    'without front matter': (text) => text.replace(/^---[\s\S]*?\n---\n/, ''),
    'tabs for spaces': (text) => text.replace(/^ {2}"/gm, '\t"'),
  };
  test.each(Object.entries(SAME))('%s are not drift', (_name, change) => {
    const changed = change(markdown);
    expect(changed).not.toBe(markdown);
    const { counts, uncovered, removed } = driftOf(changed);
    expect(counts.stands + counts.moved).toBe(sources.size);
    expect([uncovered, removed]).toEqual([[], []]);
  });

  test('an include right after a table is not a row of it', () => {
    const page = readPage(markdown.replace(/(\| Content-type .*\n)/, '$1[!INCLUDE [x](../includes/x.md)]\n'));
    expect(page.parts.filter(({ kind }) => kind === 'include')).toHaveLength(5);
    expect(page.parts.flatMap((part) => (part.kind === 'table' ? [part.rows.length] : []))).toEqual([3, 2, 2]);
  });
});

describe('JSON with a slip', () => {
  const body = (text: string): ReturnType<typeof readPage> =>
    readPage(`# Robot\n\n\`\`\`http\nPOST /a\n\n${text}\n\`\`\`\n`);

  test.each([
    ['a comma before }', '{\n  "a": 1,\n  "b": [1, 2],\n}', ['a comma before } on line 8']],
    ['a comma before ]', '{"a": 1, "b": [1, 2,]}', ['a comma before ] on line 6']],
    [
      'comments',
      '{\n  // one\n  "a": 1, /* two\n  lines */ "b": [1, 2]\n}',
      ['a comment on line 7', 'a comment on line 8'],
    ],
    [
      'a comma that is missing',
      '{\n  "a": 1\n  "b": [1 2]\n}',
      ['no comma before the value on line 8', 'no comma before the value on line 8'],
    ],
    ['two commas', '{"a": 1,, "b": [1, 2]}', ['a comma too many on line 6']],
    ['typographic quotation marks', '{“a”: 1, "b": [1, 2]}', ['other quotation marks than JSON has on line 6']],
    ['an ellipsis for members', '{"a": 1, "b": [1, 2], ...}', ['an ellipsis on line 6']],
    ['an ellipsis for items', '{"a": 1, "b": [1, ..., 2]}', ['an ellipsis on line 6']],
    ['an ellipsis that begins a list', '{"a": 1, "b": […, 1, 2]}', ['an ellipsis on line 6']],
    ['single quotation marks', `{'a': 1, "b": [1, 2]}`, ['other quotation marks than JSON has on line 6']],
  ])('%s is read, and reported', (_name, text, slips) => {
    const page = body(text);
    const shown = page.examples[0]?.request.body;
    expect(shown?.value).toEqual({ a: 1, b: [1, 2] });
    expect(shown?.members.map(({ path }) => path)).toEqual(['$', '$.a', '$.b', '$.b[0]', '$.b[1]']);
    expect(page.repaired.map(({ why }) => why)).toEqual(slips);
    expect(page.unread).toEqual([]);
    expect(checkPage(page).exitCode).toBe(0);
  });

  test('each value keeps its line', () => {
    const members = body('{\n  "a": 1, // one\n  "b": [1,\n 2,],\n}').examples[0]?.request.body?.members;
    expect(members?.map(({ line }) => line)).toEqual([6, 7, 8, 8, 9]);
  });

  test.each([
    ['marks within strings', '{"a": "1,}...", "b": "// no /* comment"}', { a: '1,}...', b: '// no /* comment' }],
    ['strict JSON', '[1, {"a": null}]', [1, { a: null }]],
  ])('%s are not slips', (_name, text, value) => {
    expect(body(text).examples[0]?.request.body?.value).toEqual(value);
    expect(body(text).repaired).toEqual([]);
  });

  test.each([['{ "a": ... }'], ['{ "a" 1 }'], ['{ "a": 1'], ['{ "a": "\n" }']])('%j stays unread', (text) => {
    expect(body(text).unread).toEqual([expect.objectContaining({ what: 'a body' })]);
  });
});
