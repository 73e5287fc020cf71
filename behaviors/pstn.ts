import { REFUSED_FACTS, ACCEPTED_FACTS, records } from './record';

export const pstn = records({
  'pstn.accepted': {
    level: 'stated',
    statement: 'an invitation of a phone to a call whose application instance has a PSTN number is accepted',
    source: { lines: [701, 703] },
    later: {
      '2025-07-23': {
        source: { lines: [740, 742] },
        differs: 'the call no longer needs to be a group call: see pstn.peer-call',
      },
    },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'pstn.number-required': {
    level: 'stated',
    statement:
      'an invitation of a phone to a call whose application instance has no PSTN number is refused, or fails later',
    source: { lines: [703] },
    later: { '2025-07-23': { source: { lines: [742] } } },
    facts: REFUSED_FACTS,
  },
  'pstn.phone-response': {
    level: 'shown',
    statement: 'the response contains identity.phone with the number as sent',
    source: { lines: [798] },
    later: { '2025-07-23': { source: { section: 'Example 4' } } },
    facts: ['response.participants'],
  },
  'pstn.phone-completion': {
    level: 'shown',
    statement: 'the completion contains identity.phone with the number as sent',
    source: { lines: [835] },
    later: { '2025-07-23': { source: { section: 'Example 4' } } },
    facts: ['completion.participants'],
  },
  'pstn.phone-roster': {
    level: 'shown',
    statement: 'the roster contains identity.phone with the number as sent',
    source: { lines: [878] },
    later: { '2025-07-23': { source: { section: 'Example 4' } } },
    facts: ['roster.invitees'],
  },
  'pstn.e164': {
    level: 'stated',
    statement:
      'the id of a phone is a number in E.164: an invitation with another id is refused or fails later, and every id that the service sends is in E.164',
    since: '2025-07-23',
    source: { lines: [743] },
    facts: [...REFUSED_FACTS, 'pstn.e164'],
  },
  'pstn.peer-call': {
    level: 'stated',
    statement: 'an invitation of a phone to a peer-to-peer call is accepted',
    since: '2025-07-23',
    source: { lines: [740] },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
});
