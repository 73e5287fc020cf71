import { EDITION, type Edition } from './edition';
import type { Source } from './record';

const GRAPH = 'https://learn.microsoft.com/en-us/graph';

/** Where the page is read today. */
const PAGE_URL = `${GRAPH}/api/participant-invite`;

/** Where a behaviour comes from, for whoever reads a result: the page with its edition, lines and public address, and linked pages. */
export interface Origin {
  /** None where only a linked page says it. */
  page?: {
    name: 'participant-invite';
    edition: string;
    lines: number[];
    /** Where the lines are not known. */
    section?: string;
    url: string;
  };
  linked?: { name: string; url: string };
}

/** Pages that the documentation links to and behaviours come from; other names are those of resources. */
const LINKED: Record<string, string> = {
  errors: `${GRAPH}/errors`,
  'resolve-auth-errors': `${GRAPH}/resolve-auth-errors`,
  'call-delete': `${GRAPH}/api/call-delete`,
  'call-answer': `${GRAPH}/api/call-answer`,
  'call-api': `${GRAPH}/use-the-api`,
  metadata: 'https://graph.microsoft.com/v1.0/$metadata',
};

/** The public address of a linked page. @param name such as `errors`, `commsOperation, resultInfo`, `metadata, entity: …` */
function urlOf(name: string): string {
  const [first = ''] = name.split(', ');
  return LINKED[first] ?? (/^[A-Za-z]+$/.test(first) ? `${GRAPH}/api/resources/${first.toLowerCase()}` : PAGE_URL);
}

/** Where a behaviour comes from, with the addresses. @param edition of the page that its lines or its section are of */
export function originOf(source: Source, edition: Edition = EDITION): Origin {
  const lines = 'lines' in source ? [...source.lines] : [];
  const section = 'section' in source ? { section: source.section } : {};
  const page = { name: 'participant-invite' as const, edition, lines, ...section, url: PAGE_URL };
  const { linked } = source;
  return {
    ...('linked' in source && !('lines' in source || 'section' in source) ? {} : { page }),
    ...(linked === undefined ? {} : { linked: { name: linked, url: urlOf(linked) } }),
  };
}
