import { lobby, OF_THE_ENTRIES } from './roster-entries';
import { drop, instead, put } from '../support/edits';
import { rosterEntry, rosterItem, user, users } from '../support/bodies';
import { shows, showsPeople, testArea, type Telling, type Lacking } from '../support/cases';

const told: Telling = (run) => run.invite().joins();
const nothing: readonly [Telling, Lacking] = [
  (run) => run.invite().answer().completion(),
  { lacks: 'roster', restsOn: ['roster.announced'] },
];
const ended: readonly [Telling, Lacking] = [
  (run) => run.invite().answer().failing().roster(),
  { lacks: 'joined', restsOn: ['invitation.accepted', 'invitation.carried-out', 'completion.status'] },
];

/** The roster lists the previous members and the invitees. */
const everybody: Telling = (run) => {
  run
    .invite({ invitees: users(2) })
    .answer()
    .completion();
  return run.roster(instead(run.rosterItem([user('host'), ...users(2)])));
};

/** One roster update for each invitee. */
const oneEach: Telling = (run) => {
  run
    .invite({ invitees: users(3) })
    .answer()
    .completion();
  for (const invitee of users(3)) run.roster(put('/resourceData', [rosterEntry(invitee)]));
  return run;
};

testArea('roster', {
  'roster.announced': {
    passes: {
      'after the completion': told,
      'just in time': (run) =>
        run.invite().answer().completion(undefined, { from: 50 }).roster(undefined, { from: 1050 }),
      'late, with another invitation to the same call': (run) =>
        run
          .invite({ tries: [], call: 'c' })
          .joins()
          .invite({ call: 'c' })
          .answer()
          .completion()
          .roster(undefined, { from: 2000 }),
      'before it': (run) => run.invite().answer().roster().completion(),
      'before the end of the response': (run) => run.invite().completion().roster().answer(),
      'in one envelope with the completion': (run) => {
        run.invite().answer();
        return run.post([run.operationItem('completed'), run.rosterItem()]);
      },
    },
    fails: {
      'too late': [
        (run) => run.invite().answer().completion(undefined, { from: 50 }).roster(undefined, { from: 1051 }),
        { fact: 'roster.announced', part: 'time', observed: { is: 'delay', ms: 1001 } },
      ],
      'too late after the response, without a completion': [
        (run) => run.invite().answer().roster(undefined, { from: 1022 }),
        { fact: 'roster.announced', part: 'time', observed: { is: 'delay', ms: 1001 } },
      ],
      'no roster': [
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
      'a roster as the invitation was sent': [
        (run) => run.invite().answer().completion().roster(undefined, { from: 10, until: 11 }),
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
        shows('roster.change-type', '$.value[0].changeType', 'created'),
      ],
      absent: [
        (run) => run.invite().answer().completion().roster(drop('/changeType')),
        shows('roster.change-type', '$.value[0].changeType', undefined),
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
        shows('roster.resource-url', '$.value[0].resourceUrl', '/communications/calls/c1/operations/participants'),
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
      'an unknown prefix': [
        (run) =>
          run.invite({ callId: 'c1' }).answer().completion().roster(put('/resourceUrl', '/v1.0/calls/c1/participants')),
        shows('roster.resource-url', '$.value[0].resourceUrl', '/v1.0/calls/c1/participants'),
      ],
      'a call that is none of the run': [
        (run) =>
          run
            .control()
            .invite()
            .answer()
            .completion()
            .roster(put('/resourceUrl', '/communications/calls/x/participants')),
        shows('roster.resource-url', '$.value[0].resourceUrl', '/communications/calls/x/participants'),
      ],
      absent: [
        (run) => run.invite().answer().completion().roster(drop('/resourceUrl')),
        shows('roster.resource-url', '$.value[0].resourceUrl', undefined),
      ],
      'of one participant': [
        (run) =>
          run
            .invite({ callId: 'c1' })
            .answer()
            .completion()
            .roster(put('/resourceUrl', '/communications/calls/c1/participants/p1')),
        shows('roster.resource-url', '$.value[0].resourceUrl', '/communications/calls/c1/participants/p1'),
      ],
      'the roster of another call in addition to its own': [
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
      'without an array': [
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
        shows('roster.collection', '$.value[0].resourceData[1]', 'user-of-1'),
      ],
    },
    untested: { nothing },
  },
  'roster.invitees': {
    passes: {
      'only the invitee': told,
      everybody,
      oneEach,
      lobby,
      'with an application beside the user': (run) =>
        run
          .invite()
          .answer()
          .completion()
          .roster(put('/resourceData/0/info/identity/application', { id: 'of the user' })),
    },
    fails: {
      'one is missing': [
        (run) =>
          run
            .invite({ invitees: users(2) })
            .answer()
            .completion()
            .roster(drop('/resourceData/1')),
        showsPeople('roster.invitees', '$.value[0].resourceData', [['user', 'user-1', 'invitee']]),
      ],
      'another kind, as in the first example': [
        (run) =>
          run
            .invite({ invitees: [user('u')] })
            .answer()
            .completion()
            .roster(put('/resourceData/0/info/identity', { application: { id: 'u' } })),
        showsPeople('roster.invitees', '$.value[0].resourceData', [['application', 'u', 'otherKind']]),
      ],
      'an empty roster': [
        (run) => run.invite().answer().completion().roster(put('/resourceData', [])),
        showsPeople('roster.invitees', '$.value[0].resourceData', []),
      ],
      'only in a roster before the invitation': [
        (run) =>
          run.invite().answer().completion().roster(undefined, { from: 1, until: 2 }).roster(put('/resourceData', [])),
        showsPeople('roster.invitees', '$.value[0].resourceData', []),
      ],
    },
    untested: { nothing, ended },
  },
  ...OF_THE_ENTRIES,
});
