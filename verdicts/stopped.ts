import type { Result } from '../schemas/generated/result';

/** Why a run could not continue, as in a result. */
export type Stopped = NonNullable<Result['stopped']>;
