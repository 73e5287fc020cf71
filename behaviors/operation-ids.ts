import type { Judge, Outcome } from './behavior';
import { inResponse } from './facts/evidence';
import { attemptOf } from './judge';

/** What is remembered of an operation id: the invitation that got it first, and its exchange. */
type Holder = { key: string; n: number };

/** Judges the operation ids of a run that arrives in parts: compares the ids of each part with those of all earlier parts. */
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
      if (!earlier) return { verdict: 'passed', attempt };
      const at = [inResponse(invitation, '.id'), { event: earlier.n, part: 'body' as const, path: '$.id' }];
      const deviation = {
        expected: { is: 'allowed' as const, allowed: 'an id of its own' },
        observed: { is: 'json' as const, value: id },
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
