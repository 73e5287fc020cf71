import { OF_THE_OPERATION } from './completion-operation';
import { IN_COMPLETION } from './client-contexts';
import { drop, put } from '../support/edits';
import { users } from '../support/bodies';
import { shows, showsPeople, testArea, type Lacking, type Shown, type Telling } from '../support/cases';

const ended: Telling = (run) => run.invite().joins();
const noCompletion: readonly [Telling, Lacking] = [
  (run) => run.invite().answer().roster(),
  { lacks: 'ended', restsOn: ['completion.arrives'] },
];
const TWICE: Shown = { fact: 'completion.once', path: '$.value[0]', observed: { is: 'count', count: 2 } };
/** A completion that is acknowledged at some time, and comes again. */
const acknowledgedAt =
  (until: number): Telling =>
  (run) =>
    run.invite().answer().completion(undefined, { from: 50, until }).completion(undefined, { from: 1060, until: 1070 });
const refused = (lacking: Lacking): readonly [Telling, Lacking] => [(run) => run.invite().refuse(403), lacking];

testArea('completion', {
  'completion.announced': {
    passes: {
      'after the response': ended,
      'read late, because this process was stopped': (run) =>
        run.invite().answer().completion(undefined, { from: 6000, unreadMs: 5500 }),
      'before the end of the response': (run) => run.invite().completion().answer(),
      'after a running notification': (run) => run.invite().answer().running().completion(),
      'among updates of the call': (run) => run.invite().answer().callUpdate().completion().callUpdate(),
      'with the roster in one envelope': (run) => {
        run.invite().answer();
        return run.post([run.operationItem('completed'), run.rosterItem()]);
      },
      'in an envelope, behind the roster': (run) => {
        run.invite().answer();
        return run.post([run.rosterItem(), run.operationItem('completed')]);
      },
      'just in time': (run) => run.invite().answer().completion(undefined, { from: 1021 }),
      'failed instead of completed': (run) => run.invite().answer().failing(),
      'with a wrong id, to the right callback': (run) => run.invite().answer().completion(put('/resourceData/id', 'x')),
    },
    fails: {
      'no notification': [
        (run) => run.invite().answer(),
        { fact: 'completion.arrives', part: 'time', observed: { is: 'arrivals', arrivals: [] } },
      ],
      'only the roster': [
        (run) => run.invite().answer().roster(),
        { fact: 'completion.arrives', part: 'time', observed: { is: 'arrivals', arrivals: [] } },
      ],
      'only a running notification': [
        (run) => run.invite().answer().running(),
        {
          fact: 'completion.arrives',
          path: '$.value[0]',
          observed: { is: 'arrivals', arrivals: [{ about: 'operation', changeType: 'updated', state: 'running' }] },
        },
      ],
      'to the callback of another call': [
        (run) => run.control({ call: 'other' }).invite().answer().completion(undefined, { to: 'other' }),
        {
          fact: 'completion.arrives',
          path: '$.value[0]',
          observed: {
            is: 'arrivals',
            arrivals: [{ about: 'operation', changeType: 'deleted', state: 'completed', call: 'other' }],
          },
        },
      ],
      'it goes on, and the end comes to the callback of another call': [
        (run) => run.control({ call: 'other' }).invite().answer().running().completion(undefined, { to: 'other' }),
        {
          fact: 'completion.arrives',
          path: '$.value[0]',
          observed: {
            is: 'arrivals',
            arrivals: [{ about: 'operation', changeType: 'deleted', state: 'completed', call: 'other' }],
          },
        },
      ],
      'deleted, and still running': [
        (run) => run.invite().answer().completion(put('/resourceData/status', 'running')),
        shows('completion.arrives', '$.value[0].resourceData.status', 'running'),
      ],
      'too late': [
        (run) => run.invite().answer().completion(undefined, { from: 1100 }),
        { fact: 'completion.in-time', part: 'time', observed: { is: 'delay', ms: 1079 } },
      ],
      unreadable: [
        (run) => run.invite().answer().completion(undefined, { raw: '{"value":' }),
        { fact: 'completion.arrives', part: 'time', observed: { is: 'arrivals', arrivals: [], unread: 1 } },
      ],
      'in an envelope without notifications': [
        (run) => run.invite().answer().completion(undefined, { raw: '{"Value": []}' }),
        { fact: 'completion.arrives', part: 'time', observed: { is: 'arrivals', arrivals: [], unread: 1 } },
      ],
    },
    untested: { refused: refused({ lacks: 'accepted', restsOn: ['invitation.accepted'] }) },
  },
  'completion.change-type': {
    passes: { deleted: ended },
    fails: {
      updated: [
        (run) => run.invite().answer().completion(put('/changeType', 'updated')),
        shows('completion.change-type', '$.value[0].changeType', 'updated'),
      ],
      absent: [
        (run) => run.invite().answer().completion(drop('/changeType')),
        shows('completion.change-type', '$.value[0].changeType', undefined),
      ],
      Deleted: [
        (run) => run.invite().answer().completion(put('/changeType', 'Deleted')),
        shows('completion.change-type', '$.value[0].changeType', 'Deleted'),
      ],
    },
    untested: { 'no completion': noCompletion, refused: refused({ lacks: 'ended', restsOn: ['completion.arrives'] }) },
  },
  'completion.resource-url': {
    passes: {
      'as shown': ended,
      'with the /app prefix': (run) =>
        run.invite({ callId: 'c1' }).answer().completion(put('/resourceUrl', '/app/calls/c1/operations/operation-1')),
      absolute: (run) =>
        run
          .invite({ callId: 'c1' })
          .answer()
          .completion(put('/resourceUrl', 'https://graph.test/v1.0/communications/calls/c1/operations/operation-1')),
      "in OData's key form": (run) =>
        run
          .invite({ callId: 'c1' })
          .answer()
          .completion(put('/resourceUrl', "/communications/calls('c1')/operations('operation-1')")),
      'ids with URL escapes': (run) =>
        run
          .invite({ callId: 'c 1', operationId: 'o/1' })
          .answer()
          .completion(put('/resourceUrl', '/communications/calls/c%201/operations/o%2F1')),
      'the response names no operation': (run) => run.invite().answer(drop('/id')).completion(),
      'another value of resource': (run) =>
        run.invite().answer().completion(put('/resource', '/app/calls/other/operations/participants')),
    },
    fails: {
      'the ids in another spelling': [
        (run) =>
          run
            .invite({ callId: 'c-1' })
            .answer()
            .completion(put('/resourceUrl', '/communications/calls/C-1/operations/OPERATION1')),
        shows('completion.resource-url', '$.value[0].resourceUrl', '/communications/calls/C-1/operations/OPERATION1'),
      ],
      'another operation': [
        (run) =>
          run
            .invite({ callId: 'c1' })
            .answer()
            .completion(put('/resourceUrl', '/communications/calls/c1/operations/x')),
        shows('completion.resource-url', '$.value[0].resourceUrl', '/communications/calls/c1/operations/x'),
      ],
      'as in the second example': [
        (run) =>
          run
            .invite({ callId: 'c1' })
            .answer()
            .completion(put('/resourceUrl', '/communications/calls/c1/operations/participants')),
        shows('completion.resource-url', '$.value[0].resourceUrl', '/communications/calls/c1/operations/participants'),
      ],
      'another call': [
        (run) =>
          run.invite().answer().completion(put('/resourceUrl', '/communications/calls/c2/operations/operation-1')),
        shows('completion.resource-url', '$.value[0].resourceUrl', '/communications/calls/c2/operations/operation-1'),
      ],
      'the call itself': [
        (run) => run.invite({ callId: 'c1' }).answer().completion(put('/resourceUrl', '/communications/calls/c1')),
        shows('completion.resource-url', '$.value[0].resourceUrl', '/communications/calls/c1'),
      ],
      'the call itself, where the response names no operation': [
        (run) =>
          run.invite({ callId: 'c1' }).answer(drop('/id')).completion(put('/resourceUrl', '/communications/calls/c1')),
        shows('completion.resource-url', '$.value[0].resourceUrl', '/communications/calls/c1'),
      ],
      'an unknown prefix': [
        (run) =>
          run
            .invite({ callId: 'c1' })
            .answer()
            .completion(put('/resourceUrl', '/v1.0/calls/c1/operations/operation-1')),
        shows('completion.resource-url', '$.value[0].resourceUrl', '/v1.0/calls/c1/operations/operation-1'),
      ],
      absent: [
        (run) => run.invite().answer().completion(drop('/resourceUrl')),
        shows('completion.resource-url', '$.value[0].resourceUrl', undefined),
      ],
    },
    untested: { 'no completion': noCompletion },
  },
  ...OF_THE_OPERATION,

  'completion.client-context': IN_COMPLETION,
  'completion.participants': {
    passes: {
      'as invited': ended,
      'in another order': (run) =>
        run
          .invite({ invitees: users(2) })
          .answer()
          .completion((item) => {
            const { resourceData, ...rest } = item as { resourceData: { participants: unknown[] } };
            return { ...rest, resourceData: { ...resourceData, participants: resourceData.participants.toReversed() } };
          }),
    },
    fails: {
      'one is missing': [
        (run) =>
          run
            .invite({ invitees: users(2) })
            .answer()
            .completion(drop('/resourceData/participants/1')),
        showsPeople('completion.participants', '$.value[0].resourceData.participants', [['user', 'user-1', 'invitee']]),
      ],
      'one too many': [
        (run) =>
          run
            .invite()
            .answer()
            .completion(put('/resourceData/participants/1', { identity: { user: { id: 'stranger' } } })),
        showsPeople('completion.participants', '$.value[0].resourceData.participants', [
          ['user', 'user-of-1', 'invitee'],
          ['user', 'stranger', 'unknown'],
        ]),
      ],
      none: [
        (run) => run.invite().answer().completion(put('/resourceData/participants', [])),
        showsPeople('completion.participants', '$.value[0].resourceData.participants', []),
      ],
      'none, while another invitation names nobody': [
        (run) =>
          run
            .invite({ tries: [], invitees: [] })
            .answer()
            .invite()
            .answer()
            .completion(put('/resourceData/participants', [])),
        showsPeople('completion.participants', '$.value[0].resourceData.participants', []),
      ],
      'not in an array': [
        (run) => run.invite().answer().completion(put('/resourceData/participants', 'user-of-1')),
        shows('completion.participants', '$.value[0].resourceData.participants', 'user-of-1'),
      ],
    },
    untested: { 'no completion': noCompletion },
  },
  'completion.once': {
    passes: {
      once: ended,
      'after running notifications': (run) => run.invite().answer().running().running().completion(),
      'overlapping a running notification': (run) =>
        run
          .invite()
          .answer()
          .completion(undefined, { from: 50, until: 60 })
          .running(undefined, { from: 55, until: 58 }),
      'again, as the first was not acknowledged': (run) =>
        run.invite().answer().completion(undefined, { unacknowledged: true }).completion(),
      'again, as the first was acknowledged after 1 s': acknowledgedAt(1051),
    },
    fails: {
      'again, though the first was acknowledged within 1 s': [acknowledgedAt(1050), TWICE],
      'twice, and neither was acknowledged': [
        (run) =>
          run
            .invite()
            .answer()
            .completion(undefined, { unacknowledged: true })
            .completion(undefined, { unacknowledged: true }),
        TWICE,
      ],
      twice: [(run) => run.invite().answer().completion().completion(), TWICE],
      'twice in one envelope': [
        (run) => {
          run.invite().answer();
          return run.post([run.operationItem('completed'), run.operationItem('completed')]);
        },
        TWICE,
      ],
      'failed after completed': [(run) => run.invite().answer().completion().failing(), TWICE],
      'running after completed': [
        (run) => run.invite().answer().completion().running(),
        {
          fact: 'completion.once',
          path: '$.value[0]',
          observed: { is: 'order', first: { what: 'completion' }, then: { what: 'operation' } },
        },
      ],
      'to another callback too': [
        (run) => run.control({ call: 'other' }).invite().answer().completion().completion(undefined, { to: 'other' }),
        TWICE,
      ],
    },
    untested: { 'no completion': noCompletion },
  },
});
