import { all, drop, put, within } from '../support/edits';
import { users } from '../support/bodies';
import { shows, type Telling, type Lacking, type Cases } from '../support/cases';

const told: Telling = (run) => run.invite().joins();
const nobody: readonly [Telling, Lacking] = [
  (run) => run.invite().answer().completion().roster(put('/resourceData', [])),
  { lacks: 'showing', restsOn: ['roster.announced', 'roster.collection', 'roster.invitees'] },
];
/** The invitee waits in the lobby, muted and without media, and is then admitted. */
export const lobby: Telling = (run) =>
  run
    .invite()
    .answer()
    .completion()
    .roster(all(put('/resourceData/0/isInLobby', true), put('/resourceData/0/mediaStreams', [])))
    .roster();

/** Histories of the entries of a roster. */
export const OF_THE_ENTRIES: Record<string, Cases> = {
  'roster.participant': {
    passes: {
      'as shown': told,
      'typed participantInfo, as in the fourth example': (run) =>
        run
          .invite()
          .answer()
          .completion()
          .roster(put('/resourceData/0/info/@odata.type', '#microsoft.graph.participantInfo')),
      'with an id': (run) => run.invite().answer().completion().roster(put('/resourceData/0/id', 'p1')),
      'without an id': (run) => run.invite().answer().completion().roster(drop('/resourceData/0/id')),
      'with more than documented': (run) =>
        run
          .invite()
          .answer()
          .completion()
          .roster(put('/resourceData/0/metadata', { a: 1 })),
      'the entry of another participant is wrong': (run) =>
        run
          .invite()
          .answer()
          .completion()
          .roster(put('/resourceData/1', { info: { identity: { user: { id: 'x' } } } })),
    },
    fails: {
      'isMuted a string': [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/isMuted', 'false')),
        shows('roster.participant', '$.value[0].resourceData[0].isMuted', 'false'),
      ],
      'no isInLobby': [
        (run) => run.invite().answer().completion().roster(drop('/resourceData/0/isInLobby')),
        shows('roster.participant', '$.value[0].resourceData[0].isInLobby', undefined),
      ],
      'no mediaStreams': [
        (run) => run.invite().answer().completion().roster(drop('/resourceData/0/mediaStreams')),
        shows('roster.participant', '$.value[0].resourceData[0].mediaStreams', undefined),
      ],
      'the second of two invitees': [
        (run) =>
          run
            .invite({ invitees: users(2) })
            .answer()
            .completion()
            .roster(put('/resourceData/1/isMuted', null)),
        shows('roster.participant', '$.value[0].resourceData[1].isMuted', null),
      ],
    },
    untested: { nobody },
  },
  'roster.media-streams': {
    passes: {
      'as shown': told,
      lobby,
      'one of several is complete': (run) =>
        run
          .invite()
          .answer()
          .completion()
          .roster(within('/resourceData/0/mediaStreams', (streams) => [{}, ...(streams as unknown[])])),
    },
    fails: {
      none: [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/mediaStreams', [])),
        shows('roster.media-streams', '$.value[0].resourceData[0].mediaStreams', []),
      ],
      'an unknown direction': [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/mediaStreams/0/direction', 'both')),
        shows('roster.media-streams', '$.value[0].resourceData[0].mediaStreams[0].direction', 'both'),
      ],
      'no sourceId': [
        (run) => run.invite().answer().completion().roster(drop('/resourceData/0/mediaStreams/0/sourceId')),
        shows('roster.media-streams', '$.value[0].resourceData[0].mediaStreams[0].sourceId', undefined),
      ],
      'serverMuted a string': [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/mediaStreams/0/serverMuted', 'false')),
        shows('roster.media-streams', '$.value[0].resourceData[0].mediaStreams[0].serverMuted', 'false'),
      ],
      'of one of two invitees': [
        (run) =>
          run
            .invite({ invitees: users(2) })
            .answer()
            .completion()
            .roster(put('/resourceData/1/mediaStreams', [])),
        shows('roster.media-streams', '$.value[0].resourceData[1].mediaStreams', []),
      ],
    },
    untested: { nobody },
  },
  'roster.joined': {
    passes: { 'as shown': told, lobby },
    fails: {
      muted: [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/isMuted', true)),
        shows('roster.joined', '$.value[0].resourceData[0].isMuted', true),
      ],
      'in the lobby': [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/isInLobby', true)),
        shows('roster.joined', '$.value[0].resourceData[0].isInLobby', true),
      ],
      'muted, with an application beside the user': [
        (run) =>
          run
            .invite()
            .answer()
            .completion()
            .roster(
              all(
                put('/resourceData/0/isMuted', true),
                put('/resourceData/0/info/identity/application', { id: 'of the user' }),
              ),
            ),
        shows('roster.joined', '$.value[0].resourceData[0].isMuted', true),
      ],
    },
    untested: { nobody },
  },
};
