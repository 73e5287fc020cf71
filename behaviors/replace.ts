import { ACCEPTED_FACTS, records, type InEdition } from './record';

/** What becomes of the call that an invitation names as replaced. */
const REPLACED_CALL_FACTS: InEdition = {
  source: { lines: [738], linked: 'invitationParticipantInfo' },
  differs: 'it holds for peer-to-peer calls alone: a meeting that a participant is moved out of goes on',
};

export const replace = records({
  'replace.accepted': {
    level: 'stated',
    statement: 'one participant with the replacesCallId of a live peer-to-peer call is accepted',
    source: { lines: [504, 509] },
    later: { '2025-07-23': { source: { lines: [532] } } },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'replace.first-only-accepted': {
    level: 'stated',
    statement:
      'several participants with a replacesCallId are accepted: the first is read, the rest are ignored, and that is no error',
    source: { lines: [504, 505, 506] },
    later: { '2025-07-23': { source: { lines: [532, 533] } } },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'replace.first-only-response': {
    level: 'stated',
    statement: 'of several participants with a replacesCallId the response names the first alone',
    source: { lines: [504, 505, 506] },
    later: { '2025-07-23': { source: { lines: [532, 533] } } },
    facts: ['response.participants'],
  },
  'replace.first-only-completion': {
    level: 'stated',
    statement: 'of several participants with a replacesCallId the completion names the first alone',
    source: { lines: [504, 505, 506] },
    later: { '2025-07-23': { source: { lines: [532, 533] } } },
    facts: ['completion.participants'],
  },
  'replace.first-only-roster': {
    level: 'stated',
    statement: 'of several participants with a replacesCallId no roster ever shows any but the first',
    source: { lines: [504, 505, 506] },
    later: { '2025-07-23': { source: { lines: [532, 533] } } },
    needs: ['showing'],
    facts: ['invitation.ignored-stay-out'],
  },
  'replace.peer-call-terminated': {
    level: 'stated',
    statement: 'after completed, a notification says that the replaced call is terminating or terminated',
    source: { lines: [699] },
    later: { '2025-07-23': REPLACED_CALL_FACTS },
  },
  'replace.peer-call-deleted': {
    level: 'stated',
    statement:
      'after completed, a notification says that the replaced call was deleted: changeType deleted, its resourceUrl',
    source: { lines: [699] },
    later: { '2025-07-23': REPLACED_CALL_FACTS },
  },
});
