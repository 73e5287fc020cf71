import { all, drop, instead, put, within } from '../support/edits';
import { rosterEntry, rosterItem, user, users } from '../support/bodies';
import { testArea, type Telling, type Lacking } from '../support/cases';

const told: Telling = (run) => run.invite().joins();
const nothing: readonly [Telling, Lacking] = [
  (run) => run.invite().answer().completion(),
  { lacks: 'roster', restsOn: ['roster.announced'] },
];
const nobody: readonly [Telling, Lacking] = [
  (run) => run.invite().answer().completion().roster(put('/resourceData', [])),
  { lacks: 'showing', restsOn: ['roster.announced', 'roster.collection', 'roster.invitees'] },
];
const ended: readonly [Telling, Lacking] = [
  (run) => run.invite().answer().failing().roster(),
  { lacks: 'joined', restsOn: ['invitation.accepted', 'invitation.carried-out', 'completion.status'] },
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
      'none came': [
        (run) => run.invite().answer().completion(),
        { fact: 'roster.announced', part: 'time', observed: { is: 'arrivals', arrivals: [] } },
      ],
      'to another call': [
        (run) => run.control({ call: 'other' }).invite().answer().completion().roster(undefined, { to: 'other' }),
        {
          fact: 'roster.announced',
          part: 'time',
          observed: { is: 'arrivals', arrivals: [{ about: 'roster', changeType: 'updated' }] },
        },
      ],
      'it came before the invitation': [
        (run) => run.invite().answer().completion().roster(undefined, { from: 1, until: 2 }),
        {
          fact: 'roster.announced',
          part: 'time',
          observed: { is: 'arrivals', arrivals: [{ about: 'roster', changeType: 'updated' }] },
        },
      ],
    },
    untested: {
      ended,
      refused: [
        (run) => run.invite().refuse(),
        { lacks: 'joined', restsOn: ['invitation.accepted', 'invitation.carried-out', 'completion.status'] },
      ],
    },
  },
  'roster.change-type': {
    passes: { updated: told, 'one each': oneEach },
    fails: {
      created: [
        (run) => run.invite().answer().completion().roster(put('/changeType', 'created')),
        { fact: 'roster.change-type', path: '$.value[0].changeType', observed: { is: 'json', value: 'created' } },
      ],
      absent: [
        (run) => run.invite().answer().completion().roster(drop('/changeType')),
        { fact: 'roster.change-type', path: '$.value[0].changeType', observed: { is: 'absent' } },
      ],
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
        {
          fact: 'roster.resource-url',
          path: '$.value[0].resourceUrl',
          observed: { is: 'json', value: '/communications/calls/c1/operations/participants' },
        },
      ],
      'the replaced call, as in the third example': [
        (run) =>
          run
            .invite({ replacing: true })
            .answer()
            .completion()
            .roster(put('/resourceUrl', '/communications/calls/call-2/participants')),
        {
          fact: 'roster.resource-url',
          path: '$.value[0].resourceUrl',
          observed: { is: 'json', value: '/communications/calls/call-2/participants' },
          belongsTo: 'story/attempt-1#1-peer',
        },
      ],
      'of one participant': [
        (run) =>
          run
            .invite({ callId: 'c1' })
            .answer()
            .completion()
            .roster(put('/resourceUrl', '/communications/calls/c1/participants/p1')),
        {
          fact: 'roster.resource-url',
          path: '$.value[0].resourceUrl',
          observed: { is: 'json', value: '/communications/calls/c1/participants/p1' },
        },
      ],
      'the roster of another call beside its own': [
        (run) =>
          run
            .control({ callId: 'c9' })
            .invite()
            .joins()
            .roster(instead(rosterItem('c9', [user('somebody')]))),
        {
          fact: 'roster.resource-url',
          path: '$.value[0].resourceUrl',
          observed: { is: 'json', value: '/communications/calls/c9/participants' },
          belongsTo: 'story/attempt-1#1',
        },
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
        { fact: 'roster.collection', path: '$.value[0].resourceData', observed: { is: 'json' } },
      ],
      'an entry of another type': [
        (run) =>
          run
            .invite()
            .answer()
            .completion()
            .roster(put('/resourceData/0/@odata.type', '#microsoft.graph.participantInfo')),
        { fact: 'roster.collection', path: '$.value[0].resourceData[0]', observed: { is: 'json' } },
      ],
      'an entry that is an id': [
        (run) => run.invite().answer().completion().roster(put('/resourceData/1', 'user-of-1')),
        { fact: 'roster.collection', path: '$.value[0].resourceData[1]', observed: { is: 'json', value: 'user-of-1' } },
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
        {
          fact: 'roster.invitees',
          path: '$.value[0].resourceData',
          observed: { is: 'identities', identities: [{ kind: 'user', id: 'user-1', role: { of: 'invitee' } }] },
        },
      ],
      'another kind, as in the first example': [
        (run) =>
          run
            .invite({ invitees: [user('u')] })
            .answer()
            .completion()
            .roster(put('/resourceData/0/info/identity', { application: { id: 'u' } })),
        {
          fact: 'roster.invitees',
          path: '$.value[0].resourceData',
          observed: { is: 'identities', identities: [{ kind: 'application', id: 'u', role: { of: 'otherKind' } }] },
        },
      ],
      'an empty roster': [
        (run) => run.invite().answer().completion().roster(put('/resourceData', [])),
        { fact: 'roster.invitees', path: '$.value[0].resourceData', observed: { is: 'identities', identities: [] } },
      ],
      'only in a roster before the invitation': [
        (run) =>
          run.invite().answer().completion().roster(undefined, { from: 1, until: 2 }).roster(put('/resourceData', [])),
        { fact: 'roster.invitees', path: '$.value[0].resourceData', observed: { is: 'identities', identities: [] } },
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
        {
          fact: 'roster.participant',
          path: '$.value[0].resourceData[0].isMuted',
          observed: { is: 'json', value: 'false' },
        },
      ],
      'no isInLobby': [
        (run) => run.invite().answer().completion().roster(drop('/resourceData/0/isInLobby')),
        { fact: 'roster.participant', path: '$.value[0].resourceData[0].isInLobby', observed: { is: 'absent' } },
      ],
      'no mediaStreams': [
        (run) => run.invite().answer().completion().roster(drop('/resourceData/0/mediaStreams')),
        { fact: 'roster.participant', path: '$.value[0].resourceData[0].mediaStreams', observed: { is: 'absent' } },
      ],
      'the second of two invitees': [
        (run) =>
          run
            .invite({ invitees: users(2) })
            .answer()
            .completion()
            .roster(put('/resourceData/1/isMuted', null)),
        {
          fact: 'roster.participant',
          path: '$.value[0].resourceData[1].isMuted',
          observed: { is: 'json', value: null },
        },
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
        {
          fact: 'roster.media-streams',
          path: '$.value[0].resourceData[0].mediaStreams',
          observed: { is: 'json', value: [] },
        },
      ],
      'an unknown direction': [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/mediaStreams/0/direction', 'both')),
        {
          fact: 'roster.media-streams',
          path: '$.value[0].resourceData[0].mediaStreams[0].direction',
          observed: { is: 'json', value: 'both' },
        },
      ],
      'no sourceId': [
        (run) => run.invite().answer().completion().roster(drop('/resourceData/0/mediaStreams/0/sourceId')),
        {
          fact: 'roster.media-streams',
          path: '$.value[0].resourceData[0].mediaStreams[0].sourceId',
          observed: { is: 'absent' },
        },
      ],
      'serverMuted a string': [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/mediaStreams/0/serverMuted', 'false')),
        {
          fact: 'roster.media-streams',
          path: '$.value[0].resourceData[0].mediaStreams[0].serverMuted',
          observed: { is: 'json', value: 'false' },
        },
      ],
      'of one of two invitees': [
        (run) =>
          run
            .invite({ invitees: users(2) })
            .answer()
            .completion()
            .roster(put('/resourceData/1/mediaStreams', [])),
        {
          fact: 'roster.media-streams',
          path: '$.value[0].resourceData[1].mediaStreams',
          observed: { is: 'json', value: [] },
        },
      ],
    },
    untested: { nobody },
  },
  'roster.joined': {
    passes: { 'as shown': told, lobby },
    fails: {
      muted: [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/isMuted', true)),
        { fact: 'roster.joined', path: '$.value[0].resourceData[0].isMuted', observed: { is: 'json', value: true } },
      ],
      'in the lobby': [
        (run) => run.invite().answer().completion().roster(put('/resourceData/0/isInLobby', true)),
        { fact: 'roster.joined', path: '$.value[0].resourceData[0].isInLobby', observed: { is: 'json', value: true } },
      ],
    },
    untested: { nobody },
  },
});
