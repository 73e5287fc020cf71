import type { BehaviorResult, Result } from '../verdicts/result';
import { causeFollows, causeLines, causeTitle, findingLines, whyText } from './finding-lines';
import { plain } from './plain';
import { reportedCauses } from './result-groups';
import { reasonAdvice, reasonText, remarkText } from './wording/reason-text';
import { findingText } from './wording/finding-text';
import { headline } from './verdict-words';

/** The messages of a test runner's tests, as escaped text. */

const column = ([label, text]: readonly [string, string]): string => `  ${label.padEnd(12)}${plain(text)}`;

/** The message of a failed behaviour test: the first difference, or why it could not be checked. */
export function behaviorText({ id, level, attempts, findings, reasons = [] }: BehaviorResult): string {
  const [first] = findings;
  if (first) {
    const more = attempts.failed - 1;
    const others = more > 0 ? [`  and in ${more} more ${more === 1 ? 'attempt' : 'attempts'}`] : [];
    return [
      `${id} failed [${level}]: ${plain(findingText(first, id).title)}`,
      ...findingLines(first, id).map(column),
      ...others,
    ].join('\n');
  }
  const distinct = [...new Map(reasons.map(({ reason }) => [reasonText(reason), reason])).values()];
  const lines = distinct.flatMap((reason) => {
    const advice = reasonAdvice(reason);
    return [`  ${plain(reasonText(reason))}`, ...(advice === undefined ? [] : [column(['fix', advice])])];
  });
  return [`${id} untested [${level}]`, ...lines].join('\n');
}

function untestedLine(one: BehaviorResult, { gate }: Result): string {
  return `  ${one.id}: ${whyText(one, gate)}`;
}

/** Says why the gate failed: each cause once with its consequences, what is untested, and what is waived. */
export function gateText(result: Result): string {
  const { behaviors, remarks, exitCode, stopped } = result;
  // The reason why a run stopped is reported once, not for each untested behaviour.
  const open = behaviors.filter(
    ({ verdict, counted, waitsFor }) => counted && verdict === 'untested' && !waitsFor && !stopped,
  );
  const waived = behaviors.filter(({ verdict }) => verdict === 'waived').map(({ id }) => id);
  const causes = reportedCauses(result).filter(({ counted }) => counted);
  return [
    `the gate failed: exit code ${exitCode}: ${headline(result)}`,
    ...(exitCode === 130 ? ['  the run took too long; raise runTimeoutMs'] : []),
    ...causes.flatMap((one, i) => [
      `${i + 1}  ${plain(causeTitle(one))}`,
      ...[...causeLines(one), ...causeFollows(one)].map(column),
    ]),
    ...open.map((one) => untestedLine(one, result)),
    ...remarks
      .filter(({ code }) => code !== 'recorded' && code !== 'notAsked')
      .map((remark) => `  ${plain(remarkText(remark))}`),
    ...(waived.length > 0 ? [`  waived: ${waived.join(', ')}`] : []),
  ].join('\n');
}
