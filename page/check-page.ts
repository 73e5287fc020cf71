import { contradictions } from '../behaviors/contradictions';
import { inconsistencies } from './consistency';
import { isInvitation } from './example-run';
import type { PageFinding } from './page-finding';
import { checkAgainstSchemas, type SchemaCheck } from './schema-checks';
import { judgedExample } from './judged-examples';
import type { Page, Unread } from './page';
import { proseFindings } from './prose-findings';

/** What a page breaks of its own rules. */
export interface PageReport {
  title: string;
  findings: PageFinding[];
  /** Every message, with the schemas that it was held against or why it was not. */
  holdings: SchemaCheck[];
  /** Headings of the examples that were judged as invitations. */
  judged: string[];
  /** The catalogue's contradictions: found here, not found, or such as no page shows by itself. */
  contradictions: { found: string[]; notFound: string[]; needReader: string[] };
  unread: Unread[];
  /** What was read in spite of a slip, such as JSON with a comma too many. */
  repaired: Unread[];
  /** 1 where something was found that the catalogue does not know. */
  exitCode: 0 | 1;
}

/** Contradictions between the page and what is known from elsewhere; only a reader sees them. */
const NEED_READER: ReadonlySet<string> = new Set(['roster-extent']);

/**
 * Holds a page's examples against the schemas and, where they show an invitation, against the judges, each as if it were
 * a recorded run; and the examples against one another and against what is said of them.
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
      // What a judge has found already is not found twice.
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
