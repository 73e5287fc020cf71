import { all, drop, instead, put, within } from '../support/edits';
import { rosterEntry, rosterItem, user, users } from '../support/bodies';
import { testArea, type Telling } from '../support/cases';

const told: Telling = (run) => run.invite().joins();
const nothing: readonly [Telling, string] = [(run) => run.invite().answer().completion(), 'no roster update came'];
const nobody: readonly [Telling, string] = [
  (run) => run.invite().answer().completion().roster(put('/resourceData', [])),
  'no roster update shows an invitee',
];
const ended: readonly [Telling, string] = [
  (run) => run.invite().answer().failing().roster(),
  'the operation was announced as failed',
];

/** Who was in the call before, and the invitees. */
const everybody: Telling = (run) => {
  run
    .invite({ invitees: users(2) })
    .answer()
    .completion();
  return run.roster(instead(run.rosterItem([user('host'), ...users(2)])));
};

/** A roster update for each of several invitees. */
const oneEach: Telling = (run) => {
  run
    .invite({ invitees: users(3) })
    .answer()
    .completion();
  for (const invitee of users(3)) run.roster(put('/resourceData', [rosterEntry(invitee)]));
  return run;
};

/** The invitee waits in the lobby, muted and without media, and is let in. */
const lobby: Telling = (run) =>
  run
    .invite()
    .answer()
    .completion()
    .roster(all(put('/resourceData/0/isInLobby', true), put('/resourceData/0/mediaStreams', [])))
    .roster();

