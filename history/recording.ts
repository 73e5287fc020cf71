import type { RecordedSource, Recording } from '../schemas/generated/result';

/** The origin of recorded traffic in a history. */

/** For events that another tool recorded: their source, and the quality of their times. */
export interface RecordedIn {
  /** The index of the source in the header. Each source has its own clock. */
  source: number;
  /** `full`: beginning and end are known; `coarse`: only roughly; `none`: the times are meaningless. */
  times: 'full' | 'coarse' | 'none';
  /** True if the recording contains it more than once: then the number of deliveries is unknown. */
  twice?: true;
}

export type { RecordedSource, Recording };

/** Why a recorded exchange is not judged. */
export type LeftOut = Recording['leftOut'][number]['why'];
