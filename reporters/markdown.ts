import type { Finding } from '../behaviors/behavior';
import { areaOf } from '../behaviors/catalog';
import type { LoadResult } from '../verdicts/meter';
import type { BehaviorResult, Result } from '../verdicts/result';
import type { Verdict } from '../verdicts/verdict';
import { clip, eventsText } from './finding';
import { docsUrl } from './links';
import { figures, loadText, TIMES } from './load';
import { plain } from './plain';
import { causesOf, contradictionsMet, sorted, sortedContracts } from './select';
import { contractCounts, many, meaningOf, WORDS } from './words';

/** The longest text of a finding that is shown, in characters: a step summary holds 1 MiB. */
const MOST_CHARACTERS = 600;
const VERDICTS = Object.keys(WORDS) as Verdict[];

const MARKS: Record<Verdict, string> = {
  passed: '✅',
  failed: '❌',
  waived: '🟡',
  untested: '❔',
  notApplicable: '➖',
  notSelected: '⬜',
};

/** Prose in which no character means anything to Markdown, HTML or GitHub; it never begins a line. */
function prose(text: string): string {
  return clip(plain(text), MOST_CHARACTERS)
    .replace(/[\\`*_{}[\]|~$:]/g, (character) => `\\${character}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[@#]|www(?=\.)/gi, (sign) => `${sign}<!-- -->`);
}

/** What came over the wire, as code: its fence is longer than any run of backticks in it. */
function code(text: string): string {
  const shown = clip(plain(text), MOST_CHARACTERS);
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = /^`|`$|^ .* $/.test(shown) || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Code within a table's cell, where a pipe ends the cell even in code. */
function codeCell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

/** The first finding in full; of the others, which mostly say the same of other attempts, where and what was seen. */
function findingLines([first, ...more]: readonly Finding[]): string[] {
  if (!first) return [];
  const { expected, seen, where, hint, events } = first;
  const numbers = eventsText(events);
  return [
    `  - **expected** ${code(expected)}  `,
    `    **seen** ${code(seen)}  `,
    `    **where** ${code(where)}${numbers && ` (${numbers})`}  `,
    `    **try** ${code(hint)}`,
    ...more.map((other) => `  - also ${code(other.where)}: ${code(other.seen)}`),
  ];
}

function behaviorLines(one: BehaviorResult): string[] {
  const { id, level, verdict, counted, statement, findings, waiver, waivedBy } = one;
  const notes = [level, ...(counted ? [] : ['not counted at this gate'])].join(', ');
  const waived = waiver
    ? [
        `  - **waived** by ${code(waiver.owner)} until the end of ${code(waiver.expires)}: ${code(waiver.reason)}${waivedBy ? `, as it waits for ${waivedBy.map(prose).join(', ')}` : ''}`,
      ]
    : [];
  return [
    `- ${MARKS[verdict]} **[${prose(id)}](${docsUrl(id)})** (${notes}): ${prose(statement)}`,
    ...waived,
    ...findingLines(findings),
  ];
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines];
}

/** Folded away, as it is long and of less interest. */
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
    `| area | ${VERDICTS.map((verdict) => WORDS[verdict]).join(' | ')} |`,
    `| --- | ${VERDICTS.map(() => '---:').join(' | ')} |`,
    ...rows,
  ];
}

/** A summary in GitHub's Markdown: the verdict, counts, failures first, and the contradictions met. */
export function markdownReport(result: Result): string {
  const { exitCode, summary, behaviors, contracts, gate, durationMs, suite, target, remarks } = result;
  const { failed, failedUncounted, waived, untested } = sorted(result);
  const mark = exitCode === 0 ? '✅' : exitCode === 1 ? '❌' : '⚠️';
  const lines = [
    `## ${mark} participant: invite: ${prose(meaningOf(result))}`,
    '',
    `${code(target)}, gate **${gate}**, exit code **${exitCode}**, ${(durationMs / 1000).toFixed(1)} s, ${suite.name} ${prose(suite.version)}`,
    '',
    `| ${VERDICTS.map((verdict) => `${MARKS[verdict]} ${WORDS[verdict]}`).join(' | ')} | all |`,
    `| ${VERDICTS.map(() => '---:').join(' | ')} | ---: |`,
    `| ${VERDICTS.map((verdict) => summary[verdict] ?? 0).join(' | ')} | ${behaviors.length} |`,
    ...(result.load ? loadTable(result.load) : []),
    ...section('Failed', failed.flatMap(behaviorLines)),
    ...section(
      'Contracts that failed',
      sortedContracts(result).failed.flatMap((one) => [
        `- ❌ ${code(one.interaction)}`,
        ...one.mismatches.map((mismatch) => `  - ${code(mismatch)}`),
      ]),
    ),
    ...section('Waived', [
      ...waived.flatMap(behaviorLines),
      ...sortedContracts(result).waived.map(
        (one) =>
          `- ${MARKS.waived} contract ${code(one.interaction)}, with ${(one.waivedBy ?? []).map(prose).join(', ')}`,
      ),
    ]),
    ...section('Failed, not counted at this gate', [
      ...failedUncounted.flatMap(behaviorLines),
      ...sortedContracts(result).failedUncounted.map((one) => `- ${MARKS.failed} contract ${code(one.interaction)}`),
    ]),
    ...section(
      'Untested',
      causesOf(untested).flatMap(({ seen, hint, behaviors: all }) => [
        `- ${MARKS.untested} ${code(seen)}  `,
        `  **try** ${code(hint)}  `,
        `  **leaves** ${all.map(({ id, counted }) => `${prose(id)}${counted ? '' : ' (not counted)'}`).join(', ')}`,
      ]),
    ),
    ...folded('Counts by area', [
      ...areaTable(behaviors),
      ...(contracts.length > 0 ? ['', `Contracts: ${contractCounts(contracts)}`] : []),
    ]),
    ...folded(
      many(remarks.length, 'remark'),
      remarks.map((remark) => `- ${code(remark)}`),
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
  return folded(`${many(met.length, 'contradiction')} of the page met`, [
    '| the page contradicts itself | the reading taken | decides |',
    '| --- | --- | --- |',
    ...met.map(
      ({ contradiction, reading, behaviors }) =>
        `| ${prose(contradiction)} | ${prose(reading)} | ${behaviors.map(codeCell).join(', ')} |`,
    ),
  ]);
}
