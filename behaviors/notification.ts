import { records } from './record';

export const notification = records({
  'notification.post': {
    level: 'shown',
    statement: 'a notification is a POST',
    source: { lines: [153] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'notification.json': {
    level: 'shown',
    statement: 'the Content-Type of a notification is application/json (parameters are allowed), and its body is JSON',
    source: { lines: [154] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'notification.envelope': {
    level: 'shown',
    statement:
      'the body of a notification is a commsNotifications: it has its @odata.type, and value is an array of one or more commsNotification',
    source: { lines: [163] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'notification.change-type': {
    level: 'linked',
    statement: 'changeType is created, updated or deleted',
    source: { linked: 'metadata, commsNotification' },
  },
  'notification.resource-url': {
    level: 'shown',
    statement: "resourceUrl is a non-empty string that names a resource of one of the run's calls",
    source: { lines: [169] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
});
