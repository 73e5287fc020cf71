import { driftMarkdown, driftText, readPage, type Page } from '../../page';
import { driftOf, markdown, sources } from './drifted';

const PIPES = /(?:^\|.*\n)+/gm;

/** The cells of a table written with pipes, as HTML. */
function cellsOf(pipes: string): string[][] {
  const rows = pipes.trimEnd().split('\n');
  return rows
    .filter((_, i) => i !== 1)
    .map((row) => row.replace(/^\||\|$/g, '').split('|'))
    .map((cells) => cells.map((cell) => cell.trim().replace(/\[(.*?)\]\((.*?)\)/g, '<a href="$2">$1</a>')));
}

/** Ways to write the same table in HTML. */
const FORMS: Record<string, (rows: string[][]) => string> = {
  'on one line': (rows) =>
    `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>\n`,
  'indented, with a head, a body and attributes': ([head = [], ...rows]) => {
    const cells = (name: string, row: string[]): string =>
      row.map((cell) => `\n        <${name} style="width: 10%">${cell}</${name}>`).join('');
    const body = rows.map((row) => `      <tr class="row">${cells('td', row)}\n      </tr>\n`).join('');
    return `<table aria-label="a table">\n    <thead>\n      <tr>${cells('th', head)}\n      </tr>\n    </thead>\n    <tbody>\n${body}    </tbody>\n</table>\n`;
  },
  'without end tags, in capitals': (rows) =>
    `<TABLE>\n${rows.map((row) => `<TR>${row.map((cell) => `<TD>${cell}`).join('\n')}\n`).join('')}</TABLE>\n`,
  'with empty lines, after which Markdown begins': (rows) => {
    const cells = (row: string[]): string => row.map((cell) => `<td>\n\n    ${cell}\n\n    </td>\n`).join('');
    return `<div>\n\n<table>\n\n${rows.map((row) => `<tr>\n${cells(row)}</tr>\n\n`).join('')}</table>\n\n</div>\n`;
  },
  'within another element, with comments and paragraphs': (rows) =>
    `<div class="wide">\n<table>\n<!-- <tr><td>once</td></tr>\n</table> -->\n${rows
      .map(
        (row) =>
          `<tr>${row.map((cell) => `<td><p>${cell.replace(/Needed/g, '<b>Needed</b>')}</p></td>`).join('')}</tr>\n`,
      )
      .join('')}</table>\n</div>\n`,
  'with entities': (rows) =>
    `<table>\n${rows
      .map(
        (row) =>
          `<tr>${row
            .map(
              (cell) =>
                `<td>${cell
                  .replace(/(?<=\w) (?=\w)(?![^<]*>)/g, '&nbsp;')
                  .replace(/256/g, '&#50;5&#x36;')
                  .replace(/\{/g, '&lcub;')}</td>`,
            )
            .join('')}</tr>\n`,
      )
      .join('')}</table>\n`,
};

