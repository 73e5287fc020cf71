import type { History } from '../history/events';
import { runView } from '../history/run-view';
import { catalogFor } from './edition';
import type { Remark } from './remark';

/** Remarks about what the history's edition does not ask for any more, where some invitations are otherwise. */
export function withdrawnRemarks(history: History): Remark[] {
  const { remarked } = catalogFor(history.header);
  if (remarked.length === 0) return [];
  const run = runView(history);
  return remarked.flatMap(({ id, statement, count }): Remark[] => {
    const { deviating, tried } = count(run);
    return deviating === 0 ? [] : [{ code: 'notAsked', behavior: id, statement, deviating, tried }];
  });
}
