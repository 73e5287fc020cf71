import { records } from './record';

export const completion = records({
  'completion.announced': {
    level: 'shown',
    statement: 'a notification about the operation of an accepted invitation arrives with a terminal status',
    source: { lines: [150] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
    facts: ['completion.arrives', 'completion.in-time'],
  },
  'completion.change-type': {
    level: 'shown',
    statement: 'changeType of the notification that ends the operation is deleted',
    source: { lines: [167] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.resource-url': {
    level: 'shown',
    statement:
      'resourceUrl of it is /communications/calls/{call id}/operations/{operation id}; an /app prefix or an absolute URL also counts',
    source: { lines: [169] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.operation': {
    level: 'shown',
    statement: 'resourceData of it is an inviteParticipantsOperation: its @odata.type and its schema',
    source: { lines: [171] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.status': {
    level: 'shown',
    statement: 'status of it is completed, in any case',
    source: { lines: [185] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.operation-id': {
    level: 'shown',
    statement: "id in it is the response's id",
    source: { lines: [187] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.client-context': {
    level: 'shown',
    statement: 'clientContext in it is exactly what was sent; an empty one may be null',
    source: { lines: [186] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.participants': {
    level: 'shown',
    statement: 'participants in it names the invited identities, all and no others',
    source: { lines: [172] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'completion.once': {
    level: 'shown',
    statement: 'one notification ends the operation, and nothing about the operation comes after it',
    source: { lines: [150] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
});
