import { styleText } from 'node:util';
import { AREA_NAMES, areaOf } from '../behaviors/catalog';
import type { LoadResult } from '../verdicts/meter';
import { stoppedAdvice, stoppedText } from '../verdicts/stopped';
import type { BehaviorResult, ContractResult, Result } from '../verdicts/result';
import { figures, loadText, shareText, TIMES } from './load';
import { plain } from './plain';
import { causesOf, sorted, sortedContracts, triedIn } from './select';
import { waiverEntry } from './waiver-entry';
import { contractCounts, countsText, many, meaningOf } from './words';

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

function areaLine(area: string, behaviors: readonly BehaviorResult[], paint: Paint): string {
  const failed = behaviors.some(({ verdict }) => verdict === 'failed');
  const untested = behaviors.some(({ verdict }) => verdict === 'untested');
  const mark = failed ? paint('red', '✗') : untested ? paint('yellow', '?') : paint('green', '✓');
  return `  ${mark} ${area.padEnd(14)} ${countsText(behaviors)}`;
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
  const share = shareText(one);
  const events = first.events.length > 0 ? `; events ${first.events.join(', ')}` : '';
  return [
    head,
    ...(one.waivedBy ? [`  waived    with ${one.waivedBy.map(plain).join(', ')}, which it waits for`] : []),
    ...(share === undefined ? [] : [`  failed    ${share}`]),
    `  expected  ${plain(first.expected)}`,
    `  seen      ${plain(first.seen)}`,
    `  where     ${plain(first.where)}${events}`,
    `  try       ${plain(first.hint)}`,
    ...more.map((finding) => `  also      ${plain(finding.where)}: ${plain(finding.seen)}`),
  ];
}

/** An untested behaviour in one line; many of them have one cause. */
function untestedLines(behaviors: readonly BehaviorResult[], paint: Paint): string[] {
  return causesOf(behaviors).flatMap(({ seen, hint, behaviors: all }) => [
    `${paint('yellow', 'UNTESTED')} ${plain(seen)}`,
    `  try       ${plain(hint)}`,
    `  leaves    ${all.map(({ id, counted }) => (counted ? id : `${id} (not counted)`)).join(', ')}`,
  ]);
}

function mismatchLines({ mismatches }: ContractResult): string[] {
  return [...mismatches.map((mismatch) => `  seen      ${plain(mismatch)}`), ''];
}

/** Interactions that failed: those that close the gate, those that it does not count, and those that are waived. */
function failedContracts(result: Result, paint: Paint): string[] {
  const { failed, failedUncounted, waived } = sortedContracts(result);
  return [
    ...failed.flatMap((one) => [
      `${paint('red', 'FAILED  ')} contract: ${plain(one.interaction)}`,
      ...mismatchLines(one),
    ]),
    ...failedUncounted.flatMap((one) => [
      `${paint('yellow', 'NOT COUNTED')} contract: ${plain(one.interaction)} failed${one.pending ? ', which is pending' : ` for ${one.behaviors.map(plain).join(', ')}`}`,
      ...mismatchLines(one),
    ]),
    ...waived.flatMap((one) => [
      `${paint('yellow', 'WAIVED  ')} contract: ${plain(one.interaction)}, with ${(one.waivedBy ?? []).map(plain).join(', ')}`,
      ...mismatchLines(one),
    ]),
  ];
}

/** Interactions that could not be verified, a line a reason. */
function untestedContracts(result: Result, paint: Paint): string[] {
  const { untested } = sortedContracts(result);
  const reasonOf = ({ mismatches }: ContractResult): string => mismatches[0] ?? 'no reason was kept';
  return [...new Set(untested.map(reasonOf))].flatMap((reason) => [
    `${paint('yellow', 'UNTESTED')} contract: ${plain(reason)}`,
    ...untested.filter((one) => reasonOf(one) === reason).map(({ interaction }) => `  leaves    ${plain(interaction)}`),
  ]);
}

