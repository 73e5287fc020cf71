import { drift, readPage, updatedFingerprints, type DriftReport } from '../../page';
import { driftOf, fingerprints, markdown, replaced, sources } from './drifted';

const ids = (report: DriftReport, standing: string): string[] =>
  report.behaviors.filter((one) => one.standing === standing).map(({ id }) => id);

test("a footnote's mark is not a word, and its text is a sentence", () => {
  const marked = replaced('256 characters long.', '256 characters[^limit] long.[^2]');
  expect(driftOf(marked)).toMatchObject({ exitCode: 0, uncovered: [], removed: [] });
  const report = driftOf(`${marked}\n[^limit]: Required.\n[^2]: Some more\n    of it.\n`);
  expect(report.uncovered.map(({ says }) => says)).toEqual(['Required.', 'Some more of it.']);
  expect(report.exitCode).toBe(3);
});

test.each([
  ['without end', replaced('doc_type: apiPageType\n---\n', 'doc_type: apiPageType\n')],
  ['without end, on a page without another horizontal rule', replaced(/^---$/gm, '').replace(/^\n/, '---\n')],
])('front matter %s is refused with that reason', (_name, page) => {
  expect(() => readPage(page)).toThrow('its front matter, which begins on line 1, has no end (a line ---)');
});

test('a horizontal rule at the beginning of the page is not front matter', () => {
  expect(driftOf(replaced(/^---[\s\S]*?\n---\n/, '---\n')).exitCode).toBe(0);
});

test('a cell that is too long is refused with its own line', () => {
  const line = markdown.split('\n').findIndex((text) => text.includes('clientContext |')) + 1;
  expect(() => readPage(replaced('Words of yours', 'Words '.repeat(2000)))).toThrow(
    `a paragraph or cell on line ${line} has`,
  );
});

test.each([
  ['Windows line ends', markdown.replaceAll('\n', '\r\n')],
  ['tabs between the cells', markdown.replace(/^\| (.*) \|$/gm, (row) => row.replaceAll(' | ', '\t|\t'))],
  [
    'an include whose file is missing, beside others',
    replaced('[!INCLUDE [sample-code](../includes/made-up.md)]', '[!INCLUDE [sample-code](../includes/gone.md)]'),
  ],
])('%s: no behaviour drifts', (_name, changed) => {
  const { counts } = driftOf(changed);
  expect([counts.stands + counts.moved, counts.changed, counts.gone]).toEqual([sources.size, 0, 0]);
});

test('text that is struck out is gone', () => {
  for (const struck of ['~~$&~~', '<del>$&</del>', '<s>$&</s>']) {
    const report = driftOf(replaced(/Calls between two parties are left out here\./, struck));
    expect(ids(report, 'gone')).toEqual(['request.group-calls-only']);
  }
});

describe('columns of a table in another order', () => {
  const swapped = (table: string): string =>
    table.replace(/^\|(.*?)\|(.*?)\|(.*?)\|$/gm, (_, a: string, b: string, c: string) => `|${b}|${c}|${a}|`);
  const PARAMETERS = /\| Parameter \|[\s\S]*?long\. \|/;
  const reordered = markdown.replace(PARAMETERS, swapped);

  test('are no drift, also after an update', () => {
    expect(reordered).toContain('| String | Words of yours, at most 256 characters long. | clientContext |');
    expect(driftOf(reordered)).toMatchObject({ exitCode: 0, uncovered: [], removed: [], reworded: [] });
    const { fingerprints: anew } = updatedFingerprints(readPage(reordered), fingerprints, sources);
    for (const page of [markdown, reordered]) expect(drift(readPage(page), anew).exitCode).toBe(0);
  });

  test('hide no change', () => {
    const report = driftOf(reordered.replace('at most 256', 'at most 512'));
    expect(ids(report, 'changed')).toEqual(['request.client-context-at-limit', 'request.client-context-over-limit']);
    expect([report.counts.gone, report.uncovered]).toEqual([0, []]);
    expect(driftOf(reordered.replace('| Type |', '| Kind |')).exitCode).not.toBe(0);
  });
});

test('sample code in the tab of another language is no drift, its code or an include', () => {
  const code = '```csharp\nvar body = new Body();\n```\n\n> For details, see the SDK.\n';
  const report = driftOf(replaced('[!INCLUDE [sample-code](../includes/made-up.md)]', code));
  expect(report).toMatchObject({ exitCode: 0, uncovered: [] });
  expect(driftOf(replaced('# [C#](#tab/csharp)\n', `# [HTTP](#tab/http)\n\n${code}`)).exitCode).toBe(3);
});

describe('HTML within Markdown', () => {
  const NOTE = '> **Note:** Calls between two parties are left out here.\n';
  const BODY = /Its body is that \[operation\].*\n/;
  test.each<[string, string]>([
    [
      'a note',
      replaced(NOTE, '<blockquote>\n<b>Note:</b> Calls between two\nparties are left out here.\n</blockquote>\n'),
    ],
    [
      'a note with a class',
      replaced(NOTE, '<div class="NOTE">\n<p>Note</p>\n<p>Calls between two parties are left out here.</p></div>\n'),
    ],
    ['a paragraph', replaced(BODY, '<p>Its body is that <a href="x.md">operation</a>.</p>\n')],
    ['a heading', replaced('## Response\n', '<h2 id="response">Response</h2>\n\n')],
    ['a list', replaced(BODY, '<ul>\n<li>Its body is that operation.\n</ul>\n')],
    ['code', replaced(/```json\n([\s\S]*?)```/, '<pre><code class="language-json">\n$1</code></pre>')],
    [
      'an annotation and a script',
      replaced('## Response\n', '<script>\nalert("x")\n</script>\n<!-- { "a": 1 } -->\n\n## Response\n'),
    ],
  ])('%s is no drift', (_name, page) => {
    expect(driftOf(page)).toMatchObject({ exitCode: 0, uncovered: [], removed: [], reworded: [], unread: [] });
  });

  test('a change in it is told with its line', () => {
    const page = replaced(
      NOTE,
      '<blockquote>\n<b>Note:</b>\nCalls between three parties are left out here.\n</blockquote>\n',
    );
    const line = page.split('\n').findIndex((text) => text.startsWith('Calls between three')) + 1;
    const [note] = driftOf(page).behaviors.filter(({ id }) => id === 'request.group-calls-only');
    expect(note?.places).toEqual([expect.objectContaining({ standing: 'changed', now: line })]);
  });

  test.each([
    ['<iframe src="x"></iframe>', 'an element iframe: its content is not in this file'],
    ['<div><pre>POST /x', 'an element pre: it is not closed, so it contains the rest'],
  ])('%s is listed as not read', (html, expected) => {
    const { unread } = driftOf(replaced('## Response\n', `${html}\n\n## Response\n`));
    expect(unread.map(({ what, why }) => `${what}: ${why}`)).toEqual([expected]);
  });
});
