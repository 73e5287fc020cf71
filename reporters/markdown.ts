import { areaOf } from '../behaviors/catalog';
import type { LoadResult } from '../verdicts/load-measurements';
import type { BehaviorResult, Result } from '../verdicts/result';
import type { Verdict } from '../verdicts/judged-behavior';
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
import { docsUrl } from './links';
import { figures, loadText, TIMES } from './load-text';
import { plain } from './plain';
import {
  contradictionsMet,
  sortedBehaviors,
  sortedContracts,
  reportedCauses,
  untestedWithoutCause,
  untestedContracts,
  type ReportedCause,
} from './result-groups';
import { remarkText } from './wording/reason-text';
import { contractCounts, countText, headline, VERDICT_WORDS } from './verdict-words';
import { contractLines } from './wording/contract-text';

/** The longest shown text of a finding, in characters: a step summary may have 1 MiB. */
const MOST_CHARACTERS = 600;
const VERDICTS = Object.keys(VERDICT_WORDS) as Verdict[];

const MARKS: Record<Verdict, string> = {
  passed: '✅',
  failed: '❌',
  waived: '🟡',
  untested: '❔',
  notApplicable: '➖',
  notSelected: '⬜',
};

/** Escapes text for Markdown, HTML and GitHub; the result must not begin a line. */
function prose(text: string): string {
  return clip(plain(text), MOST_CHARACTERS)
    .replace(/[\\`*_{}[\]|~$:]/g, (character) => `\\${character}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[@#]|www(?=\.)/gi, (sign) => `${sign}<!-- -->`);
}

/** Formats text of the target as code, with a fence that is longer than any run of backticks in it. */
function code(text: string): string {
  const shown = clip(plain(text), MOST_CHARACTERS);
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = /^`|`$|^ .* $/.test(shown) || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Formats code in a table cell, where a pipe ends the cell even in code. */
function codeCell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

/** Formats lines under a list item: each label, and the text as code. */
function labelled(lines: readonly Line[]): string[] {
  return lines.map(([label, text], i) => {
    const end = i < lines.length - 1 ? '  ' : '';
    return `  ${i === 0 ? '- ' : '  '}**${label}** ${code(text)}${end}`;
  });
}

/** A cause: the difference, the lines about it, its consequences, and a link to the explanation. */
function causeItem(one: ReportedCause, gate: string): string[] {
  const note = one.counted ? '' : ` (not counted at gate ${gate})`;
  const [first] = one.behaviors;
  const read = first ? ` [about ${prose(first.id)}](${docsUrl(first.id)})` : '';
  return [
    `- ${MARKS.failed} **${prose(causeTitle(one))}**${note}${read}`,
    ...labelled([...causeLines(one), ...causeFollows(one)]),
  ];
}

function waivedItem({ id, waiver, waivedBy }: BehaviorResult): string[] {
  const acceptance = waiver
    ? `: ${code(waiver.owner)} until the end of ${code(waiver.expires)}: ${code(waiver.reason)}${waivedBy ? `, because ${waivedBy.map(prose).join(', ')} failed` : ''}`
    : '';
  return [`- ${MARKS.waived} [${prose(id)}](${docsUrl(id)})${acceptance}`];
}

/** Untested behaviours that wait for no reported failure, one item per reason. */
function untestedItems(result: Result): string[] {
  return [
    ...untestedWithoutCause(result).flatMap((group) => {
      const advice = untestedAdvice(group);
      const lines: Line[] = [...(advice === undefined ? [] : [['fix', advice] satisfies Line])];
      return [
        `- ${MARKS.untested} ${code(untestedTitle(group))}`,
        ...labelled([...lines, ['not checked', untestedText(group)]]),
      ];
    }),
    ...untestedContracts(result).flatMap((group) => [
      `- ${MARKS.untested} ${code(group[0] ? contractLines(group[0]).join('; ') : '')}`,
      ...labelled([['not checked', contractsText(group)]]),
    ]),
  ];
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines];
}

/** Folds long content of less interest. */
function folded(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', `<details><summary>${title}</summary>`, '', ...lines, '', '</details>'];
}

function areaTable(behaviors: readonly BehaviorResult[]): string[] {
  const areas = [...new Set(behaviors.map(({ id }) => areaOf(id)))];
  const rows = areas.map((area) => {
    const own = behaviors.filter(({ id }) => areaOf(id) === area);
    const cells = VERDICTS.map((verdict) => own.filter((one) => one.verdict === verdict).length || '');
    return `| ${prose(area)} | ${cells.join(' | ')} |`;
  });
  return [
    `| area | ${VERDICTS.map((verdict) => VERDICT_WORDS[verdict]).join(' | ')} |`,
    `| --- | ${VERDICTS.map(() => '---:').join(' | ')} |`,
    ...rows,
  ];
}

/** Renders a summary in GitHub's Markdown: the verdict, counts, failures first, and the relevant contradictions. */
export function markdownReport(result: Result): string {
  const { exitCode, summary, behaviors, contracts, gate, durationMs, suite, target, remarks } = result;
  const { waived } = sortedBehaviors(result);
  const causes = reportedCauses(result);
  const counted = causes.filter((one) => one.counted);
  const uncounted = causes.filter((one) => !one.counted);
  const mark = exitCode === 0 ? '✅' : exitCode === 1 ? '❌' : '⚠️';
  const lines = [
    `## ${mark} participant: invite: ${prose(headline(result))}`,
    '',
    `${code(target)}, gate **${gate}**, exit code **${exitCode}**, ${(durationMs / 1000).toFixed(1)} s, ${suite.name} ${prose(suite.version)}`,
    '',
    `| ${VERDICTS.map((verdict) => `${MARKS[verdict]} ${VERDICT_WORDS[verdict]}`).join(' | ')} | all |`,
    `| ${VERDICTS.map(() => '---:').join(' | ')} | ---: |`,
    `| ${VERDICTS.map((verdict) => summary[verdict] ?? 0).join(' | ')} | ${behaviors.length} |`,
    ...(result.load ? loadTable(result.load) : []),
    ...section(
      'Failed',
      counted.flatMap((one) => causeItem(one, gate)),
    ),
    ...section(
      'Failed, not counted at this gate',
      uncounted.flatMap((one) => causeItem(one, gate)),
    ),
    ...section('Waived', [
      ...waived.flatMap(waivedItem),
      ...sortedContracts(result).waived.map(
        (one) =>
          `- ${MARKS.waived} contract ${code(one.interaction)}, with ${(one.waivedBy ?? []).map(prose).join(', ')}`,
      ),
    ]),
    ...section('Untested', untestedItems(result)),
    ...folded('Counts by area', [
      ...areaTable(behaviors),
      ...(contracts.length > 0 ? ['', `Contracts: ${contractCounts(contracts)}`] : []),
    ]),
    ...folded(
      countText(remarks.length, 'remark'),
      remarks.map((remark) => `- ${code(remarkText(remark))}`),
    ),
    ...contradictionLines(result),
  ];
  return `${lines.join('\n')}\n`;
}

function loadTable(load: LoadResult): string[] {
  const rows = TIMES.flatMap(([name, meaning]) => {
    const latency = load[name];
    return latency
      ? [
          `| ${name}: ${meaning} | ${figures(latency)
            .map(([, value]) => value)
            .join(' | ')} |`,
        ]
      : [];
  });
  return [
    '',
    `${loadText(load)}.`,
    '',
    '| time | p50 | p95 | p99 | max |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ];
}

function contradictionLines(result: Result): string[] {
  const met = contradictionsMet(result);
  if (met.length === 0) return [];
  return folded(`${countText(met.length, 'contradiction')} of the page met`, [
    '| contradiction on the page | reading | behaviours |',
    '| --- | --- | --- |',
    ...met.map(
      ({ contradiction, reading, behaviors }) =>
        `| ${prose(contradiction)} | ${prose(reading)} | ${behaviors.map(codeCell).join(', ')} |`,
    ),
  ]);
}
