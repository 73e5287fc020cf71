import { records } from './record';

export const completion = records({
  'completion.announced': {
    level: 'shown',
    statement:
      'after an accepted invitation, a notification about its operation with status completed or failed arrives: the completion',
    source: { lines: [150] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
    facts: ['completion.arrives', 'completion.in-time'],
  },
  'completion.change-type': {
    level: 'shown',
    statement: 'changeType of the completion is deleted',
    source: { lines: [167] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.resource-url': {
    level: 'shown',
    statement:
      'resourceUrl of the completion is /communications/calls/{call id}/operations/{operation id}; an /app prefix or an absolute URL also counts',
    source: { lines: [169] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.operation': {
    level: 'shown',
    statement:
      'resourceData of the completion is an inviteParticipantsOperation: it has its @odata.type and satisfies its schema',
    source: { lines: [171] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.status': {
    level: 'shown',
    statement: 'status in the completion is completed (case-insensitive)',
    source: { lines: [185] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.operation-id': {
    level: 'shown',
    statement: 'id in the completion is the id from the response',
    source: { lines: [187] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.client-context': {
    level: 'shown',
    statement: 'clientContext in the completion is exactly what was sent; an empty one may be null',
    source: { lines: [186] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.participants': {
    level: 'shown',
    statement: 'participants in the completion lists exactly the invited identities',
    source: { lines: [172] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.once': {
    level: 'shown',
    statement: 'the completion arrives once, and no other notification about the operation arrives after it',
    source: { lines: [150] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
});
