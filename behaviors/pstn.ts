import { REFUSED, TAKEN, records } from './record';

export const pstn = records({
  'pstn.accepted': {
    level: 'stated',
    statement: 'a phone identity is accepted on a call whose application instance has a PSTN number',
    source: { lines: [701, 703] },
    needs: ['controlled'],
    facts: TAKEN,
  },
  'pstn.number-required': {
    level: 'stated',
    statement: 'without a PSTN number of the application instance a phone identity is refused, or fails later',
    source: { lines: [703] },
    facts: REFUSED,
  },
  'pstn.phone-response': {
    level: 'shown',
    statement: 'the response names identity.phone with the number as sent',
    source: { lines: [798] },
    facts: ['response.participants'],
  },
  'pstn.phone-completion': {
    level: 'shown',
    statement: 'the completion names identity.phone with the number as sent',
    source: { lines: [835] },
    facts: ['completion.participants'],
  },
  'pstn.phone-roster': {
    level: 'shown',
    statement: 'the roster shows identity.phone with the number as sent',
    source: { lines: [878] },
    facts: ['roster.invitees'],
  },
});
