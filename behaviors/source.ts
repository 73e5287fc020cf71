import type { Source } from './record';

/** The edition of the page that the catalogue was derived from: the date of its last change. */
export const EDITION = '2021-02-16';

const GRAPH = 'https://learn.microsoft.com/en-us/graph';

/** Where the page is read today. */
const PAGE_URL = `${GRAPH}/api/participant-invite`;

/** Where a behaviour comes from, for whoever reads a result: the page with its edition, lines and public address, and linked pages. */
export interface Origin {
  /** None where only a linked page says it. */
  page?: { name: 'participant-invite'; edition: string; lines: number[]; url: string };
  linked?: { name: string; url: string };
}

/** Pages that the documentation links to and behaviours come from; other names are those of resources. */
const LINKED: Record<string, string> = {
  errors: `${GRAPH}/errors`,
  'resolve-auth-errors': `${GRAPH}/resolve-auth-errors`,
  'call-delete': `${GRAPH}/api/call-delete`,
  'call-api': `${GRAPH}/use-the-api`,
  metadata: 'https://graph.microsoft.com/v1.0/$metadata',
};

/** The public address of a linked page. @param name such as `errors`, `commsOperation, resultInfo`, `metadata, entity: …` */
function urlOf(name: string): string {
  const [first = ''] = name.split(', ');
  return LINKED[first] ?? (/^[A-Za-z]+$/.test(first) ? `${GRAPH}/api/resources/${first.toLowerCase()}` : PAGE_URL);
}

/** Where a behaviour comes from, with the addresses. */
export function originOf(source: Source): Origin {
  const lines = 'lines' in source ? [...source.lines] : [];
  const page = { name: 'participant-invite' as const, edition: EDITION, lines, url: PAGE_URL };
  const { linked } = source;
  return {
    ...(lines.length > 0 ? { page } : {}),
    ...(linked === undefined ? {} : { linked: { name: linked, url: urlOf(linked) } }),
  };
}
