import { REFUSED_FACTS, ACCEPTED_FACTS, records } from './record';

export const request = records({
  'request.route': {
    level: 'stated',
    statement:
      'POST /communications/calls/{id}/participants/invite under the base URL accepts an invitation to an established group call',
    source: { lines: [32] },
    later: { '2025-07-23': { source: { section: 'HTTP request' } } },
    facts: ['invitation.accepted'],
  },
  'request.content-type': {
    level: 'stated',
    statement: 'a Content-Type other than application/json is refused; parameters such as charset are allowed',
    source: { lines: [39] },
    later: { '2025-07-23': { source: { section: 'Request headers' } } },
    needs: ['controlled'],
    facts: [...ACCEPTED_FACTS, ...REFUSED_FACTS],
  },
  'request.malformed-json': {
    level: 'linked',
    statement: 'a body that is not JSON is refused with a 4xx',
    source: { linked: 'errors' },
    facts: REFUSED_FACTS,
  },
  'request.participants-required': {
    level: 'linked',
    statement: 'an invitation whose participants property is absent, null or not an array is refused',
    source: { linked: 'metadata, action invite: participants is not nullable' },
    facts: REFUSED_FACTS,
  },
  'request.participant-identity': {
    level: 'linked',
    statement: 'an invitation with a participant that has no identity is refused',
    source: { linked: 'metadata, invitationParticipantInfo: identity is not nullable' },
    facts: REFUSED_FACTS,
  },
  'request.client-context-optional': {
    level: 'linked',
    statement: 'an invitation without clientContext is accepted',
    source: { linked: 'metadata, action invite: clientContext is nullable' },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'request.client-context-at-limit': {
    level: 'stated',
    statement: 'a clientContext of exactly 256 ASCII characters is accepted and returned whole',
    source: { lines: [47] },
    later: { '2025-07-23': { source: { section: 'Request body' } } },
    needs: ['controlled'],
    facts: [...ACCEPTED_FACTS, 'response.client-context', 'completion.client-context'],
  },
  'request.client-context-over-limit': {
    level: 'stated',
    statement: 'a clientContext of 257 characters is refused',
    source: { lines: [47] },
    later: { '2025-07-23': { source: { section: 'Request body' } } },
    facts: REFUSED_FACTS,
  },
  'request.parameter-names-any-case': {
    level: 'linked',
    statement:
      'parameter names are case-insensitive: Participants and CLIENTCONTEXT work like participants and clientContext',
    source: { linked: 'call-api' },
    needs: ['controlled'],
    facts: [
      ...ACCEPTED_FACTS,
      'response.participants',
      'response.client-context',
      'completion.client-context',
      'completion.participants',
    ],
  },
  'request.group-calls-only': {
    level: 'stated',
    statement: 'an invitation to a peer-to-peer call is refused, or fails later',
    source: { lines: [18] },
    later: {
      '2025-07-23': {
        absent:
          'only an invitation of several participants needs a group call: request.several-need-group-call replaces this behaviour, and request.peer-call-single says the opposite for one participant',
      },
    },
    facts: REFUSED_FACTS,
  },
  'request.several-need-group-call': {
    level: 'stated',
    statement: 'an invitation of several participants to a peer-to-peer call is refused, or fails later',
    since: '2025-07-23',
    source: { lines: [20] },
    facts: REFUSED_FACTS,
  },
  'request.peer-call-single': {
    level: 'linked',
    statement: 'an invitation of one participant to a live peer-to-peer call is accepted',
    since: '2025-07-23',
    source: { linked: 'call-answer' },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'request.one-bot': {
    level: 'stated',
    statement: 'an invitation of a second bot to a group call that already has one is refused, or fails later',
    since: '2025-07-23',
    source: { lines: [21] },
    facts: REFUSED_FACTS,
  },
  'request.hidden-accepted': {
    level: 'linked',
    statement: 'an invitation of a participant with hidden true is accepted',
    since: '2025-07-23',
    source: { linked: 'invitationParticipantInfo' },
    needs: ['controlled'],
    facts: ACCEPTED_FACTS,
  },
  'request.unknown-call': {
    level: 'linked',
    statement: 'an invitation to a call id that does not exist is answered with 404',
    source: { linked: 'errors' },
    facts: [...REFUSED_FACTS, 'refusal.status-404'],
  },
  'request.duplicate-invitee': {
    level: 'linked',
    statement: 'an invitation of a participant who is already in the call is refused, or fails later',
    source: { linked: 'call' },
    needs: ['inCallAlready'],
    facts: REFUSED_FACTS,
  },
});
