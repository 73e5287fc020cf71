import { user } from '../support/bodies';
import type { Cases, Telling } from '../support/cases';
import { drop, put } from '../support/edits';

/** Two invitations under way together; each step is told of both. */
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

/** Everybody in the call stands in each roster, as the real service does it. */
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

/** Invitations that are under way together. */
export const CONCURRENT: Cases = {
  passes: { together, wholeRosters, 'each to its own call': (run) => run.invite().joins().invite().joins() },
  fails: {
    'one is refused': [
      (run) => run.control().invite({ call: 'c' }).joins().invite({ call: 'c' }).refuse(500),
      'though the same invitation alone is accepted',
    ],
    'one is never announced': [
      (run) => run.control().invite({ call: 'c' }).joins().invite({ call: 'c' }).answer().roster(),
      'no completion of its own came',
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
      'and its completion has "operation-1", which is that of story/attempt-1/1',
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
      'its completion has clientContext "first", which is that of story/attempt-1/1',
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
      'in its completion participants is',
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
      'its completion\'s resourceUrl is "/communications/calls/c/operations/operation-1"',
    ],
    'one fails': [
      (run) => run.invite({ call: 'c' }).joins().invite({ call: 'c' }).answer().failing(),
      'its completion has status "failed"',
    ],
    'one is announced twice': [
      (run) => run.invite({ call: 'c' }).joins().invite({ call: 'c' }).joins().completion(),
      '2 notifications end the operation',
    ],
    'one before its response': [
      (run) =>
        run.invite({ call: 'c' }).joins().invite({ call: 'c' }).completion().answer(undefined, { from: 900 }).roster(),
      'came before the response',
    ],
    'one has its roster first': [
      (run) => run.invite({ call: 'c' }).joins().invite({ call: 'c' }).answer().roster().completion(),
      'came before its completion',
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
      'came before its completion',
    ],
    'a mix-up that invitations elsewhere in the run show too': [
      (run) =>
        run
          .invite({ tries: ['completion.client-context'], clientContext: 'elsewhere' })
          .answer()
          .completion(put('/resourceData/clientContext', 'here'))
          .invite({ clientContext: 'here' })
          .answer()
          .completion(put('/resourceData/clientContext', 'elsewhere'))
          .roster(),
      'its completion has clientContext "elsewhere", which is that of story/attempt-1/1',
    ],
  },
  untested: {
    'none is accepted': [(run) => run.invite().refuse().invite().refuse(), "can't be told apart from request.route"],
    'invitations alone lack it too': [
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
      "can't be told apart from completion.client-context",
    ],
    'invitations alone show it too': [
      (run) =>
        run
          .invite({ tries: ['completion.client-context'] })
          .answer()
          .completion(put('/resourceData/clientContext', 'x'))
          .invite()
          .answer()
          .completion(put('/resourceData/clientContext', 'x'))
          .roster(),
      "can't be told apart from completion.client-context",
    ],
  },
};
