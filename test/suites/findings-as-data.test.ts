import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/**
 * Folders that receive findings as data: only reporters/wording puts them into words, and no code parses the sentences.
 */
const READERS = ['reporters', 'verdicts', 'cli', 'page', 'suites'];

/** Names of variables with text about the target, and of the functions that make it. */
const NAMES =
  '(?:title|expected|observed|got|seen|hint|where|note|fix|statement|remark|mismatch(?:es)?|finding|reasons?)';
const MAKERS =
  '(?:tell|placeText|valueText|whoText|responseText|momentText|reasonText|reasonAdvice|remarkText|mismatchText|contractReasonText|stoppedText|verdictText|verdictLine|meaningOf|causeTitle|seenLine|whyText|findingsText|eventText)';
const READING =
  '(?:startsWith|endsWith|includes|indexOf|lastIndexOf|split|match|matchAll|search|replace|replaceAll|slice|substring)';

const READ_BACK = [
  // A property or a variable that contains a text: `finding.title.startsWith(`, `mismatches[0]?.includes(`.
  new RegExp(String.raw`\b${NAMES}(?:\??\.?\[\w+\])?(?:\?\?\s*'')?\??\.${READING}\(\s*['"\x60/]`, 'g'),
  // A text that was just made: `reasonText(reason).split(`.
  new RegExp(String.raw`\b${MAKERS}\([^()]*(?:\([^()]*\)[^()]*)*\)(?:\.\w+)?\??\.${READING}\(`, 'g'),
  // A regular expression applied to one: `/x/.test(title)`.
  new RegExp(String.raw`/[gimsuy]*\.(?:test|exec)\((?:\w+\.)*${NAMES}\b`, 'g'),
  new RegExp(String.raw`/[gimsuy]*\.(?:test|exec)\(${MAKERS}\(`, 'g'),
];

function found(text: string): string[] {
  return READ_BACK.flatMap((pattern) => [...text.matchAll(pattern)].map(([match]) => match));
}

/** Compares two values of messages character by character; it parses no sentence. */
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
])('parsing a text is found: %s', (code) => {
  expect(found(code)).not.toEqual([]);
});

test.each([
  `names.includes(name)`,
  `reasons.slice(0, 5)`,
  `findings.slice(0, MOST)`,
  `cause.contracts.includes(interaction)`,
  `text.replaceAll('&', '&amp;')`,
])('code that parses no text about the target is not reported: %s', (code) => {
  expect(found(code)).toEqual([]);
});

test.each(READERS)('no code parses a text about the target: %s', (folder) => {
  const read = sourcesUnder(folder).flatMap((file) =>
    found(readFileSync(join(ROOT, file), 'utf8')).map((match) => `${file}: ${match}`),
  );
  expect(read).toEqual([]);
});

test('outside the wording, no report uses the words of facts and requests', () => {
  const strays = READERS.flatMap(sourcesUnder)
    .filter((file) => !file.startsWith('reporters/wording/'))
    .filter((file) => /from '[^']*wording\/(?:facts|requests)'/.test(readFileSync(join(ROOT, file), 'utf8')));
  expect(strays).toEqual([]);
});
