import { IN_COMPLETION } from './client-contexts';
import { all, drop, instead, put } from '../support/edits';
import { users } from '../support/bodies';
import { testArea, type Telling, type Lacking } from '../support/cases';

const ended: Telling = (run) => run.invite().joins();
const noCompletion: readonly [Telling, Lacking] = [
  (run) => run.invite().answer().roster(),
  { lacks: 'ended', restsOn: ['completion.arrives'] },
];
const refused = (lacking: Lacking): readonly [Telling, Lacking] => [(run) => run.invite().refuse(403), lacking];

testArea('completion', {
  'completion.announced': {
    passes: {
      'after the response': ended,
      'read late, as this process was stopped': (run) =>
        run.invite().answer().completion(undefined, { from: 6000, unreadMs: 5500 }),
      'before the response is through': (run) => run.invite().completion().answer(),
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
      'failed is an end too': (run) => run.invite().answer().failing(),
      'with wrong id, to the right callback': (run) => run.invite().answer().completion(put('/resourceData/id', 'x')),
    },
    fails: {
      'nothing came': [
        (run) => run.invite().answer(),
        { fact: 'completion.arrives', part: 'time', observed: { is: 'arrivals', arrivals: [] } },
      ],
      'the roster alone': [
        (run) => run.invite().answer().roster(),
        { fact: 'completion.arrives', part: 'time', observed: { is: 'arrivals', arrivals: [] } },
      ],
      'it only goes on': [
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
      'too late': [
        (run) => run.invite().answer().completion(undefined, { from: 1100 }),
        { fact: 'completion.in-time', part: 'time', observed: { is: 'delay', ms: 1079 } },
      ],
      unreadable: [
        (run) => run.invite().answer().completion(undefined, { raw: '{"value":' }),
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
        { fact: 'completion.change-type', path: '$.value[0].changeType', observed: { is: 'json', value: 'updated' } },
      ],
      absent: [
        (run) => run.invite().answer().completion(drop('/changeType')),
        { fact: 'completion.change-type', path: '$.value[0].changeType', observed: { is: 'absent' } },
      ],
      Deleted: [
        (run) => run.invite().answer().completion(put('/changeType', 'Deleted')),
        { fact: 'completion.change-type', path: '$.value[0].changeType', observed: { is: 'json', value: 'Deleted' } },
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
      'resource says something else': (run) =>
        run.invite().answer().completion(put('/resource', '/app/calls/other/operations/participants')),
    },
    fails: {
      'the ids in another spelling': [
        (run) =>
          run
            .invite({ callId: 'c-1' })
            .answer()
            .completion(put('/resourceUrl', '/communications/calls/C-1/operations/OPERATION1')),
        {
          fact: 'completion.resource-url',
          path: '$.value[0].resourceUrl',
          observed: { is: 'json', value: '/communications/calls/C-1/operations/OPERATION1' },
        },
      ],
      'another operation': [
        (run) =>
          run
            .invite({ callId: 'c1' })
            .answer()
            .completion(put('/resourceUrl', '/communications/calls/c1/operations/x')),
        {
          fact: 'completion.resource-url',
          path: '$.value[0].resourceUrl',
          observed: { is: 'json', value: '/communications/calls/c1/operations/x' },
        },
      ],
      'as in the second example': [
        (run) =>
          run
            .invite({ callId: 'c1' })
            .answer()
            .completion(put('/resourceUrl', '/communications/calls/c1/operations/participants')),
        {
          fact: 'completion.resource-url',
          path: '$.value[0].resourceUrl',
          observed: { is: 'json', value: '/communications/calls/c1/operations/participants' },
        },
      ],
      'another call': [
        (run) =>
          run.invite().answer().completion(put('/resourceUrl', '/communications/calls/c2/operations/operation-1')),
        {
          fact: 'completion.resource-url',
          path: '$.value[0].resourceUrl',
          observed: { is: 'json', value: '/communications/calls/c2/operations/operation-1' },
        },
      ],
      'the call itself': [
        (run) => run.invite({ callId: 'c1' }).answer().completion(put('/resourceUrl', '/communications/calls/c1')),
        {
          fact: 'completion.resource-url',
          path: '$.value[0].resourceUrl',
          observed: { is: 'json', value: '/communications/calls/c1' },
        },
      ],
      'an unknown prefix': [
        (run) =>
          run
            .invite({ callId: 'c1' })
            .answer()
            .completion(put('/resourceUrl', '/v1.0/calls/c1/operations/operation-1')),
        {
          fact: 'completion.resource-url',
          path: '$.value[0].resourceUrl',
          observed: { is: 'json', value: '/v1.0/calls/c1/operations/operation-1' },
        },
      ],
      absent: [
        (run) => run.invite().answer().completion(drop('/resourceUrl')),
        { fact: 'completion.resource-url', path: '$.value[0].resourceUrl', observed: { is: 'absent' } },
      ],
    },
    untested: { 'no completion': noCompletion },
  },
  'completion.operation': {
    passes: {
      'as shown': ended,
      'padded with nulls': (run) =>
        run
          .invite()
          .answer()
          .completion(all(put('/resourceData/resultInfo', null), put('/resourceData/x', 1))),
      'with a result of success': (run) =>
        run
          .invite()
          .answer()
          .completion(put('/resourceData/resultInfo', { code: 200, subcode: 0 })),
    },
    fails: {
      'another type': [
        (run) => run.invite().answer().completion(put('/resourceData/@odata.type', '#microsoft.graph.commsOperation')),
        {
          fact: 'completion.operation',
          path: "$.value[0].resourceData['@odata.type']",
          observed: { is: 'json', value: '#microsoft.graph.commsOperation' },
        },
      ],
      'no type': [
        (run) => run.invite().answer().completion(drop('/resourceData/@odata.type')),
        { fact: 'completion.operation', path: "$.value[0].resourceData['@odata.type']", observed: { is: 'absent' } },
      ],
      'no participants': [
        (run) => run.invite().answer().completion(drop('/resourceData/participants')),
        { fact: 'completion.operation', path: '$.value[0].resourceData.participants', observed: { is: 'absent' } },
      ],
      'no resourceData': [
        (run) => run.invite().answer().completion(drop('/resourceData')),
        { fact: 'completion.operation', path: "$.value[0].resourceData['@odata.type']", observed: { is: 'absent' } },
      ],
      'in an array': [
        (run) => {
          run.invite().answer();
          const { resourceData, ...item } = run.operationItem('completed');
          return run.completion(instead({ ...item, resourceData: [resourceData] }));
        },
        { fact: 'completion.operation', path: "$.value[0].resourceData['@odata.type']", observed: { is: 'absent' } },
      ],
    },
    untested: { 'no completion': noCompletion },
  },
  'completion.status': {
    passes: {
      completed: ended,
      Completed: (run) => run.invite().answer().completion(put('/resourceData/status', 'Completed')),
      COMPLETED: (run) => run.invite().answer().completion(put('/resourceData/status', 'COMPLETED')),
    },
    fails: {
      'deleted, and still running': [
        (run) => run.invite().answer().completion(put('/resourceData/status', 'running')),
        {
          fact: 'completion.status',
          path: '$.value[0].resourceData.status',
          observed: { is: 'json', value: 'running' },
        },
      ],
      absent: [
        (run) => run.invite().answer().completion(drop('/resourceData/status')),
        { fact: 'completion.status', path: '$.value[0].resourceData.status', observed: { is: 'absent' } },
      ],
      'a plain invitation failed': [
        (run) =>
          run
            .invite({ tries: ['request.route', 'completion.status'] })
            .answer()
            .failing(),
        {
          fact: 'completion.status',
          path: '$.value[0].resourceData.status',
          observed: { is: 'json', value: 'failed' },
        },
      ],
    },
    untested: {
      'no completion': noCompletion,
      'failed, where another behaviour asks for its acceptance': [
        (run) => run.invite().answer().failing(),
        { lacks: 'completedOrPlain', restsOn: ['invitation.carried-out', 'invitation.refused'] },
      ],
    },
  },
  'completion.operation-id': {
    passes: { 'of the response': ended },
    fails: {
      another: [
        (run) => run.invite().answer().completion(put('/resourceData/id', 'x')),
        { fact: 'completion.operation-id', path: '$.value[0].resourceData.id', observed: { is: 'json', value: 'x' } },
      ],
      'null, as in the second example': [
        (run) => run.invite().answer().completion(put('/resourceData/id', null)),
        { fact: 'completion.operation-id', path: '$.value[0].resourceData.id', observed: { is: 'json', value: null } },
      ],
      'in other letters': [
        (run) => run.invite({ operationId: 'abc' }).answer().completion(put('/resourceData/id', 'ABC')),
        { fact: 'completion.operation-id', path: '$.value[0].resourceData.id', observed: { is: 'json', value: 'ABC' } },
      ],
    },
    untested: {
      'no completion': noCompletion,
      'the response has no id': [
        (run) => run.invite().answer(drop('/id')).completion(),
        { lacks: 'operationId', restsOn: ['response.operation-id'] },
      ],
    },
  },
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
        {
          fact: 'completion.participants',
          path: '$.value[0].resourceData.participants',
          observed: { is: 'identities', identities: [{ kind: 'user', id: 'user-1', role: { of: 'invitee' } }] },
        },
      ],
      'one too many': [
        (run) =>
          run
            .invite()
            .answer()
            .completion(put('/resourceData/participants/1', { identity: { user: { id: 'stranger' } } })),
        {
          fact: 'completion.participants',
          path: '$.value[0].resourceData.participants',
          observed: {
            is: 'identities',
            identities: [
              { kind: 'user', id: 'user-of-1', role: { of: 'invitee' } },
              { kind: 'user', id: 'stranger', role: { of: 'unknown' } },
            ],
          },
        },
      ],
      none: [
        (run) => run.invite().answer().completion(put('/resourceData/participants', [])),
        {
          fact: 'completion.participants',
          path: '$.value[0].resourceData.participants',
          observed: { is: 'identities', identities: [] },
        },
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
    },
    fails: {
      twice: [
        (run) => run.invite().answer().completion().completion(),
        { fact: 'completion.once', path: '$.value[0]', observed: { is: 'count', count: 2 } },
      ],
      'twice in one envelope': [
        (run) => {
          run.invite().answer();
          return run.post([run.operationItem('completed'), run.operationItem('completed')]);
        },
        { fact: 'completion.once', path: '$.value[0]', observed: { is: 'count', count: 2 } },
      ],
      'failed after completed': [
        (run) => run.invite().answer().completion().failing(),
        { fact: 'completion.once', path: '$.value[0]', observed: { is: 'count', count: 2 } },
      ],
      'it goes on afterwards': [
        (run) => run.invite().answer().completion().running(),
        {
          fact: 'completion.once',
          path: '$.value[0]',
          observed: { is: 'order', first: { what: 'completion' }, then: { what: 'operation' } },
        },
      ],
      'to another callback too': [
        (run) => run.control({ call: 'other' }).invite().answer().completion().completion(undefined, { to: 'other' }),
        { fact: 'completion.once', path: '$.value[0]', observed: { is: 'count', count: 2 } },
      ],
    },
    untested: { 'no completion': noCompletion },
  },
});
