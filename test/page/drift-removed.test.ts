import { drift, fingerprintsOf, readPage, type DriftReport } from '../../page';
import { madeUpPage } from './made-up-page';

const { markdown, sources } = madeUpPage();
const fingerprints = fingerprintsOf(readPage(markdown), sources);
const driftOf = (changed: string): DriftReport => drift(readPage(changed), fingerprints);

/** Replaces text that must occur. */
function replaced(from: string | RegExp, to: string): string {
  const changed = markdown.replace(from, to);
  if (changed === markdown) throw new Error(`the page has no ${String(from)}`);
  return changed;
}

describe('content that no behaviour comes from, and that is removed', () => {
  test.each<[string, RegExp, Partial<DriftReport['removed'][number]>[]]>([
    ['a parameter', /\| participants \| \[.*\n/, [{ what: 'a parameter', was: 40 }]],
    ['a sentence', / See \[operations\].*(?=\n)/, [{ what: 'a sentence', was: 10 }]],
    ['a paragraph of several sentences', /Asks people.*\n/, [{ what: 'a paragraph', was: 10 }]],
    ['a section', /## Request body[\s\S]*?(?=## Response)/, [{ what: 'a section', was: 35, wasLast: 41 }]],
    ['an example', /### Example 2[\s\S]*?(?=### Example 3)/, [{ what: 'a section' }]],
  ])('%s is told once', (_name, what, expected) => {
    const report = driftOf(replaced(what, ''));
    expect(report.removed).toEqual(expected.map((one) => expect.objectContaining(one) as unknown));
    expect(report.counts.removed).toBe(expected.length);
    expect(report.exitCode).toBe(report.counts.gone > 0 ? 1 : 3);
  });

  test('includes are told once for an example, and are no requirement', () => {
    const report = driftOf(replaced('[!INCLUDE [sample-code](../includes/made-up.md)]\n', ''));
    expect(report.removed).toEqual([expect.objectContaining({ what: 'an include' })]);
    expect([report.counts.removed, report.exitCode]).toEqual([0, 0]);
  });

  test('one removal in place of another is another outcome', () => {
    const [one, other] = [/ See \[operations\].*(?=\n)/, /You need one of these\.\n/].map(
      (what) => driftOf(replaced(what, '')).outcome,
    );
    expect(one).not.toBe(other);
  });
});
