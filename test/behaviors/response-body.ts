import { all, drop, instead, put } from '../support/edits';
import type { InvitationOptions } from '../support/story-options';
import { shows, type Telling, type Cases } from '../support/cases';

const answered: Telling = (run) => run.invite().answer();

/** Histories of the operation in the response. */
export const OF_THE_OPERATION: Record<string, Cases> = {
  'response.operation': {
    passes: {
      'padded with nulls': answered,
      'without the nulls': (run) => run.invite().answer(all(drop('/resultInfo'), drop('/clientContext'))),
      'with more than documented': (run) => run.invite().answer(all(put('/createdAt', '2030'), put('/extra', [{}]))),
    },
    fails: {
      'participants is not an array': [
        (run) => run.invite().answer(put('/participants', {})),
        shows('response.operation', '$.participants', {}),
      ],
      'an unknown status': [
        (run) => run.invite().answer(put('/status', 'Done')),
        shows('response.operation', '$.status', 'Done'),
      ],
      'a participant without identity': [
        (run) => run.invite().answer(drop('/participants/0/identity')),
        shows('response.operation', '$.participants[0].identity', undefined),
      ],
      'an array': [(run) => run.invite().answer(instead([])), shows('response.operation', '$', [])],
    },
    untested: {
      'not JSON': [
        (run) => run.invite().answer(undefined, { raw: 'OK' }),
        { lacks: 'json', restsOn: ['response.json'] },
      ],
    },
  },
  'response.odata-type': {
    passes: { 'as shown': answered },
    fails: {
      absent: [
        (run) => run.invite().answer(drop('/@odata.type')),
        shows('response.odata-type', "$['@odata.type']", undefined),
      ],
      'without its #': [
        (run) => run.invite().answer(put('/@odata.type', 'microsoft.graph.inviteParticipantsOperation')),
        shows('response.odata-type', "$['@odata.type']", 'microsoft.graph.inviteParticipantsOperation'),
      ],
      'its base type': [
        (run) => run.invite().answer(put('/@odata.type', '#microsoft.graph.commsOperation')),
        shows('response.odata-type', "$['@odata.type']", '#microsoft.graph.commsOperation'),
      ],
    },
  },
  'response.operation-id': {
    passes: { 'a string': answered },
    fails: {
      absent: [(run) => run.invite().answer(drop('/id')), shows('response.operation-id', '$.id', undefined)],
      null: [(run) => run.invite().answer(put('/id', null)), shows('response.operation-id', '$.id', null)],
      empty: [(run) => run.invite().answer(put('/id', '')), shows('response.operation-id', '$.id', '')],
      'a number': [(run) => run.invite().answer(put('/id', 7)), shows('response.operation-id', '$.id', 7)],
    },
  },
  'response.operation-id-unique': {
    passes: {
      'two different': (run) => run.invite().answer().invite().answer(),
      'the same for the same body, sent to the same call again': (run) => {
        const same: InvitationOptions = { call: 'c', clientContext: 'same', operationId: 'o1' };
        return run.invite(same).answer().invite(same).answer();
      },
    },
    fails: {
      'the same for the same body, sent to another call': [
        (run) => {
          const same: InvitationOptions = { clientContext: 'same', operationId: 'o1' };
          return run
            .invite({ ...same, call: 'c' })
            .answer()
            .invite({ ...same, call: 'd' })
            .answer();
        },
        {
          fact: 'response.operation-id-unique',
          path: '$.id',
          observed: { is: 'json', value: 'o1' },
          belongsTo: 'story/attempt-1/1',
        },
      ],
      'the same twice': [
        (run) => run.invite({ operationId: 'o1' }).answer().invite({ operationId: 'o1' }).answer(),
        {
          fact: 'response.operation-id-unique',
          path: '$.id',
          observed: { is: 'json', value: 'o1' },
          belongsTo: 'story/attempt-1/1',
        },
      ],
      'that of an invitation that should have been refused': [
        (run) =>
          run
            .invite({ operationId: 'o1' })
            .answer()
            .invite({ operationId: 'o1', expect: 'refused', tries: [] })
            .answer(),
        {
          fact: 'response.operation-id-unique',
          path: '$.id',
          observed: { is: 'json', value: 'o1' },
          belongsTo: 'story/attempt-1/1',
        },
      ],
    },
    untested: {
      'a single operation': [answered, { lacks: 'otherOperation', restsOn: ['response.operation-id'] }],
      'no ids': [(run) => run.invite().answer(drop('/id')).invite().answer(drop('/id')), { lacks: 'nothingSent' }],
    },
  },
  'response.status-running': {
    passes: {
      Running: answered,
      running: (run) => run.invite().answer(put('/status', 'running')),
      RUNNING: (run) => run.invite().answer(put('/status', 'RUNNING')),
    },
    fails: {
      notStarted: [
        (run) => run.invite().answer(put('/status', 'notStarted')),
        shows('response.status-running', '$.status', 'notStarted'),
      ],
      completed: [
        (run) => run.invite().answer(put('/status', 'completed')),
        shows('response.status-running', '$.status', 'completed'),
      ],
      null: [(run) => run.invite().answer(put('/status', null)), shows('response.status-running', '$.status', null)],
    },
  },
  'response.status-in-progress': {
    passes: {
      Running: (run) => run.invite().answer().completion(),
      NotStarted: (run) => run.invite().answer(put('/status', 'NotStarted')).completion(),
      null: (run) => run.invite().answer(put('/status', null)).completion(),
      absent: (run) => run.invite().answer(drop('/status')).completion(),
    },
    fails: {
      Completed: [
        (run) => run.invite().answer(put('/status', 'Completed')).completion(),
        shows('response.status-in-progress', '$.status', 'Completed'),
      ],
      failed: [
        (run) => run.invite().answer(put('/status', 'failed')).failing(),
        shows('response.status-in-progress', '$.status', 'failed'),
      ],
    },
    untested: {
      'no notification follows': [
        (run) => run.invite().answer(put('/status', 'completed')).roster(),
        { lacks: 'operationNotification', restsOn: ['completion.arrives'] },
      ],
    },
  },
};
