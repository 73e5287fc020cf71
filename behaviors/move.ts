import { REFUSED_FACTS, ACCEPTED_FACTS, records } from './record';

/** A participant of one meeting, moved to another one of the same application (Example 5). */
export const move = records({
  'move.accepted': {
    level: 'stated',
    statement:
      'a participant with the participantId and the replacesCallId of another meeting of the same application is accepted',
    since: '2025-07-23',
    source: { lines: [948] },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'move.other-application': {
    level: 'stated',
    statement: 'a participant of a meeting that another application created is refused, or the move fails later',
    since: '2025-07-23',
    source: { lines: [948] },
    facts: REFUSED_FACTS,
  },
  'move.first-only-accepted': {
    level: 'stated',
    statement:
      'several participants to be moved in one invitation are accepted: the first is moved, and that is no error',
    since: '2025-07-23',
    source: { lines: [951] },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'move.first-only-response': {
    level: 'stated',
    statement: 'of several participants to be moved the response names the first alone',
    since: '2025-07-23',
    source: { lines: [951] },
    facts: ['response.participants'],
  },
  'move.first-only-completion': {
    level: 'stated',
    statement: 'of several participants to be moved the completion names the first alone',
    since: '2025-07-23',
    source: { lines: [951] },
    facts: ['completion.participants'],
  },
  'move.first-only-roster': {
    level: 'stated',
    statement: 'of several participants to be moved no roster of the call ever shows any but the first',
    since: '2025-07-23',
    source: { lines: [951] },
    needs: ['showing'],
    facts: ['invitation.ignored-stay-out'],
  },
  'move.response-participant-id': {
    level: 'shown',
    statement: 'a participant who is moved comes back in the response with the participantId that was sent',
    since: '2025-07-23',
    source: { lines: [1044] },
  },
  'move.roster': {
    level: 'shown',
    statement: 'the roster of the call that the participant is moved to shows the participant',
    since: '2025-07-23',
    source: { section: 'Example 5' },
    facts: ['roster.invitees'],
  },
  'move.source-call-stays': {
    level: 'linked',
    statement: 'the meeting that the participant is moved out of is neither terminated nor deleted',
    since: '2025-07-23',
    source: { linked: 'invitationParticipantInfo' },
    needs: ['completed'],
  },
});
