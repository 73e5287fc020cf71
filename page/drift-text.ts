import {
  DRIFT_STATUSES,
  type BehaviorDrift,
  type DriftReport,
  type PlaceDrift,
  type DriftStatus,
  type Uncovered,
} from './drift-report';
import { jsonText } from '../common/printable';
import { unreadLine } from './check-text';
import { plain } from '../reporters/plain';

const HEADLINES: Record<DriftStatus, string> = {
  gone: 'Gone: the page no longer says it',
  changed: 'Changed: the page says something else there',
  included: 'Moved out of the page into another file, which is not read',
  reworded: 'Reworded: other words, the same numbers, names, statuses, negations and modal verbs',
  moved: 'Moved: the same words on another line, or elsewhere on the page',
  stands: 'Stands',
};

const UNREAD = 'Could not be read on the page, and is not compared';
const IN_ORDER: readonly DriftStatus[] = DRIFT_STATUSES.toReversed();

/** A summary in a few lines: where the behaviours come from, and what changed; the numbers add up. */
function summaryOf({ counts, others, samePage, title }: DriftReport): string[] {
  const { stands, moved, reworded, included, changed, gone, uncovered, onPage, linked, notFingerprinted, total } =
    counts;
  const rest = [
    linked === 0 ? '' : `, ${linked} from linked pages, which are not compared`,
    notFingerprinted === 0 ? '' : `, ${notFingerprinted} not fingerprinted yet (${others.notFingerprinted.join(', ')})`,
  ];
  return [
    `${total} behaviours: ${onPage} come from this page${rest.join('')}.`,
    `Of the ${onPage}: ${stands} stand, ${moved} moved, ${reworded} reworded, ${included} moved out of the page into an include, ${changed} changed, ${gone} gone.`,
    `New and covered by no behaviour: ${uncovered}.`,
    ...(samePage ? [] : [`${JSON.stringify(title)} is not the title of the page that was fingerprinted.`]),
  ];
}

/** `line 50 → 53`, `line 50` */
function lineOf({ was, now, standing, says = '', elsewhere }: PlaceDrift): string {
  if (now === undefined) return `line ${was}, gone`;
  if (standing === 'included') return `line ${was}, moved out of the page into ${says} (included on line ${now})`;
  return `${was === now ? `line ${was}` : `line ${was} → ${now}`}${elsewhere === true ? ', in another place' : ''}`;
}

/** Whether the current text is worth showing. */
function isOther(standing: DriftStatus): boolean {
  return standing === 'changed' || standing === 'reworded';
}

function saysOf({ standing, says }: PlaceDrift): string {
  return isOther(standing) && says !== undefined ? `: ${shortened(says)}` : '';
}

