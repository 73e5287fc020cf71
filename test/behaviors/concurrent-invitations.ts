import { user } from '../support/bodies';
import { shows, type Cases, type Telling } from '../support/cases';
import { drop, put } from '../support/edits';

/** An invitation and one to another call get each other's clientContext. */
export const mixedElsewhere: Telling = (run) =>
  run
    .invite({ tries: ['completion.client-context'], clientContext: 'elsewhere' })
    .answer()
    .completion(put('/resourceData/clientContext', 'here'))
    .invite({ clientContext: 'here' })
    .answer()
    .completion(put('/resourceData/clientContext', 'elsewhere'));

/** Two concurrent invitations; each step applies to both. */
const together: Telling = (run) =>
  run
    .invite({ name: 'a', call: 'c' })
    .invite({ name: 'b', call: 'c' })
    .of('b')
    .answer()
    .of('a')
    .answer()
    .completion()
    .of('b')
    .completion()
    .roster()
    .of('a')
    .roster();

/** Each roster lists everybody in the call, as the real service's rosters do. */
const wholeRosters: Telling = (run) => {
  run.invite({ name: 'a', call: 'c', invitees: [user('u1')] }).answer();
  run.invite({ name: 'b', call: 'c', invitees: [user('u2')] }).answer();
  const everybody = run.rosterItem([user('host'), user('u1'), user('u2')]);
  return run
    .of('a')
    .completion()
    .roster(() => everybody)
    .of('b')
    .completion()
    .roster(() => everybody);
};

/** Histories of concurrent invitations. */
export const CONCURRENT: Cases = {
  passes: { together, wholeRosters, 'each to its own call': (run) => run.invite().joins().invite().joins() },
  fails: {
    'one is refused': [
      (run) => run.control().invite({ call: 'c' }).joins().invite({ call: 'c' }).refuse(500),
      { fact: 'invitation.accepted', part: 'status', observed: { is: 'answer', status: 500 } },
    ],
    'one has no completion': [
      (run) => run.control().invite({ call: 'c' }).joins().invite({ call: 'c' }).answer().roster(),
      { fact: 'completion.arrives', part: 'time', observed: { is: 'arrivals', arrivals: [] } },
    ],
    "the other's id": [
      (run) =>
        run
          .invite({ call: 'c' })
          .joins()
          .invite({ call: 'c' })
          .answer()
          .completion(put('/resourceData/id', 'operation-1'))
          .roster(),
      {
        fact: 'completion.operation-id',
        path: '$.value[0].resourceData.id',
        observed: { is: 'json', value: 'operation-1' },
        belongsTo: 'story/attempt-1/1',
      },
    ],
    "the other's clientContext": [
      (run) =>
        run
          .invite({ call: 'c', clientContext: 'first' })
          .joins()
          .invite({ call: 'c' })
          .answer()
          .completion(put('/resourceData/clientContext', 'first'))
          .roster(),
      {
        fact: 'completion.client-context',
        path: '$.value[0].resourceData.clientContext',
        observed: { is: 'json', value: 'first' },
        belongsTo: 'story/attempt-1/1',
      },
    ],
    "the other's participants": [
      (run) =>
        run
          .invite({ call: 'c' })
          .joins()
          .invite({ call: 'c' })
          .answer()
          .completion(put('/resourceData/participants', [{ identity: { user: { id: 'user-of-1' } } }]))
          .roster(),
      {
        fact: 'completion.participants',
        path: '$.value[0].resourceData.participants',
        observed: { is: 'identities', identities: [{ kind: 'user', id: 'user-of-1', role: { of: 'another' } }] },
        belongsTo: 'story/attempt-1/1',
      },
    ],
    "the other's resourceUrl": [
      (run) =>
        run
          .invite({ callId: 'c', call: 'c' })
          .joins()
          .invite({ call: 'c' })
          .answer()
          .completion(put('/resourceUrl', '/communications/calls/c/operations/operation-1'))
          .roster(),
      shows('completion.names-operation', '$.value[0].resourceUrl', '/communications/calls/c/operations/operation-1'),
    ],
    'one fails': [
      (run) => run.invite({ call: 'c' }).joins().invite({ call: 'c' }).answer().failing(),
      {
        fact: 'invitation.carried-out',
        path: '$.value[0].resourceData.status',
        observed: { is: 'outcome', outcome: 'failed' },
      },
    ],
    'one has two completions': [
      (run) => run.invite({ call: 'c' }).joins().invite({ call: 'c' }).joins().completion(),
      { fact: 'completion.once', path: '$.value[0]', observed: { is: 'count', count: 2 } },
    ],
    'one before its response': [
      (run) =>
        run.invite({ call: 'c' }).joins().invite({ call: 'c' }).completion().answer(undefined, { from: 900 }).roster(),
      {
        fact: 'ordering.response-first',
        part: 'time',
        path: '$.value[0]',
        observed: { is: 'order', first: { what: 'operation' }, then: { what: 'response' }, ms: 834 },
      },
    ],
    'one has its roster first': [
      (run) => run.invite({ call: 'c' }).joins().invite({ call: 'c' }).answer().roster().completion(),
      {
        fact: 'ordering.completion-before-roster',
        part: 'time',
        path: '$.value[0]',
        observed: { is: 'order', first: { what: 'roster' }, then: { what: 'completion' }, ms: 11 },
      },
    ],
    'all have their rosters first': [
      (run) =>
        run
          .invite({ name: 'a', call: 'c' })
          .answer()
          .roster()
          .invite({ name: 'b', call: 'c' })
          .answer()
          .roster()
          .completion()
          .of('a')
          .completion(),
      {
        fact: 'ordering.completion-before-roster',
        part: 'time',
        path: '$.value[0]',
        observed: { is: 'order', first: { what: 'roster' }, then: { what: 'completion' }, ms: 56 },
      },
    ],
    'a mix-up that also occurs elsewhere in the run': [
      (run) => mixedElsewhere(run).roster(),
      {
        fact: 'completion.client-context',
        path: '$.value[0].resourceData.clientContext',
        observed: { is: 'json', value: 'elsewhere' },
        belongsTo: 'story/attempt-1/1',
      },
    ],
  },
  untested: {
    'none is accepted': [
      (run) => run.invite().refuse().invite().refuse(),
      { lacks: 'controlled', restsOn: ['request.route'] },
    ],
    'single invitations lack it too': [
      (run) =>
        run
          .invite({ tries: ['completion.client-context'] })
          .answer()
          .completion(drop('/resourceData/clientContext'))
          .invite({ tries: [], clientContext: null })
          .answer()
          .completion()
          .invite()
          .answer()
          .completion(drop('/resourceData/clientContext'))
          .roster(),
      { lacks: 'general', restsOn: ['completion.client-context'] },
    ],
    'single invitations show it too': [
      (run) =>
        run
          .invite({ tries: ['completion.client-context'] })
          .answer()
          .completion(put('/resourceData/clientContext', 'x'))
          .invite()
          .answer()
          .completion(put('/resourceData/clientContext', 'x'))
          .roster(),
      { lacks: 'general', restsOn: ['completion.client-context'] },
    ],
  },
};
