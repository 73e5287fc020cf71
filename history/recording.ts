import type { RecordedSource, Recording } from '../schemas/generated/result';

/** What a history says of traffic that was recorded by others. */

/** Of what was not recorded by the suite: where it comes from, and how well its times are known. */
export interface RecordedIn {
  /** The index of its source in the header. Each source has a clock of its own. */
  source: number;
  /** `full`: when it began and ended; `coarse`: about when it was; `none`: its times mean nothing. */
  times: 'full' | 'coarse' | 'none';
  /** True where the recording has it more than once, so that how often it came is not known. */
  twice?: true;
}

export type { RecordedSource, Recording };

/** Why something in a recording is not judged. */
export type LeftOut = Recording['leftOut'][number]['why'];
