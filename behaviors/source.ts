import { EDITION, type Edition } from './edition';
import type { Source } from './record';

const GRAPH = 'https://learn.microsoft.com/en-us/graph';

/** The page's current address. */
const PAGE_URL = `${GRAPH}/api/participant-invite`;

/** The source of a behaviour, for results: the page with its edition, lines and address, and linked pages. */
export interface Origin {
  /** Absent if only a linked page says it. */
  page?: {
    name: 'participant-invite';
    edition: string;
    lines: number[];
    /** Present if the lines are unknown. */
    section?: string;
    url: string;
  };
  linked?: { name: string; url: string };
}

/** Linked pages that behaviours come from; any other name is that of a resource. */
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

/** The source of a behaviour, with addresses. @param edition of its lines or section */
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
