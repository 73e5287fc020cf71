import type { History } from '../history/events';
import { resultOf, type Judging } from './result';

/**
 * Whether a behaviour that the gate counts, and no live waiver covers, has failed so far. What could not be tried yet is no
 * failure.
 */
export function hasCountedFailure(history: History, judging: Judging): boolean {
  return resultOf(history, judging).behaviors.some(({ verdict, counted }) => verdict === 'failed' && counted);
}
