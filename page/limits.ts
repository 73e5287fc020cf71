import { UsageError } from '../target/errors';

/**
 * Size limits of a page: several times the longest page of the documentation. The time of some comparisons grows with
 * the square of a size, so longer pages are refused rather than processed for minutes.
 */
export const LIMITS = {
  /** Characters of the whole page. */
  characters: 300_000,
  /** Characters of a page as a browser shows it, which are mostly navigation. */
  html: 1_048_576,
  lines: 20_000,
  /** Characters of one line. */
  line: 20_000,
  /** Characters in one paragraph, heading or table cell: parsing emphasis and links takes quadratic time in each. */
  paragraph: 8_000,
  /** The sum of the squares of those lengths, which is proportional to the time to parse all of them. */
  paragraphs: 150_000_000,
  frontMatter: 20_000,
  /** Markdown tokens: openings, closings and texts of paragraphs, cells, list items and so on. */
  tokens: 200_000,
  /** Requests, responses and notifications. */
  messages: 300,
  /** Values in the JSON of all messages. */
  values: 10_000,
  /** Sentences, rows, values and other units, which are compared one by one. */
  units: 15_000,
} as const;

export const NO_PAGE = 'this is not a page about an API of Microsoft Graph';

/** @throws UsageError if a count exceeds its limit */
export function limited(count: number, limit: keyof typeof LIMITS, what: string): void {
  const most = LIMITS[limit];
  if (count > most) throw new UsageError(`${NO_PAGE}: ${what}; at most ${most} are read`);
}

/** @throws UsageError if a page exceeds the limits of characters, lines or, in Markdown, line length */
export function checkMeasures(source: string, format: 'markdown' | 'html'): void {
  const characters = format === 'html' ? 'html' : 'characters';
  limited(source.length, characters, `it has more than ${LIMITS[characters]} characters`);
  const lines = source.split(/\r\n?|\n/);
  limited(lines.length, 'lines', `it has ${lines.length} lines`);
  if (format === 'markdown') checkLineLengths(lines, 1);
}

/** @throws UsageError if a line exceeds the limit */
export function checkLineLengths(lines: readonly string[], firstLine: number): void {
  lines.forEach((line, i) => limited(line.length, 'line', `line ${firstLine + i} has ${line.length} characters`));
}
