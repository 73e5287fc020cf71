import type { Result } from '../schemas/generated/result';

/** Why a run could not go on, as a result tells it. */
export type Stopped = NonNullable<Result['stopped']>;
