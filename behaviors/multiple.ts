import { REFUSED_FACTS, ACCEPTED_FACTS, records } from './record';

export const multiple = records({
  'multiple.accepted': {
    level: 'stated',
    statement: 'two participants in one invitation to a call with chat info are accepted',
    source: { lines: [250] },
    later: { '2025-07-23': { source: { section: 'Example 2' } } },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'multiple.five-accepted': {
    level: 'stated',
    statement:
      'five participants in one invitation are accepted, and all of them are in response, completion and roster',
    source: { lines: [250] },
    later: { '2025-07-23': { source: { section: 'Example 2' } } },
    needs: ['controlled'],
    facts: [...ACCEPTED_FACTS, 'response.participants', 'completion.participants', 'roster.invitees'],
  },
  'multiple.six-refused': {
    level: 'stated',
    statement: 'six participants in one invitation are refused, or fail later',
    source: { lines: [250] },
    later: { '2025-07-23': { source: { section: 'Example 2' } } },
    facts: REFUSED_FACTS,
  },
  'multiple.chat-info-required': {
    level: 'stated',
    statement: 'several participants invited to a call without chat info are refused, or fail later',
    source: { lines: [250] },
    later: { '2025-07-23': { source: { section: 'Example 2' } } },
    facts: REFUSED_FACTS,
  },
});