/**
 * What remarks say of waivers decides about the gate, and what they say of a load run about its figures: these are told
 * in full; of the others, how many there are.
 */
function remarkLines({ remarks, load }: Result): string[] {
  const told = remarks.filter((remark) => load !== undefined || remark.startsWith('the waiver of '));
  const others = remarks.length - told.length;
  return [...told.map(plain), ...(others > 0 ? [`${many(others, 'remark')}, see result.json`] : [])];
}

/** Why the run could not go on: that comes before all that follows from it. */
function stoppedLines({ stopped, exitCode }: Result, paint: Paint): string[] {
  if (!stopped) return [];
  const advice = `  try       ${plain(stoppedAdvice(stopped))}`;
  // Where nothing had failed before, the first line says it.
  return exitCode === 4 ? [advice] : [`${paint('red', 'STOPPED ')} ${plain(stoppedText(stopped))}`, advice];
}

/** Lines with an empty one after them; none where there are none. */
function spaced(...parts: string[][]): string[] {
  const lines = parts.flat();
  return lines.length > 0 ? [...lines, ''] : [];
}

/**
 * The report for people: the verdict with what it covers, what failed, what could not be tried, counts an area, and the
 * verdict again, where a long log ends.
 * @param colour whether the terminal shows colours
 */
export function consoleReport(result: Result, colour: boolean): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const tried = triedIn(result);
  const { failed: counted, failedUncounted, waived, untested } = sorted(result);
  const failed = [...counted, ...failedUncounted];
  const ordered = [...failed, ...waived];
  // What waits for a failure is covered by that one's waiver.
  const alone = untested.filter(({ inconclusive, waitsFor }) => inconclusive === true && waitsFor === undefined);
  const waivable = [...failed, ...alone];
  const verdict = paint(result.exitCode === 0 ? 'green' : 'red', meaningOf(result));
  const lines = [
    verdict,
    plain(result.target),
    '',
    ...spaced(stoppedLines(result, paint)),
    ...ordered.flatMap((one) => [...detail(one, paint), '']),
    ...failedContracts(result, paint),
    ...spaced(untestedLines(untested, paint)),
    ...spaced(untestedContracts(result, paint)),
    ...AREA_NAMES.flatMap((area) => {
      const own = tried.filter(({ id }) => areaOf(id) === area);
      return own.length > 0 ? [areaLine(area, own, paint)] : [];
    }),
    ...(result.contracts.length > 0 ? [contractsLine(result, paint)] : []),
    ...(result.load ? loadLines(result.load) : []),
    '',
    ...remarkLines(result),
    ...spaced(
      waivable.length > 0
        ? ['To let a known failure pass for a while, put its line into a file and name that with --waivers:']
        : [],
      waivable.map((one) => waiverEntry(one, result)),
    ),
    `${countsText(tried)} of ${tried.length} behaviours${tried.length < result.behaviors.length ? ' that were selected' : ''}; gate ${result.gate}; ${(result.durationMs / 1000).toFixed(1)} s`,
    `${verdict} (exit ${result.exitCode})`,
  ];
  return `${lines.join('\n')}\n`;
}

/** What a load run measured: a line about what was sent, and one for each thing that was timed. */
function loadLines(load: LoadResult): string[] {
  const times = TIMES.flatMap(([name]) => {
    const latency = load[name];
    if (!latency) return [];
    const values = figures(latency).map(([what, value]) => `${what} ${value.padEnd(9)}`);
    return [`    ${name.padEnd(14)} ${values.join(' ').trimEnd()}`];
  });
  return ['', `  ${loadText(load)}`, ...times];
}

function contractsLine(result: Result, paint: Paint): string {
  const { failed, untested } = sortedContracts(result);
  const mark = failed.length > 0 ? paint('red', '✗') : untested.length > 0 ? paint('yellow', '?') : paint('green', '✓');
  return `  ${mark} ${'contracts'.padEnd(14)} ${contractCounts(result.contracts)}`;
}
