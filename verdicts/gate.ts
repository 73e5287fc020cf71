import { LEVELS, type Level } from '../behaviors/behavior';
import type { Verdict } from './judged-behavior';

/** The gate's input per behaviour. */
export interface GateBehavior {
  verdict: Verdict;
  counted: boolean;
  /** Whether it is untested because of the environment. */
  environment: boolean;
  /** The number of failed attempts; 0 if it is waived only because of another behaviour. */
  attempts?: { failed: number };
}

/** Whether a gate counts behaviours of a level: it counts its own level and the stronger ones. */
export function isCounted(level: Level, gate: Level): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(gate);
}

/** Whether a waiver covers a behaviour only because it waits for a failed, waived one. */
export function isWaivedIndirectly({
  verdict,
  attempts,
}: Pick<GateBehavior, 'attempts'> & { verdict: Verdict }): boolean {
  return verdict === 'waived' && attempts?.failed === 0;
}

/** Verdicts that are evidence about the target. */
export const JUDGED_VERDICTS: readonly Verdict[] = ['passed', 'failed', 'waived'];

export interface GateInput {
  behaviors: readonly GateBehavior[];
  /** The number of expired and stale waivers. */
  deadWaivers: number;
  /**
   * The numbers of failed and untested interactions, and of those untested because of the environment; in a run of
   * contracts only, also the number of verified ones.
   */
  contracts: { failed: number; untested: number; environment?: number; alone?: number };
  allowUntested: boolean;
  interrupted: boolean;
  /** Whether a judge threw. */
  internal?: boolean;
  /** Whether the run stopped early: the target disappeared, or no longer accepted the valid token. */
  stopped?: boolean;
}

/**
 * The exit code of a judged run. 5, an internal error, takes precedence over all others, then 130, an interruption,
 * whatever has failed; then 1, 4, 3, 0.
 */
export function exitCode({
  behaviors,
  deadWaivers,
  contracts,
  allowUntested,
  interrupted,
  internal = false,
  stopped = false,
}: GateInput): 0 | 1 | 3 | 4 | 5 | 130 {
  if (internal) return 5;
  if (interrupted) return 130;
  const counted = behaviors.filter(({ counted: does }) => does);
  const has = (verdict: Verdict): boolean => counted.some((behavior) => behavior.verdict === verdict);
  if (has('failed') || deadWaivers > 0 || contracts.failed > 0) return 1;
  if (stopped) return 4;
  if (counted.some(({ verdict, environment }) => verdict === 'untested' && environment)) return 4;
  if ((contracts.environment ?? 0) > 0) return 4;
  const nothingJudged = behaviors.every(({ verdict }) => !JUDGED_VERDICTS.includes(verdict));
  if (nothingJudged && (contracts.alone ?? 0) === 0) return 3;
  // A waiver also covers behaviours that wait for its own. If nothing else was judged, exit code 0 would accept an
  // untested service.
  const nothingPassed = behaviors.every(({ verdict }) => verdict !== 'passed');
  if (!allowUntested && nothingPassed && counted.some(isWaivedIndirectly)) return 3;
  if (!allowUntested && (has('untested') || contracts.untested > 0)) return 3;
  return 0;
}
