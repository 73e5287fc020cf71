import { REFUSED_FACTS, ACCEPTED_FACTS, records } from './record';

export const multiple = records({
  'multiple.accepted': {
    level: 'stated',
    statement: 'an invitation of two participants to a call with chat info is accepted',
    source: { lines: [250] },
    later: { '2025-07-23': { source: { section: 'Example 2' } } },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'multiple.five-accepted': {
    level: 'stated',
    statement: 'an invitation of five participants is accepted, and response, completion and roster list all five',
    source: { lines: [250] },
    later: { '2025-07-23': { source: { section: 'Example 2' } } },
    needs: ['controlled'],
    facts: [...ACCEPTED_FACTS, 'response.participants', 'completion.participants', 'roster.invitees'],
  },
  'multiple.six-refused': {
    level: 'stated',
    statement: 'an invitation of six participants is refused, or fails later',
    source: { lines: [250] },
    later: { '2025-07-23': { source: { section: 'Example 2' } } },
    facts: REFUSED_FACTS,
  },
  'multiple.chat-info-required': {
    level: 'stated',
    statement: 'an invitation of several participants to a call without chat info is refused, or fails later',
    source: { lines: [250] },
    later: { '2025-07-23': { source: { section: 'Example 2' } } },
    facts: REFUSED_FACTS,
  },
});