testArea('roster', {
  'roster.announced': {
    passes: {
      'after the completion': told,
      'before it': (run) => run.invite().answer().roster().completion(),
      'before the response is through': (run) => run.invite().completion().roster().answer(),
      'in one envelope with the completion': (run) => {
        run.invite().answer();
        return run.post([run.operationItem('completed'), run.rosterItem()]);
      },
    },
    fails: {
      'none came': [(run) => run.invite().answer().completion(), 'no roster update came to the callback of the call'],
      'to another call': [
        (run) => run.control({ call: 'other' }).invite().answer().completion().roster(undefined, { to: 'other' }),
        'no roster update came',
      ],
      'it came before the invitation': [
        (run) => run.invite().answer().completion().roster(undefined, { from: 1, until: 2 }),
        'no roster update came',
      ],
    },
    untested: { ended, refused: [(run) => run.invite().refuse(), 'no accepted invitation'] },
  },
  'roster.change-type': {
    passes: { updated: told, 'one each': oneEach },
    fails: {
      created: [
        (run) => run.invite().answer().completion().roster(put('/changeType', 'created')),
        '$.value[0].changeType is "created"',
      ],
      absent: [(run) => run.invite().answer().completion().roster(drop('/changeType')), 'changeType is '],
    },
    untested: { nothing, ended },
  },
  'roster.resource-url': {
    passes: {
      'as shown': told,
      'with the /app prefix': (run) =>
        run.invite({ callId: 'c1' }).answer().completion().roster(put('/resourceUrl', '/app/calls/c1/participants')),
      absolute: (run) =>
        run
          .invite({ callId: 'c 1' })
          .answer()
          .completion()
          .roster(put('/resourceUrl', 'http://graph.test/beta/communications/calls/c%201/participants')),
    },
    fails: {
      'as in the second example': [
        (run) =>
          run
            .invite({ callId: 'c1' })
            .answer()
            .completion()
            .roster(put('/resourceUrl', '/communications/calls/c1/operations/participants')),
        '.resourceUrl is "/communications/calls/c1/operations/participants"',
      ],
      'the replaced call, as in the third example': [
        (run) =>
          run
            .invite({ replacing: true })
            .answer()
            .completion()
            .roster(put('/resourceUrl', '/communications/calls/call-2/participants')),
        'which is the call of story/attempt-1#1-peer',
      ],
      'of one participant': [
        (run) =>
          run
            .invite({ callId: 'c1' })
            .answer()
            .completion()
            .roster(put('/resourceUrl', '/communications/calls/c1/participants/p1')),
        'participants/p1',
      ],
      'the roster of another call beside its own': [
        (run) =>
          run
            .control({ callId: 'c9' })
            .invite()
            .joins()
            .roster(instead(rosterItem('c9', [user('somebody')]))),
        'calls/c9/participants',
      ],
    },
    untested: { nothing },
  },
  'roster.collection': {
    passes: {
      'an array': told,
      everybody,
      'entries without a type': (run) => run.invite().answer().completion().roster(drop('/resourceData/0/@odata.type')),
    },
    fails: {
      'the participant alone': [
        (run) =>
          run
            .invite({ invitees: [user('u')] })
            .answer()
            .completion()
            .roster(put('/resourceData', rosterEntry(user('u')))),
        '.resourceData is {',
      ],
      'an entry of another type': [
        (run) =>
          run
            .invite()
            .answer()
            .completion()
            .roster(put('/resourceData/0/@odata.type', '#microsoft.graph.participantInfo')),
        'resourceData[0] is {"@odata.type":"#microsoft.graph.participantInfo"',
      ],
      'an entry that is an id': [
        (run) => run.invite().answer().completion().roster(put('/resourceData/1', 'user-of-1')),
        'resourceData[1] is "user-of-1"',
      ],
    },
    untested: { nothing },
  },
  'roster.invitees': {
    passes: { 'the invitee alone': told, everybody, oneEach, lobby },
    fails: {
      'one is missing': [
        (run) =>
          run
            .invite({ invitees: users(2) })
            .answer()
            .completion()
            .roster(drop('/resourceData/1')),
        'user user-2 in none of 1 roster update(s), which show user user-1',
      ],
      'another kind, as in the first example': [
        (run) =>
          run
            .invite({ invitees: [user('u')] })
            .answer()
            .completion()
            .roster(put('/resourceData/0/info/identity', { application: { id: 'u' } })),
        'user u in none of 1 roster update(s), which show application u',
      ],
      'an empty roster': [
        (run) => run.invite().answer().completion().roster(put('/resourceData', [])),
        'which show nobody',
      ],
      'only in a roster before the invitation': [
        (run) =>
          run.invite().answer().completion().roster(undefined, { from: 1, until: 2 }).roster(put('/resourceData', [])),
        'in none of 1 roster update(s)',
      ],
    },
    untested: { nothing, ended },
  },
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
      'somebody else is at fault': (run) =>
        run
          .invite()
          .answer()
          .completion()
          .roster(put('/resourceData/1', { info: { identity: { user: { id: 'x' } } } })),
    },
    fails: {
      'isMuted a string': [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/isMuted', 'false')),
        '$.value[0].resourceData[0].isMuted is string "false"',
      ],
      'no isInLobby': [
        (run) => run.invite().answer().completion().roster(drop('/resourceData/0/isInLobby')),
        '$.value[0].resourceData[0].isInLobby',
      ],
      'no mediaStreams': [
        (run) => run.invite().answer().completion().roster(drop('/resourceData/0/mediaStreams')),
        '$.value[0].resourceData[0].mediaStreams',
      ],
      'the second of two invitees': [
        (run) =>
          run
            .invite({ invitees: users(2) })
            .answer()
            .completion()
            .roster(put('/resourceData/1/isMuted', null)),
        '$.value[0].resourceData[1].isMuted is null',
      ],
    },
    untested: { nobody },
  },
  'roster.media-streams': {
    passes: {
      'as shown': told,
      lobby,
      'one of several is whole': (run) =>
        run
          .invite()
          .answer()
          .completion()
          .roster(within('/resourceData/0/mediaStreams', (streams) => [{}, ...(streams as unknown[])])),
    },
    fails: {
      none: [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/mediaStreams', [])),
        '$.value[0].resourceData[0].mediaStreams is []',
      ],
      'an unknown direction': [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/mediaStreams/0/direction', 'both')),
        'mediaStreams is [{',
      ],
      'no sourceId': [
        (run) => run.invite().answer().completion().roster(drop('/resourceData/0/mediaStreams/0/sourceId')),
        'mediaStreams is [{',
      ],
      'serverMuted a string': [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/mediaStreams/0/serverMuted', 'false')),
        'mediaStreams is [{',
      ],
      'of one of two invitees': [
        (run) =>
          run
            .invite({ invitees: users(2) })
            .answer()
            .completion()
            .roster(put('/resourceData/1/mediaStreams', [])),
        'resourceData[1].mediaStreams is []',
      ],
    },
    untested: { nobody },
  },
  'roster.joined': {
    passes: { 'as shown': told, lobby },
    fails: {
      muted: [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/isMuted', true)),
        '$.value[0].resourceData[0].isMuted is true',
      ],
      'in the lobby': [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/isInLobby', true)),
        '$.value[0].resourceData[0].isInLobby is true',
      ],
    },
    untested: { nobody },
  },
});
