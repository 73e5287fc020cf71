import { styleText } from 'node:util';
import { AREA_NAMES, areaOf } from '../behaviors/catalog';
import type { BehaviorResult, Result } from '../verdicts/result';
import type { Verdict } from '../verdicts/verdict';
import { plain } from './plain';

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

const WORDS: Record<Verdict, string> = {
  passed: 'passed',
  failed: 'failed',
  waived: 'waived',
  untested: 'untested',
  notApplicable: 'not applicable',
};

const MEANING: Record<number, string> = {
  0: 'it does what the documentation says',
  1: 'a counted behaviour failed, or a waiver is stale or expired',
  3: 'incomplete: a counted behaviour is untested, or nothing was judged',
  4: 'the surroundings are at fault: something could not be provisioned',
  130: 'interrupted: what was seen so far is kept',
};

function counts(behaviors: readonly BehaviorResult[]): [Verdict, number][] {
  return (Object.keys(WORDS) as Verdict[])
    .map((verdict): [Verdict, number] => [verdict, behaviors.filter((one) => one.verdict === verdict).length])
    .filter(([, count]) => count > 0);
}

function areaLine(area: string, behaviors: readonly BehaviorResult[], paint: Paint): string {
  const failed = behaviors.some(({ verdict }) => verdict === 'failed');
  const untested = behaviors.some(({ verdict }) => verdict === 'untested');
  const mark = failed ? paint('red', '✗') : untested ? paint('yellow', '?') : paint('green', '✓');
  const text = counts(behaviors)
    .map(([verdict, count]) => `${count} ${WORDS[verdict]}`)
    .join(', ');
  return `  ${mark} ${area.padEnd(14)} ${text}`;
}

function detail(one: BehaviorResult, paint: Paint): string[] {
  const word =
    one.verdict === 'failed'
      ? paint('red', 'FAILED  ')
      : one.verdict === 'waived'
        ? paint('yellow', 'WAIVED  ')
        : paint('yellow', 'UNTESTED');
  const note = one.counted ? '' : paint('dim', ' (not counted at this gate)');
  const head = `${word} ${paint('bold', one.id)} ${paint('dim', `[${one.level}]`)}${note}`;
  const [first, ...more] = one.findings;
  if (!first) return [head];
  const events = first.events.length > 0 ? `; events ${first.events.join(', ')}` : '';
  return [
    head,
    `  expected  ${plain(first.expected)}`,
    `  seen      ${plain(first.seen)}`,
    `  where     ${plain(first.where)}${events}`,
    `  try       ${plain(first.hint)}`,
    ...more.map((finding) => `  also      ${plain(finding.where)}: ${plain(finding.seen)}`),
  ];
}

/** An untested behaviour in one line; many of them have one cause. */
function untestedLines(behaviors: readonly BehaviorResult[], paint: Paint): string[] {
  const causes = new Map<string, { ids: string[]; hint: string }>();
  for (const one of behaviors) {
    const seen = (one.findings[0]?.seen ?? 'nothing in this run showed it').replace(/ \(exchange \d+\)/, '');
    const cause = causes.get(seen) ?? { ids: [], hint: one.findings[0]?.hint ?? '' };
    cause.ids.push(one.counted ? one.id : `${one.id} (not counted)`);
    causes.set(seen, cause);
  }
  return [...causes].flatMap(([seen, { ids, hint }]) => [
    `${paint('yellow', 'UNTESTED')} ${plain(seen)}`,
    `  try       ${plain(hint)}`,
    `  leaves    ${ids.join(', ')}`,
  ]);
}

function waiverEntry(one: BehaviorResult): string {
  return [
    `  - behavior: ${one.id}`,
    '    reason: why it is so, and what is done about it',
    '    owner: who answers for it',
    '    expires: 2000-01-01 # a date within reach',
  ].join('\n');
}

/**
 * The report for people: what failed first, then what could not be tried, counts an area, and the verdict.
 * @param colour whether the terminal shows colours
 */
export function consoleReport(result: Result, colour: boolean): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const failed = result.behaviors.filter(({ verdict }) => verdict === 'failed');
  const waived = result.behaviors.filter(({ verdict }) => verdict === 'waived');
  const untested = result.behaviors.filter(({ verdict }) => verdict === 'untested');
  const ordered = [...failed.filter(({ counted }) => counted), ...failed.filter(({ counted }) => !counted), ...waived];
  const contracts = result.contracts.filter((one) => one.result === 'failed');
  const lines = [
    ...ordered.flatMap((one) => [...detail(one, paint), '']),
    ...contracts.flatMap((one) => [
      `${paint('red', 'FAILED  ')} contract: ${plain(one.interaction)}`,
      ...one.mismatches.map((mismatch) => `  seen      ${plain(mismatch)}`),
      '',
    ]),
    ...(untested.length > 0 ? [...untestedLines(untested, paint), ''] : []),
    ...AREA_NAMES.map((area) =>
      areaLine(
        area,
        result.behaviors.filter(({ id }) => areaOf(id) === area),
        paint,
      ),
    ),
    ...(result.contracts.length > 0 ? [contractsLine(result, paint)] : []),
    '',
    ...(result.remarks.length > 0 ? [`${result.remarks.length} remark(s), see result.json`] : []),
    ...(failed.length > 0 && failed.length <= 3
      ? ['To waive a failure, add to a waivers file and name it with --waivers:', ...failed.map(waiverEntry)]
      : []),
    `${counts(result.behaviors)
      .map(([verdict, count]) => `${count} ${WORDS[verdict]}`)
      .join(
        ', ',
      )} of ${result.behaviors.length} behaviours; gate ${result.gate}; ${(result.durationMs / 1000).toFixed(1)} s`,
    `${plain(result.target)}: ${paint(result.exitCode === 0 ? 'green' : 'red', MEANING[result.exitCode] ?? 'internal fault')} (exit ${result.exitCode})`,
  ];
  return `${lines.join('\n')}\n`;
}

function contractsLine(result: Result, paint: Paint): string {
  const of = (verdict: string): number => result.contracts.filter((one) => one.result === verdict).length;
  const mark = of('failed') > 0 ? paint('red', '✗') : of('untested') > 0 ? paint('yellow', '?') : paint('green', '✓');
  const parts = ['passed', 'failed', 'untested']
    .filter((verdict) => of(verdict) > 0)
    .map((verdict) => `${of(verdict)} ${verdict}`);
  return `  ${mark} ${'contracts'.padEnd(14)} ${parts.join(', ')}`;
}
