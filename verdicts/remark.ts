import type { Remark } from '../schemas/generated/result';

export type { Remark };

/** What was noted while a run was recorded. */
export function recorded(text: string): Remark {
  return { code: 'recorded', text };
}
