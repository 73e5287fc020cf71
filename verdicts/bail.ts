import type { History } from '../history/events';
import { resultOf, type Judging } from './result';

/**
 * Whether a behaviour that the gate counts, and that no live waiver covers, has already failed. Attempts that have not
 * run yet are not failures.
 */
export function hasCountedFailure(history: History, judging: Judging): boolean {
  return resultOf(history, judging).behaviors.some(({ verdict, counted }) => verdict === 'failed' && counted);
}
