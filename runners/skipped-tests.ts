import type { Level } from '../behaviors/behavior';
import type { RunOptions } from '../schemas/run-options';
import type { Scenario } from '../suites/scenario';
import { isCounted } from '../verdicts/gate';
import { isLive } from '../verdicts/waivers';

/** Settings that are known before a run and determine which tests are skipped. */
export type KnownOptions = Pick<RunOptions, 'gate' | 'capabilities' | 'waivers' | 'behaviors'>;

/**
 * Says before a run why the test of a behaviour is skipped, so that it is not shown as passed; undefined if it runs.
 * @param scenarios those of the run
 */
export function skippedFor(
  { id, level }: { id: string; level: Level },
  scenarios: readonly Scenario[],
  { gate, capabilities, waivers, behaviors }: KnownOptions,
): string | undefined {
  const attempts = scenarios.flatMap((scenario) => scenario.attempts).filter(({ tries }) => tries.includes(id));
  if (attempts.length === 0 || behaviors?.includes(id) === false) return 'not selected';
  const lacking = attempts.map(({ capability }) => (capability && !capabilities[capability] ? capability : undefined));
  if (lacking.every((one) => one !== undefined)) {
    return `not applicable: ${[...new Set(lacking)].join(', ')} declared absent`;
  }
  if (!isCounted(level, gate)) return `${level}: not counted at gate ${gate}`;
  const waiver = waivers.find(({ behavior }) => behavior === id);
  if (waiver && isLive(waiver, Date.now())) return `waived by ${waiver.owner} until ${waiver.expires}`;
  return undefined;
}
