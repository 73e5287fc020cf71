import type { DriftReport, DriftStatus, PlaceDrift, Removed, Uncovered } from './drift-report';
import { jsonText } from '../common/printable';
import { linesText, unreadLine } from './check-text';
import { plain } from '../reporters/plain';

const HEADLINES: Record<DriftStatus, string> = {
  gone: 'Gone: the page no longer says it',
  changed: 'Changed: the page says something else there',
  included: 'Moved out of the page into another file, which is not read',
  reworded: 'Reworded: other words, the same numbers, names, statuses, negations and modal verbs',
  moved: 'Moved: the same words on another line, or elsewhere on the page',
  stands: 'Stands',
};

/** A summary in a few lines: where the behaviours come from, and what changed; the numbers add up. */
function summaryOf({ counts, others, samePage, title, format }: DriftReport): string[] {
  const {
    stands,
    moved,
    reworded,
    included,
    changed,
    gone,
    uncovered,
    removed,
    onPage,
    linked,
    notFingerprinted,
    total,
  } = counts;
  const rest = [
    linked === 0 ? '' : `, ${linked} from linked pages, which are not compared`,
    notFingerprinted === 0 ? '' : `, ${notFingerprinted} not fingerprinted yet (${others.notFingerprinted.join(', ')})`,
  ];
  return [
    `${total} behaviours: ${onPage} come from this page${rest.join('')}.`,
    `Of the ${onPage}: ${stands} stand, ${moved} moved, ${reworded} reworded, ${included} moved out of the page into an include, ${changed} changed, ${gone} gone.`,
    `New and covered by no behaviour: ${uncovered}. Removed, not the source of a behaviour: ${removed}.`,
    ...(format === 'html' ? ['The lines of this page are those of its HTML.'] : []),
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

/** Long enough for a sentence or a row: the change may be at its end. */
const LONGEST = 400;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function uncoveredLines({ line, lastLine, was }: Uncovered): string {
  const now = lastLine > line ? `lines ${line}-${lastLine}` : `line ${line}`;
  return was === undefined ? now : `line ${was} → ${line}`;
}

function uncoveredLine(one: Uncovered): string {
  return `  ${one.what}, ${uncoveredLines(one)}: ${plain(shortened(one.says))}`;
}

function removedLine({ what, was, wasLast, into }: Removed): string {
  return `${what}, ${linesText({ first: was, last: wasLast ?? was })}${into === undefined ? '' : `: moved into ${into}`}`;
}

/** Behaviours that come from the same places, and so have one difference. */
interface Group {
  ids: string[];
  levels: Set<string>;
  places: readonly PlaceDrift[];
  reordered: boolean;
}

/** The behaviours of a status by the places that they come from. */
function groupsOf({ behaviors, format }: DriftReport, standing: DriftStatus): Group[] {
  const groups = new Map<string, Group>();
  for (const { id, level = '', places, reordered, standing: own } of behaviors) {
    // In HTML, every line differs from that of the Markdown source.
    const isShift = standing === 'moved' && format === 'html' && places.every(({ elsewhere }) => elsewhere !== true);
    if (own !== standing || isShift) continue;
    const key = JSON.stringify([reordered, places]);
    const group = groups.get(key) ?? { ids: [], levels: new Set(), places, reordered };
    group.ids.push(id);
    group.levels.add(level);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function groupText({ ids, places, reordered }: Group): string[] {
  return [
    `  ${ids.join(', ')}${reordered ? ' (the order changed)' : ''}`,
    ...places.map((place) => `    ${place.kind}, ${plain(`${lineOf(place)}${saysOf(place)}`)}`),
  ];
}

function groupRows({ ids, levels, places, reordered }: Group): string[] {
  return places.map(({ kind, was, now, standing, says = '' }) => {
    const words = isOther(standing) ? escaped(says) : standing === 'included' ? `in ${escaped(says)}` : '';
    const names = ids.map((id) => `\`${id}\``).join(', ');
    return `| ${names} | ${[...levels].join(', ')} | ${kind} | ${was} | ${now ?? 'gone'} | ${reordered ? 'another order' : words} |`;
  });
}

/** A part of a report, for the console and in Markdown. */
interface Chapter {
  headline: string;
  text: string[];
  markdown: string[];
}

function behaviorsChapter(report: DriftReport, standing: DriftStatus): Chapter {
  const groups = groupsOf(report, standing);
  const head = ['| behaviours | level | place | was | is | says now |', '| --- | --- | --- | --- | --- | --- |'];
  return {
    headline: HEADLINES[standing],
    text: groups.flatMap(groupText),
    markdown: groups.length === 0 ? [] : [...head, ...groups.flatMap(groupRows)],
  };
}

function uncoveredChapter(headline: string, all: readonly Uncovered[]): Chapter {
  const rows = all.map(({ what, line, lastLine, was, says }) => {
    const now = lastLine > line ? `${line}-${lastLine}` : line;
    return `| ${what} | ${was ?? ''} | ${now} | ${escaped(says)} |`;
  });
  const head = ['| what | was | is | says |', '| --- | --- | --- | --- |'];
  return { headline, text: all.map(uncoveredLine), markdown: rows.length === 0 ? [] : [...head, ...rows] };
}

function listChapter(headline: string, items: readonly string[]): Chapter {
  return {
    headline,
    text: items.map((item) => `  ${plain(item)}`),
    markdown: items.map((item) => `- ${escaped(item)}`),
  };
}

/** All parts of a report that have content: first what a person must decide, then what is only for information. */
function chaptersOf(report: DriftReport): Chapter[] {
  const linked = Object.entries(report.others.linked);
  return [
    behaviorsChapter(report, 'gone'),
    behaviorsChapter(report, 'changed'),
    uncoveredChapter('New, and covered by no behaviour', report.uncovered),
    listChapter(
      'Removed, not the source of a behaviour (lines of the fingerprinted page)',
      report.removed.map(removedLine),
    ),
    listChapter('Could not be read on the page, and is not compared', report.unread.map(unreadLine)),
    behaviorsChapter(report, 'included'),
    behaviorsChapter(report, 'reworded'),
    uncoveredChapter('Reworded, not the source of a behaviour', report.reworded),
    behaviorsChapter(report, 'moved'),
    {
      headline: 'From linked pages, which are not compared',
      text: linked.map(([id, page]) => `  ${id}: ${page}`),
      markdown: linked.map(([id, page]) => `- \`${id}\`: ${escaped(page)}`),
    },
  ].filter(({ text }) => text.length > 0);
}

/** What a person should do about the report; empty if nothing. */
function adviceOf({ counts, unread, exitCode, format }: DriftReport): string[] {
  if (exitCode === 0) return [];
  const steps = [
    counts.gone + counts.changed > 0 && unread.length > 0
      ? 'read what could not be read on the page, which may be why a behaviour is gone'
      : '',
    counts.gone + counts.changed > 0
      ? 'decide for each behaviour that is gone or changed whether its record is still right'
      : '',
    counts.uncovered + counts.removed > 0 ? 'decide for new and removed content whether it is a behaviour' : '',
    `then take ${format === 'html' ? 'its Markdown source' : 'the page'} over with --update (docs/page.md)`,
  ];
  return [`To do: ${steps.filter((step) => step !== '').join('; ')}.`];
}

/** Formats the report for the console. */
export function driftText(report: DriftReport): string {
  const lines = [report.title, ...summaryOf(report), ...adviceOf(report)].map(plain);
  for (const { headline, text } of chaptersOf(report)) lines.push('', headline, ...text);
  return `${lines.join('\n')}\n`;
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

/** Formats the report as an issue's text; its last line identifies the outcome. */
export function driftMarkdown(report: DriftReport): string {
  const lines = [`# Drift of the page ${escaped(report.title)}`, ''];
  lines.push(...[...summaryOf(report), ...adviceOf(report)].map(escaped));
  for (const { headline, markdown } of chaptersOf(report)) lines.push('', `## ${headline}`, '', ...markdown);
  return `${[...lines, '', `<!-- outcome ${report.outcome} -->`].join('\n')}\n`;
}
