import * as fc from 'fast-check';
import { drift, fingerprintsOf, readPage } from '../../page';
import { madeUpPage } from './made-up-page';
import { propertyRuns } from '../support/property-runs';

/** Words that docs/page.md does not count, and words of the kinds that it does. */
const PLAIN = ['people', 'robot', 'quietly', 'whoever', 'answer', 'inside', 'words', 'telling', 'harbour', 'gently'];
const COUNTING = [
  'must',
  'not',
  'only',
  'never',
  '5',
  'three',
  'several',
  'chatInfo',
  '`word`',
  '`404`',
  'required',
  'group',
  'before',
];

const { markdown, sources } = madeUpPage();
const ANCHOR = 'See how it is done.';

/** Returns what happened to a sentence added to the page when it changes. */
function becomes(before: string, after: string): string {
  const old = fingerprintsOf(readPage(markdown.replace(ANCHOR, before)), sources);
  const report = drift(readPage(markdown.replace(ANCHOR, after)), old);
  expect(report.counts.stands + report.counts.moved).toBe(sources.size);
  if (report.uncovered.length > 0) return 'changed';
  return report.reworded.length > 0 ? 'reworded' : 'stands';
}

const sentence = (words: readonly string[]): string => `There ${words.join(' ')} here.`;
const plain = fc.constantFrom(...PLAIN);
const counting = fc.constantFrom(...COUNTING);
const RUNS = { numRuns: propertyRuns(15) };

test('replacing a plain word with another is a change of wording', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(plain, counting), { minLength: 4, maxLength: 10 }),
      fc.nat(),
      plain,
      (words, n, word) => {
        const at = n % (words.length + 1);
        const before = [...words.slice(0, at), 'something', ...words.slice(at)];
        const after = [...words.slice(0, at), word, ...words.slice(at)];
        expect(becomes(sentence(before), sentence(after))).toBe('reworded');
      },
    ),
    RUNS,
  );
});

test('adding, removing or replacing a word that counts is a change', () => {
  fc.assert(
    fc.property(
      fc.array(plain, { minLength: 5, maxLength: 10 }),
      fc.nat(),
      counting,
      fc.constantFrom('added', 'removed', 'replaced', 'another'),
      (words, n, word, how) => {
        const at = n % (words.length + 1);
        const holding = (...some: string[]): string => sentence([...words.slice(0, at), ...some, ...words.slice(at)]);
        const other = COUNTING[(COUNTING.indexOf(word) + 1) % COUNTING.length] ?? '';
        const [before, after] = {
          added: [holding(), holding(word)],
          removed: [holding(word), holding()],
          replaced: [holding(word), holding('something')],
          another: [holding(word), holding(other)],
        }[how];
        expect(becomes(before ?? '', after ?? '')).toBe('changed');
      },
    ),
    RUNS,
  );
});

test('added or removed empty lines move behaviours, and change none', () => {
  const old = fingerprintsOf(readPage(markdown), sources);
  const lines = markdown.split('\n');
  fc.assert(
    fc.property(fc.array(fc.nat(2), { minLength: 5, maxLength: 60 }), fc.nat(2), (counts, spaces) => {
      const page = lines
        .map((line, i) =>
          line === '' && i > 5 ? '\n'.repeat(counts[i % counts.length] ?? 0) : `${line}${' '.repeat(spaces)}`,
        )
        .join('\n');
      const { counts: found, uncovered, reworded, removed } = drift(readPage(page), old);
      expect(found.stands + found.moved).toBe(sources.size);
      expect([uncovered, reworded, removed]).toEqual([[], [], []]);
    }),
    RUNS,
  );
});
