import { REFUSED_FACTS, ACCEPTED_FACTS, records } from './record';

export const pstn = records({
  'pstn.accepted': {
    level: 'stated',
    statement: 'a phone identity is accepted on a call whose application instance has a PSTN number',
    source: { lines: [701, 703] },
    later: {
      '2025-07-23': {
        source: { lines: [740, 742] },
        differs: 'the call need not be a group call any more: pstn.peer-call says so',
      },
    },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'pstn.number-required': {
    level: 'stated',
    statement: 'without a PSTN number of the application instance a phone identity is refused, or fails later',
    source: { lines: [703] },
    later: { '2025-07-23': { source: { lines: [742] } } },
    facts: REFUSED_FACTS,
  },
  'pstn.phone-response': {
    level: 'shown',
    statement: 'the response names identity.phone with the number as sent',
    source: { lines: [798] },
    later: { '2025-07-23': { source: { section: 'Example 4' } } },
    facts: ['response.participants'],
  },
  'pstn.phone-completion': {
    level: 'shown',
    statement: 'the completion names identity.phone with the number as sent',
    source: { lines: [835] },
    later: { '2025-07-23': { source: { section: 'Example 4' } } },
    facts: ['completion.participants'],
  },
  'pstn.phone-roster': {
    level: 'shown',
    statement: 'the roster shows identity.phone with the number as sent',
    source: { lines: [878] },
    later: { '2025-07-23': { source: { section: 'Example 4' } } },
    facts: ['roster.invitees'],
  },
  'pstn.e164': {
    level: 'stated',
    statement:
      'the id of a phone is its number in E.164: another is refused, or fails later, and what comes back is in E.164',
    since: '2025-07-23',
    source: { lines: [743] },
    facts: [...REFUSED_FACTS, 'pstn.e164'],
  },
  'pstn.peer-call': {
    level: 'stated',
    statement: 'a phone identity is accepted on a peer-to-peer call too',
    since: '2025-07-23',
    source: { lines: [740] },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
});
