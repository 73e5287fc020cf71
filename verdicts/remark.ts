import type { Remark } from '../schemas/generated/result';

export type { Remark };

/** A remark that was noted during the recording of a run. */
export function recorded(text: string): Remark {
  return { code: 'recorded', text };
}
