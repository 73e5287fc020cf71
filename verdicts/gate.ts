import { LEVELS, type Level } from '../behaviors/behavior';
import type { Verdict } from './verdict';

/** What the gate looks at, per behaviour. */
export interface GateBehavior {
  verdict: Verdict;
  counted: boolean;
  /** Untested for want of something in the environment. */
  environment: boolean;
  /** How many attempts failed; of what is waived as something else is, none. */
  attempts?: { failed: number };
}

/** Whether behaviours of a level count at a gate: those up to it do. */
export function isCounted(level: Level, gate: Level): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(gate);
}

/** Whether a waiver covers a behaviour that was not judged, as it waits for one that failed. */
export function isWaivedIndirectly({
  verdict,
  attempts,
}: Pick<GateBehavior, 'attempts'> & { verdict: Verdict }): boolean {
  return verdict === 'waived' && attempts?.failed === 0;
}

/** The verdicts that say something of the target. */
export const JUDGED_VERDICTS: readonly Verdict[] = ['passed', 'failed', 'waived'];

export interface GateInput {
  behaviors: readonly GateBehavior[];
  /** Waivers that have expired, and those whose behaviour passes. */
  deadWaivers: number;
  /**
   * Contract interactions that failed, that could not run, and of these those for want of something in the environment;
   * where they are all that was asked for, how many were verified.
   */
  contracts: { failed: number; untested: number; environment?: number; alone?: number };
  allowUntested: boolean;
  interrupted: boolean;
  /** Whether a judge threw. */
  internal?: boolean;
  /** Whether the run could not go on: the target was gone, or took the valid token no more. */
  stopped?: boolean;
}

/**
 * The exit code of a run that was judged. 5, an internal error, comes before all others. An interruption is reported as such,
 * whatever had failed by then; otherwise the precedence is 1, 4, 3, 0.
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
  // A waiver covers what waits for its behaviour. If nothing else was judged, it would accept a service about which nothing is known.
  const nothingPassed = behaviors.every(({ verdict }) => verdict !== 'passed');
  if (!allowUntested && nothingPassed && counted.some(isWaivedIndirectly)) return 3;
  if (!allowUntested && (has('untested') || contracts.untested > 0)) return 3;
  return 0;
}