describe.each(Object.entries(FORMS))('tables written in HTML, %s', (_name, form) => {
  const changed = markdown.replace(PIPES, (table) => form(cellsOf(table)));

  test('with the same cells are not drift, and are read completely', () => {
    expect(changed).not.toMatch(/^\|/m);
    const report = driftOf(changed);
    expect(report.counts.stands + report.counts.moved).toBe(sources.size);
    expect([report.uncovered, report.removed, report.reworded, report.unread]).toEqual([[], [], [], []]);
    expect(report.exitCode).toBe(0);
  });

  test('a changed cell is reported as a change', () => {
    const report = driftOf(changed.replace(/(at\s?(?:&nbsp;)?most(?:&nbsp;|\s)?)(?:256|&#50;5&#x36;)/, '$1512'));
    const ids = report.behaviors.filter(({ standing }) => standing === 'changed').map(({ id }) => id);
    expect(ids).toEqual(['request.client-context-at-limit', 'request.client-context-over-limit']);
    expect(driftText(report)).toContain('clientContext | String | Words of yours, at most 512 characters long.');
    expect([report.counts.gone, report.uncovered, report.exitCode]).toEqual([0, [], 1]);
  });
});

/** A page with one table. */
function pageWith(table: string): Page {
  return readPage(`# Robot\n\n\`\`\`http\nPOST /a\n\`\`\`\n\n${table}\n\nAfterwards.\n`);
}
const cells = (page: Page): string[][] =>
  page.parts.flatMap((part) => (part.kind === 'table' ? [part.header, ...part.rows].map((row) => row.cells) : []));

test('a row has its lines, and its code is marked as code', () => {
  const page = pageWith('<table>\n<tr>\n<th>Name</th>\n</tr>\n<tr><td>\n<code>a</code> or\n`b`</td></tr>\n</table>');
  const [table] = page.parts.filter((part) => part.kind === 'table');
  expect(table).toMatchObject({
    lines: { first: 7, last: 14 },
    header: { cells: ['Name'], lines: { first: 8, last: 9 } },
    rows: [{ cells: ['a or b'], code: ['a', 'b'], lines: { first: 11, last: 13 } }],
  });
});

test.each([
  ['HTML', '<ul><li>One</li><li>Two<ul><li>Three</li></ul></li></ul>'],
  ['breaks', 'One<br>Two<br/>Three'],
])('the items of a list within a cell, as %s, are separate words, also in a table with pipes', (_name, list) => {
  expect(cells(pageWith(`<table><tr><td>Name</td></tr><tr><td>${list}</td></tr></table>`))).toEqual([
    ['Name'],
    ['One Two Three'],
  ]);
  expect(cells(pageWith(`| Name |\n|--|\n| ${list} |`))).toEqual([['Name'], ['One Two Three']]);
});

test('a Markdown list within a cell is read without its marks', () => {
  const list = '\n\n- One\n- Two\n  1. Three\n\n';
  expect(cells(pageWith(`<table><tr><td>Name</td></tr><tr><td>${list}</td></tr></table>`))[1]).toEqual([
    'One Two Three',
  ]);
});

test('a table in a note or a list is read without the text that follows', () => {
  const note = '> <table>\n> <tr><td>a\n> b</td></tr>\n> </table>\n> More.';
  expect(cells(pageWith(`<table><tr><td>c</td></tr></table>\n\n${note}`))).toEqual([['c'], ['a b']]);
  const page = pageWith('- Item\n\n  <table>\n  <tr><td>a</td></tr>\n- Next\n\n<table><tr><td>b</td></tr></table>');
  expect(cells(page)).toEqual([['a'], ['b']]);
  expect(page.parts.flatMap((part) => (part.kind === 'prose' ? part.sentences.map(({ text }) => text) : []))).toEqual([
    'Item',
    'Next',
    'Afterwards.',
  ]);
});

test('a table that is commented out is not read', () => {
  expect(cells(pageWith('<!--\n<table><tr><td>a</td></tr></table>\n-->'))).toEqual([]);
  expect(cells(pageWith('<div>\n<!--\n<table><tr><td>a</td></tr></table>\n-->\n</div>'))).toEqual([]);
});

describe('a malformed table', () => {
  test.each<[string, string, string[][], string[]]>([
    [
      'that is never closed',
      '<table>\n<tr><td>a</td></tr>\n<tr><td>b',
      [['a'], ['b']],
      ['it is never closed, and so read up to the next empty line'],
    ],
    ['without cells', '<table>\n<tr></tr>\n</table>', [], ['it has no cells']],
    [
      'with text outside its cells',
      '<table><caption>All</caption>\n<tr>stray<td>a</td></tr>\n</table> more',
      [['a']],
      ['text outside its cells is not read: All stray more'],
    ],
    [
      'within another',
      '<table>\n<tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr>\n</table>',
      [['a b c', 'd']],
      ['a table within a cell is read as text of that cell'],
    ],
    [
      'whose cells span others',
      '<table><tr><td rowspan="2">a</td></tr></table>',
      [['a']],
      ['a cell that spans rows or columns is read once'],
    ],
    ['of cells without rows', '<table><td>a</td><td>b</td></table>', [['a', 'b']], []],
    [
      'with a truncated tag',
      '<table><tr><td',
      [],
      [
        'it is never closed, and so read up to the next empty line',
        'it has no cells',
        'text outside its cells is not read: <td',
      ],
    ],
  ])('%s is read as far as possible, and reported', (_name, table, expected, problems) => {
    const page = pageWith(table);
    expect(cells(page)).toEqual(expected);
    expect(page.unread.map(({ what, why }) => `${what}: ${why}`).toSorted()).toEqual(
      problems.map((why) => `an HTML table: ${why}`).toSorted(),
    );
  });

  test('is also reported by drift, and changes its outcome', () => {
    const broken = driftOf(markdown.replace('## Examples\n', '<table>\n<tr><td>a\n\n## Examples\n'));
    expect(driftText(broken)).toMatch(/Could not be read.*\n {2}lines \d+-\d+: an HTML table: it is never closed/);
    expect(driftMarkdown(broken)).toMatch(
      /## Could not be read.*\n\n- lines \d+-\d+: an HTML table: it is never closed/,
    );
    const closed = driftOf(markdown.replace('## Examples\n', '<table>\n<tr><td>a</table>\n\n## Examples\n'));
    expect(broken.outcome).not.toBe(closed.outcome);
  });

  test('that is never closed does not include the next table', () => {
    const page = pageWith('<table>\n<tr><td>a</td></tr>\n\n<table>\n\n<tr><td>b</td></tr>\n\n</table>');
    expect(cells(page)).toEqual([['a'], ['b']]);
    expect(page.unread).toEqual([expect.objectContaining({ lines: { first: 7, last: 8 } })]);
  });

  test('within a line of other HTML is read too', () => {
    const page = pageWith('<p>Text <table><tr><td>a</td></tr></table></p>');
    expect(cells(page)).toEqual([['a']]);
    expect(page.unread).toEqual([]);
  });
});
