import { REFUSED_FACTS, ACCEPTED_FACTS, records } from './record';

/** Moving a participant from one meeting to another one of the same application (Example 5). */
export const move = records({
  'move.accepted': {
    level: 'stated',
    statement:
      'an invitation with the participantId and the replacesCallId of another meeting of the same application is accepted',
    since: '2025-07-23',
    source: { lines: [948] },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'move.other-application': {
    level: 'stated',
    statement:
      'an invitation that moves a participant from a meeting of another application is refused, or fails later',
    since: '2025-07-23',
    source: { lines: [948] },
    facts: REFUSED_FACTS,
  },
  'move.first-only-accepted': {
    level: 'stated',
    statement:
      'an invitation that moves several participants is accepted: the first is moved, the others are ignored without an error',
    since: '2025-07-23',
    source: { lines: [951] },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'move.first-only-response': {
    level: 'stated',
    statement: 'if an invitation moves several participants, the response lists only the first',
    since: '2025-07-23',
    source: { lines: [951] },
    facts: ['response.participants'],
  },
  'move.first-only-completion': {
    level: 'stated',
    statement: 'if an invitation moves several participants, the completion lists only the first',
    since: '2025-07-23',
    source: { lines: [951] },
    facts: ['completion.participants'],
  },
  'move.first-only-roster': {
    level: 'stated',
    statement: 'if an invitation moves several participants, no roster of the call shows any of them but the first',
    since: '2025-07-23',
    source: { lines: [951] },
    needs: ['showing'],
    facts: ['invitation.ignored-stay-out'],
  },
  'move.response-participant-id': {
    level: 'shown',
    statement: 'the response lists a moved participant with the participantId that was sent',
    since: '2025-07-23',
    source: { lines: [1044] },
  },
  'move.roster': {
    level: 'shown',
    statement: 'the roster of the call that the participant is moved to lists the participant',
    since: '2025-07-23',
    source: { section: 'Example 5' },
    facts: ['roster.invitees'],
  },
  'move.source-call-stays': {
    level: 'linked',
    statement: 'the meeting that the participant is moved from is neither terminated nor deleted',
    since: '2025-07-23',
    source: { linked: 'invitationParticipantInfo' },
    needs: ['completed'],
  },
});
