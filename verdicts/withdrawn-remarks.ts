import type { History } from '../history/events';
import { runView } from '../history/run-view';
import { catalogFor } from './edition';
import type { Remark } from './remark';

/** Remarks about behaviours that the history's edition no longer requires, if some invitations deviate from them. */
export function withdrawnRemarks(history: History): Remark[] {
  const { remarked } = catalogFor(history.header);
  if (remarked.length === 0) return [];
  const run = runView(history);
  return remarked.flatMap(({ id, statement, count }): Remark[] => {
    const { deviating, tried } = count(run);
    return deviating === 0 ? [] : [{ code: 'notAsked', behavior: id, statement, deviating, tried }];
  });
}
