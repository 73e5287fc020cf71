import { ACCEPTED_FACTS, records, type InEdition } from './record';

/** What happens to the replaced call. */
const REPLACED_CALL_FACTS: InEdition = {
  source: { lines: [738], linked: 'invitationParticipantInfo' },
  differs: 'it applies only to peer-to-peer calls: a meeting that a participant is moved from continues',
};

export const replace = records({
  'replace.accepted': {
    level: 'stated',
    statement: 'an invitation of one participant with the replacesCallId of a live peer-to-peer call is accepted',
    source: { lines: [504, 509] },
    later: { '2025-07-23': { source: { lines: [532] } } },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'replace.first-only-accepted': {
    level: 'stated',
    statement:
      'an invitation of several participants, the first with a replacesCallId, is accepted: the first is used, the others are ignored without an error',
    source: { lines: [504, 505, 506] },
    later: { '2025-07-23': { source: { lines: [532, 533] } } },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'replace.first-only-response': {
    level: 'stated',
    statement:
      'if an invitation has several participants and the first has a replacesCallId, the response lists only the first',
    source: { lines: [504, 505, 506] },
    later: { '2025-07-23': { source: { lines: [532, 533] } } },
    facts: ['response.participants'],
  },
  'replace.first-only-completion': {
    level: 'stated',
    statement:
      'if an invitation has several participants and the first has a replacesCallId, the completion lists only the first',
    source: { lines: [504, 505, 506] },
    later: { '2025-07-23': { source: { lines: [532, 533] } } },
    facts: ['completion.participants'],
  },
  'replace.first-only-roster': {
    level: 'stated',
    statement:
      'if an invitation has several participants and the first has a replacesCallId, no roster shows any of them but the first',
    source: { lines: [504, 505, 506] },
    later: { '2025-07-23': { source: { lines: [532, 533] } } },
    needs: ['showing'],
    facts: ['invitation.ignored-stay-out'],
  },
  'replace.peer-call-terminated': {
    level: 'stated',
    statement: 'after the completion, a notification reports the replaced call with state terminating or terminated',
    source: { lines: [699] },
    later: { '2025-07-23': REPLACED_CALL_FACTS },
  },
  'replace.peer-call-deleted': {
    level: 'stated',
    statement:
      'after the completion, a notification reports that the replaced call was deleted: changeType deleted, with the resourceUrl of that call',
    source: { lines: [699] },
    later: { '2025-07-23': REPLACED_CALL_FACTS },
  },
});
