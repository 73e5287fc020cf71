import { ACCEPTED_FACTS, CONCURRENT_FACTS, records, type FactId } from './record';

/** The facts of an invitation that runs concurrently with others. */
const concurrent = (together: readonly FactId[]): readonly FactId[] => [...ACCEPTED_FACTS, ...together];

export const ordering = records({
  'ordering.response-first': {
    level: 'shown',
    statement: 'the response arrives before the notifications about its operation',
    source: { lines: [112, 150] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'ordering.completion-before-roster': {
    level: 'shown',
    statement: 'the completion arrives before the roster update with the invitees',
    source: { lines: [150, 194] },
    later: {
      '2025-07-23': {
        absent:
          'the page promises no order of the two, and real traffic has both: if the roster comes first, the report has a remark',
        remarked: true,
      },
    },
    needs: ['showing'],
  },
  'ordering.replaced-call-ends-after-completion': {
    level: 'stated',
    statement: 'the replaced call ends after the completion',
    source: { lines: [699] },
    later: { '2025-07-23': { source: { lines: [738], linked: 'invitationParticipantInfo' } } },
  },
  'ordering.terminated-before-deleted': {
    level: 'linked',
    statement: 'the notification that the replaced call is terminated arrives before the one that it is deleted',
    source: { linked: 'call-delete' },
  },
  'ordering.concurrent-invitations': {
    level: 'shown',
    statement:
      'with concurrent invitations, each completion has the id, clientContext and participants of its own invitation, and response, completion and roster arrive in this order',
    source: { lines: [112, 150, 194] },
    later: {
      '2025-07-23': {
        statement:
          'with concurrent invitations, each completion has the id, clientContext and participants of its own invitation, and arrives after its response',
        source: { section: 'Example 1' },
        differs: 'completion and roster may arrive in any order',
        facts: concurrent(CONCURRENT_FACTS.filter((fact) => fact !== 'ordering.completion-before-roster')),
      },
    },
    needs: ['controlled'],
    facts: concurrent(CONCURRENT_FACTS),
    together: true,
  },
});
