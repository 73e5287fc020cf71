import { records } from './record';

export const response = records({
  'response.status-200': {
    level: 'stated',
    statement: 'an accepted invitation is answered with 200',
    source: { lines: [50] },
    later: { '2025-07-23': { source: { lines: [52] } } },
  },
  'response.location': {
    level: 'stated',
    statement: 'the response has a Location header with a URI, absolute or relative to the URI of the request',
    source: { lines: [50] },
    later: { '2025-07-23': { source: { lines: [52] } } },
  },
  'response.location-operation': {
    level: 'stated',
    statement: 'the path of Location ends in /calls/{call id}/operations/{id from the response body}',
    source: { lines: [50] },
    later: { '2025-07-23': { source: { lines: [52] } } },
  },
  'response.json': {
    level: 'shown',
    statement: 'the Content-Type of the response is application/json (parameters are allowed), and its body is JSON',
    source: { lines: [123] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'response.operation': {
    level: 'stated',
    statement: 'the body of the response is an inviteParticipantsOperation: it satisfies the schema of that resource',
    source: { lines: [52], linked: 'inviteParticipantsOperation' },
    later: { '2025-07-23': { source: { section: 'Response', linked: 'inviteParticipantsOperation' } } },
  },
  'response.odata-type': {
    level: 'shown',
    statement: '@odata.type in the response is #microsoft.graph.inviteParticipantsOperation',
    source: { lines: [126] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'response.operation-id': {
    level: 'shown',
    statement: 'id in the response is a non-empty string',
    source: { lines: [127] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'response.operation-id-unique': {
    level: 'linked',
    statement: 'no two invitations in a run get the same operation id',
    source: { linked: 'metadata, entity: id is the key' },
    across: 'operationIds',
  },
  'response.status-running': {
    level: 'shown',
    statement: 'status in the response is running (case-insensitive)',
    source: { lines: [128] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'response.status-in-progress': {
    level: 'linked',
    statement:
      'if notifications follow, status in the response is null, notStarted or running (case-insensitive), not completed or failed',
    source: { linked: 'commsOperation' },
  },
  'response.client-context': {
    level: 'shown',
    statement: 'clientContext in the response is exactly what was sent; an empty one may be null',
    source: { lines: [129] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'response.result-info': {
    level: 'shown',
    statement: 'resultInfo in the response is null or absent',
    source: { lines: [130] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'response.participants': {
    level: 'stated',
    statement: 'participants in the response lists exactly the invited identities (same kind, same id), in any order',
    source: { lines: [52], linked: 'inviteParticipantsOperation' },
    later: { '2025-07-23': { source: { section: 'Response', linked: 'inviteParticipantsOperation' } } },
  },
  'response.replaces-call-id': {
    level: 'shown',
    statement: 'the response lists a participant who was invited with a replacesCallId with the same replacesCallId',
    source: { lines: [583] },
    later: { '2025-07-23': { source: { section: 'Example 3' } } },
  },
});
