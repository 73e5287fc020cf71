import { stripVTControlCharacters, styleText } from 'node:util';
import { shellWord } from '../common/shell';
import { areaOf } from '../behaviors/catalog';
import type { BehaviorResult, Result } from '../verdicts/result';
import {
  causeFollows,
  causeLines,
  causeTitle,
  contractsText,
  clip,
  untestedAdvice,
  untestedText,
  untestedTitle,
  type Line,
} from './finding-lines';
import { figures, loadText, TIMES } from './load-text';
import { plain } from './plain';
import {
  groupedBy,
  sortedBehaviors,
  reportedCauses,
  behaviorsTried,
  untestedWithoutCause,
  untestedContracts,
  type ReportedCause,
} from './result-groups';
import { remarkText } from './wording/reason-text';
import { stoppedAdvice, stoppedText } from './wording/stopped-text';
import { scopeText } from './wording/verdict-line';
import { DEFAULTS } from '../schemas/options';
import { headline } from './verdict-words';
import { contractLines } from './wording/contract-text';

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** The files that are written besides a report. */
export interface ReportFiles {
  /** The folder of the run's history and result. */
  folder?: string;
  /** The files of other reports of the run. */
  files?: readonly string[];
}

/** The default folder of commands. */
const OWN_FOLDER = DEFAULTS.out;
/** The width of lists, and the longest text of one line, in characters. */
const WIDTH = 110;
const MOST_CHARACTERS = 600;
/** The labels of id lists, whose length is limited. */
const LISTS: ReadonlySet<string> = new Set(['failed', 'not checked']);
const MOST_OF_LISTS = 6000;

/** Formats a label in a column, followed by its escaped text. */
function labelledLine([label, text]: Line, paint: Paint, indent = 5, width = 10): string {
  return `${' '.repeat(indent)}${paint('dim', label.padEnd(width))}${plain(clip(text, LISTS.has(label) ? MOST_OF_LISTS : MOST_CHARACTERS))}`;
}

