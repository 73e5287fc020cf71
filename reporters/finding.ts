import type { Finding } from '../behaviors/behavior';
import type { BehaviorResult } from '../verdicts/result';
import { plain } from './plain';

/** Text of a bounded length. */
export function clip(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** `event 3`, `events 3, 5`: where to look in the history; empty where there is nothing to look at */
export function eventsText(events: readonly number[]): string {
  return events.length === 0 ? '' : `event${events.length === 1 ? '' : 's'} ${events.join(', ')}`;
}

/** A finding in four lines of harmless text. */
export function findingText({ expected, seen, where, hint, events }: Finding): string {
  const numbers = eventsText(events);
  return [
    `expected  ${plain(expected)}`,
    `seen      ${plain(seen)}`,
    `where     ${plain(where)}${numbers && `; ${numbers}`}`,
    `try       ${plain(hint)}`,
  ].join('\n');
}

/** All findings of a behaviour, and its waiver. */
export function findingsText({ findings, waiver }: BehaviorResult): string {
  const waived = waiver
    ? [`waived    by ${plain(waiver.owner)} until the end of ${plain(waiver.expires)}: ${plain(waiver.reason)}`]
    : [];
  return [...waived, ...findings.map(findingText)].join('\n\n');
}

/** What was seen, in one line: of the first finding, and how many more there are. */
export function seenLine({ findings }: BehaviorResult): string {
  const [first, ...more] = findings;
  if (!first) return 'no finding was kept';
  return `${plain(first.seen)}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
}

/** Why a behaviour did not pass, in one line that also says why a failure does not count. */
export function reasonText(one: BehaviorResult, gate: string): string {
  const { verdict, counted, waiver } = one;
  if (verdict === 'passed') return '';
  if (verdict === 'notSelected') return 'not selected: no scenario that tries it was asked for';
  if (verdict === 'notApplicable') return 'not applicable: the config declares the capability absent';
  const seen = seenLine(one);
  const waits = one.waivedBy ? `, as it waits for ${one.waivedBy.map(plain).join(', ')}` : '';
  if (verdict === 'untested') return `untested: ${seen}`;
  if (waiver && verdict === 'waived')
    return `waived by ${plain(waiver.owner)}: ${plain(waiver.reason)}${waits} (${seen})`;
  return counted ? seen : `failed, not counted at gate ${gate}: ${seen}`;
}
