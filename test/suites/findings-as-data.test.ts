import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** Folders that take findings as data: words are made of them in reporters/wording, and nothing reads a sentence back. */
const READERS = ['reporters', 'verdicts', 'cli', 'page', 'suites'];

/** What texts about the target are called, and what makes them. */
const NAMES =
  '(?:title|expected|observed|got|seen|hint|where|note|fix|statement|remark|mismatch(?:es)?|finding|reasons?)';
const MAKERS =
  '(?:tell|placeText|valueText|whoText|answerText|momentText|reasonText|reasonAdvice|remarkText|mismatchText|contractReasonText|stoppedText|verdictText|verdictLine|meaningOf|causeTitle|seenLine|whyText|findingsText|eventText)';
const READING =
  '(?:startsWith|endsWith|includes|indexOf|lastIndexOf|split|match|matchAll|search|replace|replaceAll|slice|substring)';

const READ_BACK = [
  // A member or a variable that holds a text: `finding.title.startsWith(`, `mismatches[0]?.includes(`.
  new RegExp(String.raw`\b${NAMES}(?:\??\.?\[\w+\])?(?:\?\?\s*'')?\??\.${READING}\(\s*['"\x60/]`, 'g'),
  // What was just put into words: `reasonText(reason).split(`.
  new RegExp(String.raw`\b${MAKERS}\([^()]*(?:\([^()]*\)[^()]*)*\)(?:\.\w+)?\??\.${READING}\(`, 'g'),
  // A regular expression held against one: `/x/.test(title)`.
  new RegExp(String.raw`/[gimsuy]*\.(?:test|exec)\((?:\w+\.)*${NAMES}\b`, 'g'),
  new RegExp(String.raw`/[gimsuy]*\.(?:test|exec)\(${MAKERS}\(`, 'g'),
];

function found(text: string): string[] {
  return READ_BACK.flatMap((pattern) => [...text.matchAll(pattern)].map(([match]) => match));
}

/** Compares two values of the wire, character by character: it takes no sentence. */
const COMPARING = 'reporters/wording/differences.ts';

function sourcesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => file !== COMPARING);
}

test.each([
  `findings.some(({ title }) => title.startsWith('x'))`,
  `if (one.seen?.includes('delivery')) return`,
  `mismatches[0]?.split(' ')`,
  `reasonText(reason).replace(/ \\(exchange \\d+\\)/, '')`,
  `tell(first, one.id).title.split(' ')`,
  `/^delivery (\\d+)/.exec(finding.observed)`,
  `/x/u.test(remarkText(remark))`,
])('a text that is read back would be found: %s', (code) => {
  expect(found(code)).not.toEqual([]);
});

test.each([
  `names.includes(name)`,
  `reasons.slice(0, 5)`,
  `findings.slice(0, MOST)`,
  `cause.contracts.includes(interaction)`,
  `text.replaceAll('&', '&amp;')`,
])('what reads no text about the target is left alone: %s', (code) => {
  expect(found(code)).toEqual([]);
});

test.each(READERS)('nothing reads a text about the target back: %s', (folder) => {
  const read = sourcesUnder(folder).flatMap((file) =>
    found(readFileSync(join(ROOT, file), 'utf8')).map((match) => `${file}: ${match}`),
  );
  expect(read).toEqual([]);
});

test('outside of the wording no report looks into the words of facts and requests', () => {
  const strays = READERS.flatMap(sourcesUnder)
    .filter((file) => !file.startsWith('reporters/wording/'))
    .filter((file) => /from '[^']*wording\/(?:facts|requests)'/.test(readFileSync(join(ROOT, file), 'utf8')));
  expect(strays).toEqual([]);
});