function shortened(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function uncoveredLines({ line, lastLine, was }: Uncovered): string {
  const now = lastLine > line ? `lines ${line}-${lastLine}` : `line ${line}`;
  return was === undefined ? now : `line ${was} → ${line}`;
}

/** Formats the report for the console. */
export function driftText(report: DriftReport): string {
  const lines = [plain(report.title), ...summaryOf(report).map(plain)];
  for (const standing of IN_ORDER) {
    const some = report.behaviors.filter((behavior) => behavior.standing === standing && isWorthTelling(behavior));
    if (some.length === 0) continue;
    lines.push('', HEADLINES[standing]);
    for (const { id, places, reordered } of some) {
      lines.push(`  ${id}${reordered ? ' (the order changed)' : ''}`);
      for (const place of places) lines.push(`    ${place.kind}, ${plain(`${lineOf(place)}${saysOf(place)}`)}`);
    }
  }
  if (report.uncovered.length > 0) {
    lines.push('', 'New, and covered by no behaviour');
    for (const one of report.uncovered) {
      lines.push(`  ${one.what}, ${uncoveredLines(one)}: ${plain(shortened(one.says))}`);
    }
  }
  if (report.reworded.length > 0) {
    lines.push('', 'Reworded, not the source of a behaviour');
    for (const one of report.reworded)
      lines.push(`  ${one.what}, ${uncoveredLines(one)}: ${plain(shortened(one.says))}`);
  }
  if (report.removed.length > 0) {
    lines.push('', 'Removed, not the source of a behaviour');
    for (const one of report.removed) lines.push(`  ${plain(removedLine(one))}`);
  }
  if (report.unread.length > 0) lines.push('', UNREAD, ...report.unread.map((one) => `  ${unreadLine(one)}`));
  const linked = Object.entries(report.others.linked);
  if (linked.length > 0) lines.push('', 'From linked pages, which are not compared');
  for (const [id, page] of linked) lines.push(`  ${id}: ${page}`);
  return `${lines.join('\n')}\n`;
}

function removedLine({ what, was, into }: DriftReport['removed'][number]): string {
  return `${what}, line ${was}${into === undefined ? '' : `: moved into ${into}`}`;
}

/** An unchanged behaviour on the same lines is not reported. */
function isWorthTelling({ standing, places }: BehaviorDrift): boolean {
  return standing !== 'stands' || places.some(({ was, now }) => was !== now);
}

/** Formats the report as JSON. */
export function driftJson(report: DriftReport): string {
  return `${jsonText(report, 2)}\n`;
}

/** Escapes text of the page for Markdown, and disables mentions. */
function escaped(text: string): string {
  return plain(shortened(text))
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
    .replace(/@/g, '@\u200B');
}

/** A table of new or reworded content. */
function uncoveredRows(headline: string, all: readonly Uncovered[]): string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ what, line, lastLine, was, says }) => {
    const now = lastLine > line ? `${line}-${lastLine}` : line;
    return `| ${what} | ${was ?? ''} | ${now} | ${escaped(says)} |`;
  });
  return ['', `## ${headline}`, '', '| what | was | is | says |', '| --- | --- | --- | --- |', ...rows];
}

/** Formats the report as an issue's text; its last line identifies the outcome. */
export function driftMarkdown(report: DriftReport): string {
  const lines = [`# Drift of the page ${escaped(report.title)}`, '', ...summaryOf(report).map(escaped)];
  for (const standing of IN_ORDER) {
    const some = report.behaviors.filter((behavior) => behavior.standing === standing);
    if (some.length === 0 || standing === 'stands') continue;
    lines.push('', `## ${HEADLINES[standing]}`, '', '| behaviour | level | place | was | is | says now |');
    lines.push('| --- | --- | --- | --- | --- | --- |');
    for (const { id, level = '', places, reordered } of some) {
      for (const { kind, was, now, standing: how, says = '' } of places) {
        const words = reordered
          ? 'another order'
          : how === 'included'
            ? `in ${escaped(says)}`
            : isOther(how)
              ? escaped(says)
              : '';
        lines.push(`| \`${id}\` | ${level} | ${kind} | ${was} | ${now ?? 'gone'} | ${words} |`);
      }
    }
  }
  lines.push(...uncoveredRows('New, and covered by no behaviour', report.uncovered));
  lines.push(...uncoveredRows('Reworded, not the source of a behaviour', report.reworded));
  if (report.removed.length > 0) {
    lines.push('', '## Removed, not the source of a behaviour', '');
    for (const one of report.removed) lines.push(`- ${escaped(removedLine(one))}`);
  }
  if (report.unread.length > 0)
    lines.push('', `## ${UNREAD}`, '', ...report.unread.map((one) => `- ${escaped(unreadLine(one))}`));
  const linked = Object.entries(report.others.linked).map(([id, page]) => `- \`${id}\`: ${escaped(page)}`);
  if (linked.length > 0) lines.push('', '## From linked pages, which are not compared', '', ...linked);
  return `${[...lines, '', `<!-- outcome ${report.outcome} -->`].join('\n')}\n`;
}
