import type { Level } from '../../behaviors/record';
import type { Result } from '../../verdicts/result';

/** Explanations of the suite's own terms, for new readers of a report. */

/** The meaning of each level. */
export const LEVEL_MEANINGS: Readonly<Record<Level, string>> = {
  stated: "the page's text or a table says it",
  shown: "only the page's examples show it",
  linked: 'a page that it links to says it',
};

/** What a gate counts. */
export const GATE_MEANINGS: Readonly<Record<Level, string>> = {
  stated: 'behaviours of level stated decide the exit code; shown and linked are reported and do not count',
  shown: 'behaviours of level stated or shown decide the exit code; linked ones are reported and do not count',
  linked: 'behaviours of every level decide the exit code',
};

/** The meaning of each exit code for a pipeline. */
export const EXIT_MEANINGS: Readonly<Record<Result['exitCode'], string>> = {
  0: 'everything that counts passed',
  1: 'something that counts failed',
  3: 'something that counts could not be checked',
  4: 'the environment or the target stopped the run',
  5: 'internal error of the suite',
  130: 'the run was interrupted',
};
