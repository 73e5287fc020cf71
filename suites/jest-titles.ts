import type { Level } from '../behaviors/behavior';
import { counts } from '../verdicts/gate';
import type { BehaviorResult, Result } from '../verdicts/result';
import { verdictLine } from '../verdicts/verdict-line';
import { isLive, type Waiver } from '../verdicts/waivers';
import type { Scenario } from './scenario';

/** What is known of a run before it is made, as far as it decides which tests are skipped. */
export interface Known {
  gate: Level;
  /** The capabilities that are declared absent. */
  absent: readonly string[];
  waivers: readonly Waiver[];
  /** The names of the scenarios; undefined: all. */
  selected?: readonly string[];
}

/**
 * Why the test of a behaviour is skipped, known before anything is run: what is no failure of the target's must not be
 * shown as passed. Undefined where it is to be run.
 */
export function skippedFor(
  { id, level }: { id: string; level: Level },
  { name, attempts }: Scenario,
  { gate, absent, waivers, selected }: Known,
): string | undefined {
  if (selected && !selected.includes(name)) return 'not selected';
  const trying = attempts.filter(({ tries }) => tries.includes(id));
  const lacking = trying.map(({ capability }) => (capability && absent.includes(capability) ? capability : undefined));
  if (lacking.every((one) => one !== undefined)) {
    return `not applicable: ${[...new Set(lacking)].join(', ')} declared absent`;
  }
  if (!counts(level, gate)) return `${level}: not counted at gate ${gate}`;
  const waiver = waivers.find(({ behavior }) => behavior === id);
  if (waiver && isLive(waiver, Date.now())) return `waived by ${waiver.owner} until ${waiver.expires}`;
  return undefined;
}

function reasonOf({ id, verdict, findings, waitsFor }: BehaviorResult): string {
  const waits = waitsFor ? `, waits for ${waitsFor.join(', ')}` : '';
  return `  ${id} ${verdict}${waits}: ${findings[0]?.seen ?? 'no finding was kept'}`;
}

/** Why the gate is closed, and what of it is waived: which behaviours, each with what was seen. */
export function gateText(result: Result): string {
  const { behaviors, remarks, exitCode, stopped } = result;
  // Why a run stopped is told once, not for each behaviour that could not be tried any more.
  const lists = exitCode !== 1 && stopped === undefined;
  const closing = behaviors.filter(
    ({ verdict, counted }) => counted && (verdict === 'failed' || (verdict === 'untested' && lists)),
  );
  const waiting = behaviors.filter(({ verdict, counted }) => counted && verdict === 'untested' && exitCode === 1);
  const waived = behaviors.filter(({ verdict }) => verdict === 'waived').map(({ id }) => id);
  return [
    `the gate is closed: exit code ${exitCode}: ${verdictLine(result)}`,
    ...(exitCode === 130 ? ['  the time of the run was over; runTimeoutMs gives it more'] : []),
    ...closing.map(reasonOf),
    ...(waiting.length > 0 ? [`  untested: ${waiting.map(({ id }) => id).join(', ')}`] : []),
    ...remarks.filter((remark) => remark.startsWith('the waiver of ')).map((remark) => `  ${remark}`),
    ...(waived.length > 0 ? [`  waived: ${waived.join(', ')}`] : []),
  ].join('\n');
}
