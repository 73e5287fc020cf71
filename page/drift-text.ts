import type { BehaviorDrift, DriftReport, PlaceDrift, Standing, Uncovered } from './drift';
import { plain } from '../reporters/plain';

const HEADLINES: Record<Standing, string> = {
  gone: 'Gone: the page no longer says it',
  changed: 'Changed: the page says something else there',
  moved: 'Moved: the same words stand elsewhere',
  stands: 'Stands',
};

const IN_ORDER: readonly Standing[] = ['gone', 'changed', 'moved', 'stands'];

/** In one line, how much has changed. */
export function summaryOf({ counts, samePage, title }: DriftReport): string {
  const { stands, moved, changed, gone, uncovered } = counts;
  const other = samePage ? '' : `; ${JSON.stringify(title)} is not the title of the page that was fingerprinted`;
  return `${stands} behaviours stand, ${moved} moved, ${changed} changed, ${gone} gone; ${uncovered} new and covered by none${other}`;
}

/** `line 50 → 53`, `line 50` */
function lineOf({ was, now }: { was: number; now?: number }): string {
  if (now === undefined) return `line ${was}, gone`;
  return was === now ? `line ${was}` : `line ${was} → ${now}`;
}

function saysOf({ standing, says }: PlaceDrift): string {
  return standing === 'changed' && says !== undefined ? `: ${shortened(says)}` : '';
}

function shortened(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function uncoveredLines({ line, lastLine, was }: Uncovered): string {
  const now = lastLine > line ? `lines ${line}-${lastLine}` : `line ${line}`;
  return was === undefined ? now : `line ${was} → ${line}`;
}

/** The report for people. */
export function driftText(report: DriftReport): string {
  const lines = [plain(report.title), summaryOf(report)];
  for (const standing of IN_ORDER) {
    const some = report.behaviors.filter((behavior) => behavior.standing === standing && isWorthTelling(behavior));
    if (some.length === 0) continue;
    lines.push('', HEADLINES[standing]);
    for (const { id, places, reordered } of some) {
      lines.push(`  ${id}${reordered ? ' (the order, which it comes from, is another)' : ''}`);
      for (const place of places) lines.push(`    ${place.kind}, ${lineOf(place)}${plain(saysOf(place))}`);
    }
  }
  if (report.uncovered.length > 0) {
    lines.push('', 'New, and covered by no behaviour');
    for (const one of report.uncovered) {
      lines.push(`  ${one.what}, ${uncoveredLines(one)}: ${plain(shortened(one.says))}`);
    }
  }
  if (report.removed.length > 0) {
    lines.push('', 'No more on the page, and no behaviour came from it');
    for (const { what, was } of report.removed) lines.push(`  ${what}, line ${was}`);
  }
  return `${lines.join('\n')}\n`;
}

/** What stands where it stood needs no line. */
function isWorthTelling({ standing, places }: BehaviorDrift): boolean {
  return standing !== 'stands' || places.some(({ was, now }) => was !== now);
}

/** The report for machines. */
export function driftJson(report: DriftReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Text of the page within Markdown: nothing in it is a mark, and no name in it calls anybody. */
function escaped(text: string): string {
  return plain(shortened(text))
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
    .replace(/@/g, '@\u200B');
}

/** The report as an issue's text. */
export function driftMarkdown(report: DriftReport): string {
  const lines = [`# Drift of the page ${escaped(report.title)}`, '', escaped(summaryOf(report))];
  for (const standing of IN_ORDER) {
    const some = report.behaviors.filter((behavior) => behavior.standing === standing);
    if (some.length === 0 || standing === 'stands') continue;
    lines.push('', `## ${HEADLINES[standing]}`, '', '| behaviour | level | place | was | is | says now |');
    lines.push('| --- | --- | --- | --- | --- | --- |');
    for (const { id, level = '', places, reordered } of some) {
      for (const { kind, was, now, standing: how, says } of places) {
        const words = reordered ? 'another order' : how === 'changed' ? escaped(says ?? '') : '';
        lines.push(`| \`${id}\` | ${level} | ${kind} | ${was} | ${now ?? 'gone'} | ${words} |`);
      }
    }
  }
  if (report.uncovered.length > 0) {
    lines.push(
      '',
      '## New, and covered by no behaviour',
      '',
      '| what | was | is | says |',
      '| --- | --- | --- | --- |',
    );
    for (const { what, line, lastLine, was, says } of report.uncovered) {
      lines.push(`| ${what} | ${was ?? ''} | ${lastLine > line ? `${line}-${lastLine}` : line} | ${escaped(says)} |`);
    }
  }
  if (report.removed.length > 0) {
    lines.push('', '## No more on the page, and no behaviour came from it', '');
    for (const { what, was } of report.removed) lines.push(`- ${what}, line ${was}`);
  }
  return `${lines.join('\n')}\n`;
}
