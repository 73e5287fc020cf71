import { UsageError } from '../target/errors';
import { blocksOf } from './blocks';
import { htmlPageOf, isHtml } from './html-page';
import { checkMeasures, NO_PAGE } from './limits';
import type { Example, Heading, Message, Page, Part, Unread } from './page';
import { partsOf } from './parts';

/** Headings inside an example, which introduce a message and not the example. */
const ROLE = /^(?:request|response|notification|step)\b/i;

const SOURCE =
  'compare its Markdown source, which has a URL of the form https://raw.githubusercontent.com/microsoftgraph/microsoft-graph-docs-contrib/main/api-reference/v1.0/api/participant-invite.md';

/**
 * Parses a page of the API's documentation: its Markdown source, or the HTML that learn.microsoft.com serves.
 *
 * @returns all content in order and with lines; `unread` lists what could not be read
 * @throws UsageError if it is not a page about an API, or exceeds `LIMITS`
 */
export function readPage(source: string): Page {
  if (source.includes('\0')) throw new UsageError(`${NO_PAGE}: it is not text (it contains NUL characters)`);
  const format = isHtml(source) ? 'html' : 'markdown';
  checkMeasures(source, format);
  const { frontMatter, blocks, unread, repaired } = format === 'html' ? htmlPageOf(source) : blocksOf(source);
  const parts = partsOf(blocks, unread, repaired);
  const title = parts.find((part): part is Heading => part.kind === 'heading' && part.level === 1)?.text;
  const http = parts.some((part) => part.kind === 'signature' || (part.kind === 'message' && part.role !== 'json'));
  if (title === undefined || !http) throw new UsageError(refusal(source, title, format));
  const examples = examplesOf(parts, unread);
  const ordered = unread.toSorted((a, b) => a.lines.first - b.lines.first);
  return { title, format, frontMatter, parts, examples, unread: ordered, repaired };
}

function refusal(source: string, title: string | undefined, format: Page['format']): string {
  if (source.trim() === '') return `${NO_PAGE}: it is empty`;
  const lacking = title === undefined ? 'no heading of level 1' : 'no request in an HTTP fence';
  if (format === 'html') return `${NO_PAGE}: it is HTML with ${lacking}; ${SOURCE}`;
  return `${NO_PAGE}: it has ${lacking}`;
}

function examplesOf(parts: readonly Part[], unread: Unread[]): Example[] {
  const examples: Example[] = [];
  parts.forEach((part, at) => {
    if (part.kind !== 'message') return;
    const current = examples.at(-1);
    if (part.role === 'request') examples.push(exampleFrom(parts, at, part));
    else if (current && part.role === 'response') current.responses.push(part);
    else if (current && part.role === 'notification') current.notifications.push(part);
    else if (!current && part.role !== 'json') {
      unread.push({ lines: part.lines, what: `a ${part.role}`, why: 'no request precedes it' });
    }
  });
  return examples;
}

function exampleFrom(parts: readonly Part[], at: number, request: Message): Example {
  const start = headingBefore(parts, at);
  const heading = parts[start] as Heading | undefined;
  const rest = parts.slice(start === -1 ? at : start);
  const end = rest.findIndex(
    (part, i) => i > 0 && part.kind === 'heading' && !ROLE.test(part.text) && part.level <= (heading?.level ?? 6),
  );
  const own = end === -1 ? rest : rest.slice(0, end);
  const first = heading?.lines.first ?? request.lines.first;
  return {
    heading: heading?.text ?? '',
    lines: { first, last: own.reduce((last, part) => Math.max(last, part.lines.last), first) },
    request,
    responses: [],
    notifications: [],
    says: own.flatMap((part) => (part.kind === 'prose' ? part.sentences : [])),
  };
}

/** The heading of an example: one that begins with "Example", else the last that is not about a message. */
function headingBefore(parts: readonly Part[], at: number): number {
  let other = -1;
  for (let i = at - 1; i >= 0; i -= 1) {
    const part = parts[i];
    if (part?.kind !== 'heading') continue;
    if (/^examples?\b/i.test(part.text)) return i;
    if (other === -1 && !ROLE.test(part.text)) other = i;
    if (part.level <= 2) break;
  }
  return other;
}
