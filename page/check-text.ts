import { contradictions } from '../behaviors/contradictions';
import { plain } from '../reporters/plain';
import type { PageFinding } from './page-finding';
import type { Lines, Page, Unread } from './page';
import type { PageReport } from './check-page';
import type { Part } from './page';

/** `line 50`, `lines 50-53` */
function linesText({ first, last }: Lines): string {
  return first === last ? `line ${first}` : `lines ${first}-${last}`;
}

/** `lines 50-53: a fence: it is never closed` */
export function unreadLine({ lines, what, why }: Unread): string {
  return `${linesText(lines)}: ${plain(`${what}: ${why}`)}`;
}

function unreadText(unread: readonly Unread[]): string[] {
  if (unread.length === 0) return ['', 'The whole page was read.'];
  return ['', 'Not read', ...unread.map((one) => `  ${unreadLine(one)}`)];
}

function repairedText(repaired: readonly Unread[]): string[] {
  if (repaired.length === 0) return [];
  return ['', 'Read despite mistakes', ...repaired.map((one) => `  ${unreadLine(one)}`)];
}

function findingText({ rule, lines, example, says, seen, expected }: PageFinding): string[] {
  const where = example === undefined || example === '' ? '' : `, ${example}`;
  return [
    `  ${rule}, ${linesText(lines)}${plain(where)}`,
    ...(says === undefined ? [] : [`    ${plain(says)}`]),
    `    expected  ${plain(expected)}`,
    `    seen      ${plain(seen)}`,
  ];
}

/** Formats a page's findings for the console. */
export function checkText(report: PageReport): string {
  const { findings, contradictions: known, judged, holdings } = report;
  const heldAgainst = holdings.filter(({ schemas }) => schemas.length > 0).length;
  const lines = [
    plain(report.title),
    `${judged.length} examples judged as invitations; ${heldAgainst} of ${holdings.length} messages checked against a schema; ${findings.length} findings`,
  ];
  const news = findings.filter(({ contradiction }) => contradiction === undefined);
  if (news.length > 0) lines.push('', 'Not among the known contradictions', ...news.flatMap(findingText));
  for (const { id, contradiction, reading } of contradictions) {
    const own = findings.filter((finding) => finding.contradiction === id);
    if (own.length > 0) lines.push('', `${id}: ${contradiction}`, `  reading: ${reading}`, ...own.flatMap(findingText));
  }
  const notHeld = holdings.filter(({ schemas }) => schemas.length === 0);
  if (notHeld.length > 0) lines.push('', 'Not checked against a schema');
  for (const { role, lines: at, why } of notHeld) lines.push(`  ${role}, ${linesText(at)}: ${why ?? ''}`);
  if (judged.length > 0) {
    if (known.notFound.length > 0) lines.push('', `Known contradictions not found here: ${known.notFound.join(', ')}`);
    lines.push('', `Only a person can find: ${known.needReader.join(', ')}`);
  }
  return `${[...lines, ...repairedText(report.repaired), ...unreadText(report.unread)].join('\n')}\n`;
}

/** Formats a parsed page for the console. */
export function readText(page: Page): string {
  const lines = [plain(page.title)];
  for (const part of page.parts) lines.push(`  ${linesText(part.lines).padEnd(14)} ${plain(partText(part))}`);
  lines.push('', `${page.examples.length} examples`);
  for (const { heading, lines: at, responses, notifications } of page.examples) {
    const follows = `${responses.length} responses, ${notifications.length} notifications`;
    lines.push(`  ${linesText(at).padEnd(14)} ${plain(heading)}: a request, ${follows}`);
  }
  return `${[...lines, ...repairedText(page.repaired), ...unreadText(page.unread)].join('\n')}\n`;
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function partText(part: Part): string {
  switch (part.kind) {
    case 'heading':
      return `${'#'.repeat(part.level)} ${part.text}`;
    case 'prose':
      return `${part.place}: ${shortened(part.sentences.map(({ text }) => text).join(' '))}`;
    case 'table':
      return `table (${part.header.cells.join(', ')}), ${part.rows.length} rows`;
    case 'annotation':
      return `annotation ${shortened(JSON.stringify(part.value))}`;
    case 'tab':
      return `tab ${part.text}`;
    case 'include':
      return `included from ${part.target}, which is not read`;
    case 'signature':
      return `${part.method} ${part.path}`;
    case 'code':
      return `code${part.language === '' ? '' : ` (${part.language})`}`;
    case 'message':
    default:
      return [part.role, part.method, part.path, part.status, bodyText(part)]
        .filter((one) => one !== undefined)
        .join(' ');
  }
}

function bodyText({ body }: Extract<Part, { kind: 'message' }>): string | undefined {
  if (!body) return undefined;
  return body.isJson ? `with JSON, ${body.members.length} values` : 'with a body that is not JSON';
}
