import { records } from './record';

export const roster = records({
  'roster.announced': {
    level: 'stated',
    statement: 'after a successful invitation, a roster update arrives',
    source: { lines: [54] },
    later: { '2025-07-23': { source: { lines: [56] } } },
  },
  'roster.change-type': {
    level: 'shown',
    statement: 'changeType of the roster update is updated',
    source: { lines: [211] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'roster.resource-url': {
    level: 'shown',
    statement:
      'resourceUrl of the roster update is /communications/calls/{call id}/participants; an /app prefix or an absolute URL also counts',
    source: { lines: [213] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'roster.collection': {
    level: 'shown',
    statement: 'resourceData of the roster update is an array of participant',
    source: { lines: [214] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
  'roster.invitees': {
    level: 'stated',
    statement:
      'a roster update after the invitation lists every invited identity (same kind, same id); it may list others too',
    source: { lines: [54] },
    later: { '2025-07-23': { source: { lines: [56] } } },
  },
  'roster.participant': {
    level: 'shown',
    statement:
      "each invitee's entry in the roster satisfies the schema of participant, including info.identity, isMuted, isInLobby and mediaStreams",
    source: { lines: [216], linked: 'participant' },
    later: { '2025-07-23': { source: { section: 'Example 1', linked: 'participant' } } },
  },
  'roster.media-streams': {
    level: 'shown',
    statement:
      "each invitee's entry in the roster has a mediaStream with mediaType, sourceId, a known direction and a boolean serverMuted",
    source: { lines: [228], linked: 'mediaStream' },
    later: { '2025-07-23': { source: { section: 'Example 1', linked: 'mediaStream' } } },
  },
  'roster.hidden-absent': {
    level: 'linked',
    statement: 'an invitee with hidden true is in no roster',
    since: '2025-07-23',
    source: { linked: 'invitationParticipantInfo' },
    needs: ['completed', 'roster'],
  },
  'roster.joined': {
    level: 'shown',
    statement: 'an invitee who joined is neither muted nor in the lobby',
    source: { lines: [237, 238] },
    later: { '2025-07-23': { source: { section: 'Example 1' } } },
  },
});
