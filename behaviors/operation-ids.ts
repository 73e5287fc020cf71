import type { Judge, Outcome } from './behavior';
import { inResponse } from './facts/evidence';
import { namesTheSameOperation } from './facts/requests';
import { valueOf } from './finding-values';
import { attemptOf } from './judge';

/** The first invitation with an operation id, and its exchange. */
type Holder = { key: string; n: number };

/** Judges the operation ids of a run that arrives in parts: compares each part with all earlier parts. */
export function operationIds(): Judge {
  const first = new Map<string, Holder>();
  return (run) => {
    const invitations = run.invitations.filter(({ operationId = '' }) => operationId !== '');
    const alone = first.size + invitations.length === 1;
    return invitations.map((invitation): Outcome => {
      const { operationId: id = '', record, exchange } = invitation;
      const attempt = attemptOf(invitation);
      const earlier = first.get(id);
      if (!earlier) first.set(id, { key: record.key, n: exchange.n });
      if (alone) {
        const unjudged = {
          lacks: 'otherOperation' as const,
          restsOn: ['response.operation-id'],
          attempt,
          events: [exchange.n],
        };
        return { verdict: 'untested', unjudged };
      }
      // The same request sent twice may be one operation.
      if (!earlier || namesTheSameOperation(invitation, run)) return { verdict: 'passed', attempt };
      const at = [inResponse(invitation, '.id'), { event: earlier.n, part: 'body' as const, path: '$.id' }];
      const deviation = {
        expected: { is: 'allowed' as const, allowed: 'an id that no other invitation has' },
        observed: valueOf(id),
      };
      const finding = {
        fact: 'response.operation-id-unique' as const,
        ...deviation,
        at,
        belongsTo: earlier.key,
        attempt,
      };
      return { verdict: 'failed', finding };
    });
  };
}
