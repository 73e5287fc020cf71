import { drop, put } from '../support/edits';
import { user } from '../support/bodies';
import { judged, said, testArea, type Telling } from '../support/cases';
import { aRun } from '../support/histories';

const told: Telling = (run) => run.invite().joins();
const ended: readonly [Telling, string] = [(run) => run.invite().answer().roster(), 'no notification ended'];
const replaced: Telling = (run) =>
  run.invite({ replacing: true }).joins().peer('terminating').peer('terminated').peer('terminated', 'deleted');

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

testArea('ordering', {
  'ordering.response-first': {
    passes: {
      'response first': told,
      'overlapping the response': (run) =>
        run.invite().completion(undefined, { from: 20, until: 40 }).answer(undefined, { from: 30 }),
      'before it by no more than the round trip': (run) =>
        run.invite().completion(undefined, { from: 20, until: 30 }).answer(undefined, { from: 31 }),
      'begun before it and never acknowledged': (run) =>
        run.invite().completion(undefined, { from: 20, unacknowledged: true }).answer(),
    },
    fails: {
      'completion first': [
        (run) => run.invite().completion(undefined, { from: 20, until: 30 }).answer(undefined, { from: 50 }),
        "was received and acknowledged 20.0 ms before the response's first byte",
      ],
      'running first': [
        (run) => run.invite().running(undefined, { from: 20, until: 22 }).answer(undefined, { from: 50 }).completion(),
        'was received and acknowledged 28.0 ms before',
      ],
    },
    untested: { 'nothing came': [(run) => run.invite().answer().roster(), 'no notification about the operation'] },
  },
  'ordering.completion-before-roster': {
    passes: {
      'completion first': told,
      'a roster without the invitee first': (run) => {
        run.invite().answer();
        return run
          .roster(() => run.rosterItem([user('host')]))
          .completion()
          .roster();
      },
    },
    fails: {
      'roster first': [
        (run) => run.invite().answer().roster().completion(),
        'was acknowledged before the completion (delivery',
      ],
      'roster first, and again': [(run) => run.invite().answer().roster().completion().roster(), 'was acknowledged'],
    },
    untested: {
      'no completion': ended,
      'no roster': [(run) => run.invite().answer().completion(), 'no roster update shows an invitee'],
    },
  },
  'ordering.replaced-call-ends-after-completion': {
    passes: {
      'after it': replaced,
      'overlapping it': (run) =>
        run
          .invite({ replacing: true })
          .answer()
          .completion(undefined, { from: 50, until: 500 })
          .peer('terminated', 'deleted'),
      'it changes otherwise before': (run) =>
        run.invite({ replacing: true }).peer('established').answer().completion().peer('terminated', 'deleted'),
    },
    fails: {
      'terminated before': [
        (run) => run.invite({ replacing: true }).answer().peer('terminated').completion().peer('terminated', 'deleted'),
        'updated of the replaced call, was acknowledged before the completion',
      ],
      'deleted before': [
        (run) => run.invite({ replacing: true }).answer().peer('established', 'deleted').completion(),
        'deleted of the replaced call, was acknowledged before the completion',
      ],
    },
    untested: {
      'no completion': [(run) => run.invite({ replacing: true }).answer().peer('terminated'), 'no notification ended'],
      'it never ends': [(run) => run.invite({ replacing: true }).joins(), 'no notification says'],
    },
  },
  'ordering.terminated-before-deleted': {
    passes: {
      'terminated first': replaced,
      'terminating is enough': (run) =>
        run.invite({ replacing: true }).joins().peer('Terminating').peer('terminated', 'deleted'),
    },
    fails: {
      'deleted first': [
        (run) => run.invite({ replacing: true }).joins().peer('established', 'deleted').peer('terminated'),
        'was acknowledged before terminated (delivery',
      ],
      'terminated again after deleted': [
        (run) =>
          run.invite({ replacing: true }).joins().peer('terminated').peer('terminated', 'deleted').peer('terminated'),
        'deleted (delivery',
      ],
    },
    untested: {
      'never deleted': [(run) => run.invite({ replacing: true }).joins().peer('terminated'), 'was deleted'],
      'never terminated': [
        (run) => run.invite({ replacing: true }).joins().peer('established', 'deleted'),
        'was terminated',
      ],
    },
  },
  'ordering.concurrent-invitations': {
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
          run
            .invite({ call: 'c' })
            .joins()
            .invite({ call: 'c' })
            .completion()
            .answer(undefined, { from: 900 })
            .roster(),
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
  },
});

test('where the deliveries of completion and roster overlap, that their order is not proved is a remark', () => {
  const id = 'ordering.completion-before-roster';
  const history = aRun([id])
    .invite()
    .answer()
    .roster(undefined, { from: 50, until: 70 })
    .completion(undefined, { from: 60, until: 80 })
    .history();
  expect(said(history, id)).toBe('passed');
  expect(judged(history, id).outcomes[0]?.remark).toContain('overlap');
});
