import type { Finding, Level, Source } from '../behaviors/behavior';
import type { Counts, Verdict } from '../schemas/generated/result';
import type { Untested } from './untested-reason';

/**
 * The verdict of a run on a behaviour. `waived`: it failed, or waits for one that did, and a live waiver covers that;
 * `untested`: it could not be checked; `notApplicable`: the config declares the capability absent; `notSelected`: the
 * user selected other scenarios, or a load run.
 */
export type { Verdict };

export type { Counts };

/** A behaviour judged by a run, before gate and waivers apply. */
export interface JudgedBehavior {
  id: string;
  level: Level;
  verdict: Exclude<Verdict, 'waived'>;
  statement: string;
  source: Source;
  scenarios: string[];
  /** The number of attempts by outcome. */
  attempts: Counts;
  /** The findings of failed attempts; in a load run, the first few. */
  findings: Finding[];
  /** The reasons of untested attempts; in a load run, the first few. */
  untested: Untested[];
  /** True if the user selected no attempt at it. */
  notSelected: boolean;
  /** True if it is untested because of the environment, not because of the target's behaviour. */
  environment: boolean;
  /** Present if it was tried without conclusive evidence, usually because another behaviour failed. */
  inconclusive?: true;
  /** If untested: the failed behaviours that each attempt waits for. An empty list: an attempt has another reason. */
  waits: string[][];
  /** Present if its judge threw: an internal error. */
  internal?: true;
  /** Present if attempts passed, but recorded traffic of others speaks against it. */
  doubted?: true;
}
