import { EDITION } from '../behaviors/edition';
import type { Result } from '../verdicts/result';
import { jsonText } from '../common/printable';
import { coverageOf } from '../verdicts/coverage';
import { sortedBehaviors, sortedContracts } from './result-groups';

/**
 * Says that the target conforms only if the run judged everything and all of it passed; otherwise says how much passed.
 */
function badgeMessage(result: Result): { message: string; color: string } {
  const { exitCode, gate, behaviors, contracts } = result;
  const failed = sortedBehaviors(result).failed.length + sortedContracts(result).failed.length;
  if (exitCode === 1) return { message: failed > 0 ? `${failed} failed` : 'gate failed', color: 'red' };
  if (exitCode === 3) return { message: 'incomplete', color: 'yellow' };
  if (exitCode === 4) return { message: 'not judged', color: 'lightgrey' };
  if (exitCode === 130) return { message: 'interrupted', color: 'lightgrey' };
  const { passed, all, whole } = coverageOf(result);
  if (whole) return { message: `conforms (${gate})`, color: 'brightgreen' };
  const waived = behaviors.filter(({ verdict }) => verdict === 'waived').length;
  const notes = [...(waived > 0 ? [`${waived} waived`] : []), ...(contracts.length === 0 ? ['no contracts'] : [])];
  return { message: [`partial ${passed}/${all}`, ...notes].join(', '), color: 'yellowgreen' };
}

/** Names the edition unless it is the default. */
function editionOf({ edition }: Result): string {
  return edition === EDITION ? '' : ` ${edition}`;
}

/** The JSON for the endpoint badge of shields.io. */
export function badgeReport(result: Result): string {
  return `${jsonText({ schemaVersion: 1, label: `participant: invite${editionOf(result)}`, ...badgeMessage(result) })}\n`;
}