/** The number of visible characters, without colour escapes. */
function visible(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** Formats a list under a label, in lines of limited length, without splitting items. */
function listed(label: string, items: readonly string[], gap: string, paint: Paint): string[] {
  const width = label.length + 2;
  const rows: string[] = [];
  for (const item of items) {
    const last = rows.at(-1);
    if (last !== undefined && width + visible(last) + gap.length + visible(item) <= WIDTH) {
      rows[rows.length - 1] = `${last}${gap}${item}`;
    } else rows.push(item);
  }
  return rows.map((row, i) => `${i === 0 ? paint('dim', label) : ' '.repeat(label.length)}  ${row}`);
}

/** Formats one cause: its number and difference, the lines about it, and its consequences. */
function causeBlock(
  one: ReportedCause,
  number: number,
  { gate }: Result,
  { folder }: ReportFiles,
  paint: Paint,
): string[] {
  const mark = `${number}`.padEnd(3);
  const note = one.counted ? '' : paint('dim', ` (not counted at gate ${gate})`);
  const event = one.cause?.finding.of === undefined ? one.cause?.finding.at[0]?.event : undefined;
  const lines = causeLines(one).map((line) => {
    const shown = labelledLine(line, paint);
    const [label] = line;
    return label === 'at' && event !== undefined && folder !== undefined
      ? `${shown}${paint('dim', `   invite-conformance show ${event}${argument(folder)}`)}`
      : shown;
  });
  return [
    `${paint(one.counted ? 'red' : 'yellow', mark)}${paint('bold', plain(causeTitle(one)))}${note}`,
    ...lines,
    ...causeFollows(one).map((line) => labelledLine(line, paint, 3, 13)),
    '',
  ];
}

/** The folder of a run as a command's argument; empty for the default folder. */
function argument(folder: string): string {
  return folder === OWN_FOLDER ? '' : ` ${plain(shellWord(folder))}`;
}

/** Untested behaviours that wait for no reported failure, one block per reason. */
function untestedBlocks(result: Result, paint: Paint): string[] {
  const behaviors = untestedWithoutCause(result).flatMap((group) => {
    const advice = untestedAdvice(group);
    return [
      `${paint('yellow', 'untested')}  ${plain(untestedTitle(group))}`,
      ...(advice === undefined ? [] : [labelledLine(['fix', advice], paint, 3, 13)]),
      labelledLine(['not checked', untestedText(group)], paint, 3, 13),
    ];
  });
  const contracts = untestedContracts(result).flatMap((group) => [
    `${paint('yellow', 'untested')}  ${plain(group[0] ? contractLines(group[0]).join('; ') : '')}`,
    labelledLine(['not checked', contractsText(group)], paint, 3, 13),
  ]);
  const all = [...behaviors, ...contracts];
  return all.length > 0 ? [...all, ''] : [];
}

/** Waived behaviours, in one line; the other reports show the details. */
function waivedLines(result: Result, paint: Paint): string[] {
  const { waived } = sortedBehaviors(result);
  const names = waived.map(({ id, waiver }) => plain(waiver ? `${id} (${waiver.owner}, until ${waiver.expires})` : id));
  return names.length > 0 ? [...listed('waived', names, ', ', paint), ''] : [];
}

/** Remarks that affect the gate, such as a stale or expiring waiver; and for a load run, those about its figures. */
function remarkLines({ remarks, load }: Result): string[] {
  const deciding = remarks
    .filter(({ code }) => load !== undefined || (code !== 'recorded' && code !== 'notAsked'))
    .map(remarkText);
  return deciding.length > 0 ? [...deciding.map(plain), ''] : [];
}

/** Why the run stopped, before all its consequences. */
function stoppedLines({ stopped, exitCode }: Result, paint: Paint): string[] {
  if (!stopped) return [];
  const advice = labelledLine(['fix', stoppedAdvice(stopped)], paint, 3, 6);
  // If nothing had failed before, the headline says it.
  return exitCode === 4 ? [advice, ''] : [`${paint('red', 'STOPPED')}  ${plain(stoppedText(stopped))}`, advice, ''];
}

function areaText(name: string, passed: number, all: number, paint: Paint): string {
  const text = `${name} ${passed}/${all}`;
  return passed === all ? text : paint('yellow', text);
}

/** The number of passed behaviours per area, and of passed contracts, in one or two lines. */
function areaLines(result: Result, paint: Paint): string[] {
  const judged = behaviorsTried(result).filter(({ verdict }) => verdict !== 'notApplicable');
  const passed = (all: readonly BehaviorResult[]): number => all.filter(({ verdict }) => verdict === 'passed').length;
  const areas = groupedBy(judged, ({ id }) => areaOf(id)).map((all) =>
    areaText(areaOf(all[0]?.id ?? ''), passed(all), all.length, paint),
  );
  const contracts = result.contracts.filter(({ result: verdict }) => verdict !== 'notApplicable');
  const kept = contracts.filter(({ result: verdict }) => verdict === 'passed').length;
  const verified = contracts.length > 0 ? [areaText('contracts', kept, contracts.length, paint)] : [];
  return listed('areas', [...areas, ...verified], '  ', paint);
}

/** Where to find more, and how to waive a known failure. */
function moreLines(result: Result, { folder, files = [] }: ReportFiles, paint: Paint): string[] {
  const waivable = sortedBehaviors(result).failed.length > 0 && folder !== undefined;
  const more = [...files, ...(folder === undefined ? [] : [`${folder}/`])].map(plain);
  return [
    ...(waivable
      ? [`${paint('dim', 'waive')}  invite-conformance waivers add --from ${plain(shellWord(folder))}`]
      : []),
    ...(more.length > 0 ? [`${paint('dim', 'more')}   ${more.join(', ')}`] : []),
  ];
}

/**
 * Renders the console report: the verdict with its scope, each cause once, what could not be checked, the areas in one
 * or two lines, and where to find more.
 * @param colour whether the terminal shows colours
 * @param beside the other files of the run
 */
export function consoleReport(result: Result, colour: boolean, beside: ReportFiles = {}): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const verdict = paint(result.exitCode === 0 ? 'green' : 'red', headline(result));
  const exit = result.exitCode > 1 ? `. Exit ${result.exitCode}.` : '';
  const lines = [
    `${verdict}${exit}   ${paint('dim', `(${plain(scopeText(result))})`)}`,
    `      ${plain(result.target)}`,
    '',
    ...stoppedLines(result, paint),
    ...remarkLines(result),
    ...reportedCauses(result).flatMap((one, i) => causeBlock(one, i + 1, result, beside, paint)),
    ...untestedBlocks(result, paint),
    ...waivedLines(result, paint),
    ...areaLines(result, paint),
    ...(result.load ? loadLines(result.load) : []),
    ...moreLines(result, beside, paint),
  ];
  return `${lines.join('\n')}\n`;
}

/** The figures of a load run: one line about the invitations, and one for each measured time. */
function loadLines(load: NonNullable<Result['load']>): string[] {
  const times = TIMES.flatMap(([name]) => {
    const latency = load[name];
    if (!latency) return [];
    const values = figures(latency).map(([what, value]) => `${what} ${value.padEnd(9)}`);
    return [`       ${name.padEnd(11)} ${values.join(' ').trimEnd()}`];
  });
  return [`load   ${loadText(load)}`, ...times];
}
