import { contradictions } from '../behaviors/contradictions';
import { inconsistencies } from './consistency';
import { isInvitation } from './example-run';
import type { PageFinding } from './page-finding';
import { checkAgainstSchemas, type SchemaCheck } from './schema-checks';
import { judgedExample } from './judged-examples';
import type { Page, Unread } from './page';
import { proseFindings } from './prose-findings';

/** The result of checking a page's examples and tables. */
export interface PageReport {
  title: string;
  findings: PageFinding[];
  /** Every message, with the schemas that it was checked against, or the reason why it was not. */
  holdings: SchemaCheck[];
  /** Headings of the examples judged as invitations. */
  judged: string[];
  /** The catalogue's contradictions: found here, not found, or not detectable from the page alone. */
  contradictions: { found: string[]; notFound: string[]; needReader: string[] };
  unread: Unread[];
  /** Content that was read despite a mistake, such as JSON with an extra comma. */
  repaired: Unread[];
  /** 1 if there is a finding that is not a known contradiction. */
  exitCode: 0 | 1;
}

/** Contradictions between the page and other sources; only a person can find them. */
const NEED_READER: ReadonlySet<string> = new Set(['roster-extent']);

/**
 * Checks a page's examples against the schemas, invitations also against the judges as if they were recorded runs, and
 * the examples against each other and against their descriptions.
 */
export function checkPage(page: Page): PageReport {
  const judged = page.examples.filter(isInvitation);
  const findings = judged.flatMap(judgedExample);
  const holdings: SchemaCheck[] = [];
  for (const example of page.examples) {
    const invitation = judged.includes(example);
    for (const message of [example.request, ...example.responses, ...example.notifications]) {
      const { findings: broken, holding } = checkAgainstSchemas(message, invitation && message.role === 'request');
      holdings.push(holding);
      // Judges take precedence over schemas for the same line.
      const news = broken.filter(({ lines }) => !findings.some((one) => one.lines.first === lines.first));
      findings.push(...news.map((finding) => ({ ...finding, example: example.heading })));
    }
  }
  findings.push(...inconsistencies(page), ...proseFindings(page));
  const found = contradictions.map(({ id }) => id).filter((id) => findings.some((one) => one.contradiction === id));
  const rest = contradictions.map(({ id }) => id).filter((id) => !found.includes(id));
  return {
    title: page.title,
    findings: findings.toSorted((a, b) => a.lines.first - b.lines.first),
    holdings,
    judged: judged.map(({ heading }) => heading),
    contradictions: {
      found,
      notFound: rest.filter((id) => !NEED_READER.has(id)),
      needReader: rest.filter((id) => NEED_READER.has(id)),
    },
    unread: page.unread,
    repaired: page.repaired,
    exitCode: findings.every(({ contradiction }) => contradiction !== undefined) ? 0 : 1,
  };
}
