import { records } from './record';

export const response = records({
  'response.status-200': {
    level: 'stated',
    statement: 'success is answered 200 OK',
    source: { lines: [50] },
    later: { '2025-07-23': { source: { lines: [52] } } },
  },
  'response.location': {
    level: 'stated',
    statement: 'a Location header holds a URI, absolute or relative to that of the request',
    source: { lines: [50] },
    later: { '2025-07-23': { source: { lines: [52] } } },
  },
  'response.location-operation': {
    level: 'stated',
    statement: "the path of Location ends in /calls/{call id}/operations/{id in the response's body}",
    source: { lines: [50] },
    later: { '2025-07-23': { source: { lines: [52] } } },
  },
  'response.json': {
    level: 'shown',
    statement: 'Content-Type is application/json, parameters allowed, and the body is JSON',
    source: { lines: [123] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'response.operation': {
    level: 'stated',
    statement: 'the body is an inviteParticipantsOperation: it satisfies the schema of that resource',
    source: { lines: [52], linked: 'inviteParticipantsOperation' },
    later: { '2025-07-23': { source: { section: 'Response', linked: 'inviteParticipantsOperation' } } },
  },
  'response.odata-type': {
    level: 'shown',
    statement: '@odata.type is #microsoft.graph.inviteParticipantsOperation',
    source: { lines: [126] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'response.operation-id': {
    level: 'shown',
    statement: 'id is a string that is not empty',
    source: { lines: [127] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'response.operation-id-unique': {
    level: 'linked',
    statement: 'no two invitations of a run share an operation id',
    source: { linked: 'metadata, entity: id is the key' },
    across: 'operationIds',
  },
  'response.status-running': {
    level: 'shown',
    statement: 'status is running, in any case',
    source: { lines: [128] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'response.status-in-progress': {
    level: 'linked',
    statement:
      'where notifications follow, status is null, notStarted or running (any case), never completed or failed',
    source: { linked: 'commsOperation' },
  },
  'response.client-context': {
    level: 'shown',
    statement: 'clientContext comes back exactly as sent; an empty one may come back null',
    source: { lines: [129] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'response.result-info': {
    level: 'shown',
    statement: 'resultInfo is null or absent',
    source: { lines: [130] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'response.participants': {
    level: 'stated',
    statement: 'participants names the invited identities (same kind, same id), all and no others, in any order',
    source: { lines: [52], linked: 'inviteParticipantsOperation' },
    later: { '2025-07-23': { source: { section: 'Response', linked: 'inviteParticipantsOperation' } } },
  },
  'response.replaces-call-id': {
    level: 'shown',
    statement: 'a participant who was invited with a replacesCallId comes back with it',
    source: { lines: [583] },
    later: { '2025-07-23': { source: { section: 'Example 3' } } },
  },
});
