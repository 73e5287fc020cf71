import { ACCEPTED_FACTS, CONCURRENT_FACTS, records, type FactId } from './record';

/** What an invitation shows that is under way with others. */
const concurrent = (together: readonly FactId[]): readonly FactId[] => [...ACCEPTED_FACTS, ...together];

export const ordering = records({
  'ordering.response-first': {
    level: 'shown',
    statement: 'the response comes before the notifications of its operation',
    source: { lines: [112, 150] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'ordering.completion-before-roster': {
    level: 'shown',
    statement: 'the completion comes before the roster update with the invitees',
    source: { lines: [150, 194] },
    later: {
      '2025-07-23': {
        absent:
          'no order of the two is promised, and real traffic has both: a roster that comes first is told as a remark',
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
    statement: 'of the replaced call, terminated comes before deleted',
    source: { linked: 'call-delete' },
  },
  'ordering.concurrent-invitations': {
    level: 'shown',
    statement:
      'with several invitations under way at once, each completion carries its own id, clientContext and participants, and each keeps the order of response, completion, roster',
    source: { lines: [112, 150, 194] },
    later: {
      '2025-07-23': {
        statement:
          'with several invitations under way at once, each completion carries its own id, clientContext and participants, and comes after its response',
        source: { section: 'Example 1' },
        differs: 'completion and roster have no order',
        facts: concurrent(CONCURRENT_FACTS.filter((fact) => fact !== 'ordering.completion-before-roster')),
      },
    },
    needs: ['controlled'],
    facts: concurrent(CONCURRENT_FACTS),
    together: true,
  },
});
