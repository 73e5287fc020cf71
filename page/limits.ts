import { UsageError } from '../target/errors';

/**
 * What a page may measure: several times the longest page of the documentation. Comparing takes time by the square of some of
 * these, so that longer text is refused in place of being worked on for minutes.
 */
export const LIMITS = {
  /** Characters of the whole page. */
  characters: 300_000,
  lines: 20_000,
  /** Characters of one line. */
  line: 20_000,
  /** Characters of one paragraph, heading or table cell: reading emphasis and links is quadratic within one. */
  paragraph: 8_000,
  /** The squares of those lengths, added up: what reading all of them takes. */
  paragraphs: 150_000_000,
  frontMatter: 20_000,
  /** Openings, closings and texts of paragraphs, cells, list items and the like. */
  tokens: 200_000,
  /** Requests, responses and notifications. */
  messages: 300,
  /** Values within the JSON of all messages. */
  values: 10_000,
  /** Sentences, rows, values and the like, which are compared one by one. */
  units: 15_000,
} as const;

export const NO_PAGE = 'this is no page about an API of Microsoft Graph';

/** @throws UsageError where a count is over its limit */
export function limited(count: number, limit: keyof typeof LIMITS, what: string): void {
  const most = LIMITS[limit];
  if (count > most) throw new UsageError(`${NO_PAGE}: ${what}; at most ${most} are read`);
}

/** @throws UsageError where a page is longer than any page, in characters, lines or one line */
export function checkMeasures(markdown: string): void {
  limited(markdown.length, 'characters', `it has more than ${LIMITS.characters} characters`);
  const lines = markdown.split(/\r\n?|\n/);
  limited(lines.length, 'lines', `it has ${lines.length} lines`);
  lines.forEach((line, i) => limited(line.length, 'line', `line ${i + 1} has ${line.length} characters`));
}
