import { show } from '../history/values';
import type { Behavior } from './behavior';
import { failed, outcome, passed, whereOf, waiting } from './judging';

/** What is remembered of an operation id: the invitation that got it first, and its exchange. */
type Holder = { key: string; n: number };

/** Judges the ids of a run that is told in parts: each part's are held against those of all parts before. */
export function uniqueIds(): Behavior['judge'] {
  const first = new Map<string, Holder>();
  return (run, behavior) => {
    const invitations = run.invitations.filter(({ operationId = '' }) => operationId !== '');
    const alone = first.size + invitations.length === 1;
    return invitations.map((invitation) => {
      const { operationId: id = '', record, exchange } = invitation;
      const earlier = first.get(id);
      if (!earlier) first.set(id, { key: record.key, n: exchange.n });
      const said = earlier
        ? failed(
            `$.id is ${show(id)}, which is also the id of the operation of ${earlier.key} (exchange ${earlier.n})`,
            'Give each operation an id of its own.',
            [earlier.n],
          )
        : alone
          ? waiting('only one operation of the run has an id', 'response.operation-id', 'request.route')
          : passed();
      return outcome(behavior, said, record.scenario, whereOf(invitation), [exchange.n]);
    });
  };
}
