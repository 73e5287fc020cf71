import type { Finding } from '../behaviors/behavior';
import { areaOf } from '../behaviors/catalog';
import { isCounted } from '../verdicts/gate';
import type { BehaviorResult, ContractResult, Result } from '../verdicts/result';
import { plain } from './plain';
import { originUrl, shownInText, sourceText } from './wording/cause';
import { reasonAdvice, reasonText } from './wording/reason-text';
import { findingText } from './wording/finding-text';
import { groupedBy, type ReportedCause, type UntestedGroup } from './result-groups';
import { countText } from './wording/count-text';
import { contractLines } from './wording/contract-text';

/** Cuts a text off at a maximum length. */
export function clip(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** A line of a report: its label, and its text, which is not escaped yet. */
export type Line = [label: string, text: string];

/** The lines of a finding, without its title. */
export function findingLines(finding: Finding, behavior: string): Line[] {
  const { expected, got, note, at, fix } = findingText(finding, behavior);
  return [
    ['expected', expected],
    ['got', got],
    ...(note === undefined ? [] : [['differs', note] satisfies Line]),
    ['at', `${at}${ofText(finding)}`],
    ['fix', fix],
  ];
}

/** Names the run of the event, in a merged result. */
function ofText({ of }: Finding): string {
  return of === undefined ? '' : ` of ${of}`;
}

/** The difference of a cause, in one sentence. */
export function causeTitle({ cause, behaviors, contracts }: ReportedCause): string {
  const [first] = behaviors;
  if (cause) return findingText(cause.finding, cause.behaviors[0] ?? '').title;
  if (first) return `${first.id} failed; the result has no finding.`;
  return contracts.length === 1
    ? `The contract "${contracts[0]?.interaction}" failed.`
    : `${countText(contracts.length, 'contract')} failed in the same way.`;
}

/** The lines of a cause, without its title: the difference, its places, the source, and the fix. */
export function causeLines({ cause, behaviors, contracts }: ReportedCause): Line[] {
  const [first] = behaviors;
  const source: Line[] = first
    ? [['source', `${sourceText(first.source, first.level)}   ${originUrl(first.source)}`]]
    : [];
  if (!cause)
    return [...(contracts[0] ? contractLines(contracts[0]) : []).map((text): Line => ['got', text]), ...source];
  const lines = findingLines(cause.finding, cause.behaviors[0] ?? '');
  const fix = lines.filter(([label]) => label === 'fix');
  return [...lines.filter(([label]) => label !== 'fix'), ['in', shownInText(cause)], ...source, ...fix];
}

/** The ids of what failed because of a cause, and of what could not be checked because of it. */
export function causeFollows({ behaviors, contracts, notChecked, notVerified }: ReportedCause): Line[] {
  const failed = [
    ...(behaviors.length > 0 ? [behaviors.map(idText).join(', ')] : []),
    ...(contracts.length > 0 ? [contractsText(contracts)] : []),
  ];
  const open = [
    ...(notChecked.length > 0 ? [idsText(notChecked)] : []),
    ...(notVerified.length > 0 ? [contractsText(notVerified)] : []),
  ];
  return [['failed', failed.join('; ')], ...(open.length > 0 ? [['not checked', open.join('; ')] satisfies Line] : [])];
}

/** The number of contracts that are listed individually. */
const MOST_CONTRACTS = 6;

/** `contracts: completion, failure (not counted)`; above the limit, the number of the others. */
export function contractsText(contracts: readonly ContractResult[]): string {
  const named = contracts.slice(0, MOST_CONTRACTS).map(({ interaction, counted, pending }) => {
    if (pending === true) return `${interaction} (pending, not counted)`;
    return counted === false ? `${interaction} (not counted)` : interaction;
  });
  const more = contracts.length > MOST_CONTRACTS ? ` and ${contracts.length - MOST_CONTRACTS} more` : '';
  return `contracts: ${named.join(', ')}${more}`;
}

/** `completion.once`, `refusal.error-body (linked, not counted)` */
function idText({ id, level, counted }: BehaviorResult): string {
  return counted ? id : `${id} (${level}, not counted)`;
}

/** The number of ids that are listed individually; for more, the number per area. */
export const MOST_IDS = 12;

/** Lists ids of behaviours in a line, or the number per area if there are many. */
export function idsText(behaviors: readonly BehaviorResult[]): string {
  if (behaviors.length <= MOST_IDS) return behaviors.map(idText).join(', ');
  return groupedBy(behaviors, ({ id }) => areaOf(id))
    .map((all) => `${areaOf(all[0]?.id ?? '')} ${all.length}`)
    .join(', ');
}

/** Says why a group of behaviours is untested, each reason once. */
export function untestedTitle({ reasons, waitsFor }: UntestedGroup): string {
  if (waitsFor.length > 0) return `not checked because ${waitsFor.join(', ')} failed`;
  const texts = [...new Set(reasons.map(reasonText))];
  return texts.length > 0 ? texts.join('; ') : 'the result has no reason';
}

/** The behaviours and contracts of the group. */
export function untestedText({ behaviors, contracts }: UntestedGroup): string {
  return [idsText(behaviors), ...(contracts.length > 0 ? [contractsText(contracts)] : [])].join('; ');
}

/** What to do about it. */
export function untestedAdvice({ reasons }: UntestedGroup): string | undefined {
  const texts = [...new Set(reasons.flatMap((reason) => reasonAdvice(reason) ?? []))];
  return texts.length > 0 ? texts.join(' ') : undefined;
}

/** All findings of a behaviour, why it is untested, and its waiver, as escaped text. */
export function findingsText({ id, findings, reasons = [], waiver, waitsFor }: BehaviorResult): string {
  const waived = waiver
    ? [`waived    by ${plain(waiver.owner)} until the end of ${plain(waiver.expires)}: ${plain(waiver.reason)}`]
    : [];
  const findingTexts = findings.map((finding) =>
    [findingText(finding, id).title, ...findingLines(finding, id).map(([label, text]) => `${label.padEnd(9)} ${text}`)]
      .map(plain)
      .join('\n'),
  );
  const waits = waitsFor ? [`waits for ${waitsFor.map(plain).join(', ')}`] : [];
  const why = reasons.map(({ reason }) =>
    [reasonText(reason), ...[reasonAdvice(reason) ?? []].flat().map((text) => `fix       ${text}`)]
      .map(plain)
      .join('\n'),
  );
  return [...waived, ...findingTexts, ...waits, ...why].join('\n\n');
}

/** Summarizes a behaviour in one line: the first difference, and the number of others. */
export function observedLine({ id, findings, reasons = [], attempts }: BehaviorResult): string {
  const [first] = findings;
  const [why] = reasons;
  if (!first) return why ? plain(reasonText(why.reason)) : 'the result has no finding';
  const { title, got } = findingText(first, id);
  const more =
    attempts.failed > 1
      ? ` (in ${attempts.failed} of ${attempts.passed + attempts.failed + attempts.untested} attempts)`
      : '';
  return plain(`${title} Got: ${got}${more}`);
}

/** Says in one line why a behaviour did not pass, or why its failure does not count. */
export function whyText(one: BehaviorResult, gate: Result['gate']): string {
  const { verdict, counted, waiver } = one;
  if (verdict === 'passed') return '';
  if (verdict === 'notSelected') return 'not selected, or the run ended before it';
  if (verdict === 'notApplicable') return 'not applicable: the config declares the capability absent';
  const seen = observedLine(one);
  const waits = one.waivedBy ? `, because ${one.waivedBy.map(plain).join(', ')} failed` : '';
  if (verdict === 'untested') {
    return one.waitsFor ? `not checked because ${one.waitsFor.map(plain).join(', ')} failed` : `untested: ${seen}`;
  }
  if (waiver && verdict === 'waived')
    return `waived by ${plain(waiver.owner)}: ${plain(waiver.reason)}${waits} (${seen})`;
  if (counted) return seen;
  const why = isCounted(one.level, gate) ? 'as it was not selected' : `at gate ${gate}`;
  return `failed, not counted ${why}: ${seen}`;
}
