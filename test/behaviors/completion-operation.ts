import { all, drop, instead, put } from '../support/edits';
import { shows, type Telling, type Lacking, type Cases } from '../support/cases';

const ended: Telling = (run) => run.invite().joins();
const noCompletion: readonly [Telling, Lacking] = [
  (run) => run.invite().answer().roster(),
  { lacks: 'ended', restsOn: ['completion.arrives'] },
];

/** Histories of the operation in the completion. */
export const OF_THE_OPERATION: Record<string, Cases> = {
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
        shows('completion.operation', "$.value[0].resourceData['@odata.type']", '#microsoft.graph.commsOperation'),
      ],
      'no type': [
        (run) => run.invite().answer().completion(drop('/resourceData/@odata.type')),
        shows('completion.operation', "$.value[0].resourceData['@odata.type']", undefined),
      ],
      'no participants': [
        (run) => run.invite().answer().completion(drop('/resourceData/participants')),
        shows('completion.operation', '$.value[0].resourceData.participants', undefined),
      ],
      'no resourceData': [
        (run) => run.invite().answer().completion(drop('/resourceData')),
        shows('completion.operation', "$.value[0].resourceData['@odata.type']", undefined),
      ],
      'in an array': [
        (run) => {
          run.invite().answer();
          const { resourceData, ...item } = run.operationItem('completed');
          return run.completion(instead({ ...item, resourceData: [resourceData] }));
        },
        { fact: 'completion.operation', path: '$.value[0].resourceData', observed: { is: 'json' } },
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
        shows('completion.status', '$.value[0].resourceData.status', 'running'),
      ],
      absent: [
        (run) => run.invite().answer().completion(drop('/resourceData/status')),
        shows('completion.status', '$.value[0].resourceData.status', undefined),
      ],
      'a plain invitation failed': [
        (run) =>
          run
            .invite({ tries: ['request.route', 'completion.status'] })
            .answer()
            .failing(),
        shows('completion.status', '$.value[0].resourceData.status', 'failed'),
      ],
    },
    untested: {
      'no completion': noCompletion,
      'failed, and another behaviour requires its acceptance': [
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
        shows('completion.operation-id', '$.value[0].resourceData.id', 'x'),
      ],
      'null, as in the second example': [
        (run) => run.invite().answer().completion(put('/resourceData/id', null)),
        shows('completion.operation-id', '$.value[0].resourceData.id', null),
      ],
      'another, while another invitation has none': [
        (run) =>
          run.invite({ tries: [] }).answer(drop('/id')).invite().answer().completion(put('/resourceData/id', 'x')),
        shows('completion.operation-id', '$.value[0].resourceData.id', 'x'),
      ],
      'none, while another invitation has none': [
        (run) => run.invite({ tries: [] }).answer(drop('/id')).invite().answer().completion(drop('/resourceData/id')),
        shows('completion.operation-id', '$.value[0].resourceData.id', undefined),
      ],
      'in another case': [
        (run) => run.invite({ operationId: 'abc' }).answer().completion(put('/resourceData/id', 'ABC')),
        shows('completion.operation-id', '$.value[0].resourceData.id', 'ABC'),
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
};
