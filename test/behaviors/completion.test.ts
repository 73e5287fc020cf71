import { IN_COMPLETION } from './client-contexts';
import { all, drop, instead, put } from '../support/edits';
import { users } from '../support/bodies';
import { testArea, type Telling } from '../support/cases';

const ended: Telling = (run) => run.invite().joins();
const MISSING = 'no notification ended the operation';
const noCompletion: readonly [Telling, string] = [(run) => run.invite().answer().roster(), MISSING];
const refused: readonly [Telling, string] = [(run) => run.invite().refuse(403), 'no accepted invitation'];

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
      'nothing came': [(run) => run.invite().answer(), 'nothing at all reached the callback'],
      'the roster alone': [(run) => run.invite().answer().roster(), 'no notification about the operation came'],
      'it only goes on': [
        (run) => run.invite().answer().running(),
        'none with a terminal status: updated with status "running"',
      ],
      'to the callback of another call': [
        (run) => run.control({ call: 'other' }).invite().answer().completion(undefined, { to: 'other' }),
        'it came to the callback of another call: delivery',
      ],
      'too late': [(run) => run.invite().answer().completion(undefined, { from: 1100 }), 'ms after the response'],
      unreadable: [
        (run) => run.invite().answer().completion(undefined, { raw: '{"value":' }),
        "1 deliveries to this call's callback could not be read as JSON",
      ],
    },
    untested: { refused },
  },
  'completion.change-type': {
    passes: { deleted: ended },
    fails: {
      updated: [
        (run) => run.invite().answer().completion(put('/changeType', 'updated')),
        '$.value[0].changeType is "updated"',
      ],
      absent: [(run) => run.invite().answer().completion(drop('/changeType')), '$.value[0].changeType is '],
      Deleted: [(run) => run.invite().answer().completion(put('/changeType', 'Deleted')), 'is "Deleted"'],
    },
    untested: { 'no completion': noCompletion, refused },
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
        "with the call's id in another spelling and the operation's id in another spelling",
      ],
      'another operation': [
        (run) =>
          run
            .invite({ callId: 'c1' })
            .answer()
            .completion(put('/resourceUrl', '/communications/calls/c1/operations/x')),
        '$.value[0].resourceUrl is "/communications/calls/c1/operations/x"',
      ],
      'as in the second example': [
        (run) =>
          run
            .invite({ callId: 'c1' })
            .answer()
            .completion(put('/resourceUrl', '/communications/calls/c1/operations/participants')),
        'operations/participants',
      ],
      'another call': [
        (run) =>
          run.invite().answer().completion(put('/resourceUrl', '/communications/calls/c2/operations/operation-1')),
        'calls/c2/',
      ],
      'the call itself': [
        (run) => run.invite({ callId: 'c1' }).answer().completion(put('/resourceUrl', '/communications/calls/c1')),
        '"/communications/calls/c1"',
      ],
      'an unknown prefix': [
        (run) =>
          run
            .invite({ callId: 'c1' })
            .answer()
            .completion(put('/resourceUrl', '/v1.0/calls/c1/operations/operation-1')),
        '/v1.0/calls/c1',
      ],
      absent: [(run) => run.invite().answer().completion(drop('/resourceUrl')), 'resourceUrl is '],
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
        '$.value[0].resourceData[\'@odata.type\'] is "#microsoft.graph.commsOperation"',
      ],
      'no type': [
        (run) => run.invite().answer().completion(drop('/resourceData/@odata.type')),
        "resourceData['@odata.type'] is ",
      ],
      'no participants': [
        (run) => run.invite().answer().completion(drop('/resourceData/participants')),
        '$.value[0].resourceData.participants',
      ],
      'no resourceData': [(run) => run.invite().answer().completion(drop('/resourceData')), '$.value[0].resourceData'],
      'in an array': [
        (run) => {
          run.invite().answer();
          const { resourceData, ...item } = run.operationItem('completed');
          return run.completion(instead({ ...item, resourceData: [resourceData] }));
        },
        '$.value[0].resourceData is array',
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
        '$.value[0].resourceData.status is "running"',
      ],
      absent: [
        (run) => run.invite().answer().completion(drop('/resourceData/status')),
        '$.value[0].resourceData.status is ',
      ],
      'a plain invitation failed': [
        (run) =>
          run
            .invite({ tries: ['request.route', 'completion.status'] })
            .answer()
            .failing(),
        'status is "failed", resultInfo {"code":400',
      ],
    },
    untested: {
      'no completion': noCompletion,
      'failed, where another behaviour asks for its acceptance': [
        (run) => run.invite().answer().failing(),
        'announced as failed',
      ],
    },
  },
  'completion.operation-id': {
    passes: { 'of the response': ended },
    fails: {
      another: [
        (run) => run.invite().answer().completion(put('/resourceData/id', 'x')),
        '$.value[0].resourceData.id is "x"; the response\'s $.id is "operation-1"',
      ],
      'null, as in the second example': [
        (run) => run.invite().answer().completion(put('/resourceData/id', null)),
        '$.value[0].resourceData.id is ',
      ],
      'in other letters': [
        (run) => run.invite({ operationId: 'abc' }).answer().completion(put('/resourceData/id', 'ABC')),
        'is "ABC"',
      ],
    },
    untested: {
      'no completion': noCompletion,
      'the response has no id': [(run) => run.invite().answer(drop('/id')).completion(), 'gave the operation no id'],
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
        'missing: user user-2',
      ],
      'one too many': [
        (run) =>
          run
            .invite()
            .answer()
            .completion(put('/resourceData/participants/1', { identity: { user: { id: 'stranger' } } })),
        '$.value[0].resourceData.participants is',
      ],
      none: [
        (run) => run.invite().answer().completion(put('/resourceData/participants', [])),
        'missing: user user-of-1',
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
      twice: [(run) => run.invite().answer().completion().completion(), '2 notifications end the operation'],
      'twice in one envelope': [
        (run) => {
          run.invite().answer();
          return run.post([run.operationItem('completed'), run.operationItem('completed')]);
        },
        '$.value[1]',
      ],
      'failed after completed': [
        (run) => run.invite().answer().completion().failing(),
        '2 notifications end the operation',
      ],
      'it goes on afterwards': [
        (run) => run.invite().answer().completion().running(),
        'after it came another notification about the operation: delivery',
      ],
      'to another callback too': [
        (run) => run.control({ call: 'other' }).invite().answer().completion().completion(undefined, { to: 'other' }),
        'to the callback of other',
      ],
    },
    untested: { 'no completion': noCompletion },
  },
});
