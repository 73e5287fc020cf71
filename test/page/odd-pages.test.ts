import { readPage } from '../../page';
import { driftOf, markdown, replaced, sources } from './drifted';

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
