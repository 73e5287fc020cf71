import type { StoppedRecord } from '../history/events';

/** Why a run could not go on, as a result tells it. */
export type Stopped = Pick<StoppedRecord, 'cause' | 'exchange' | 'inFlight' | 'seen'>;
