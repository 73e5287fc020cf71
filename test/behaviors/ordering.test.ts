import { CONCURRENT } from './concurrent-invitations';
import { user } from '../support/bodies';
import { judged, said, testArea, type Telling } from '../support/cases';
import { aRun } from '../support/histories';

const told: Telling = (run) => run.invite().joins();
const ended: readonly [Telling, string] = [(run) => run.invite().answer().roster(), 'no notification ended'];
const replaced: Telling = (run) =>
  run.invite({ replacing: true }).joins().peer('terminating').peer('terminated').peer('terminated', 'deleted');

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
        "had been received 29.0 ms before the response's first byte",
      ],
      'running first': [
        (run) => run.invite().running(undefined, { from: 20, until: 22 }).answer(undefined, { from: 50 }).completion(),
        'had been received 29.0 ms before',
      ],
    },
    untested: { 'nothing came': [(run) => run.invite().answer().roster(), 'no notification about the operation'] },
  },
  'ordering.completion-before-roster': {
    passes: {
      'completion first': told,
      'the roster of another first, which shows both': (run) => {
        run.invite({ name: 'a', call: 'c', invitees: [user('a')], tries: [] }).answer();
        run
          .invite({ name: 'b', call: 'c', invitees: [user('b')] })
          .answer()
          .of('a')
          .completion();
        run
          .roster(() => run.rosterItem([user('a'), user('b')]))
          .of('b')
          .completion();
        return run.roster(() => run.rosterItem([user('a'), user('b')]));
      },
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
        'had been received 11.0 ms before the completion (delivery',
      ],
      'roster first, which shows another who had had a roster of his own': [
        (run) => {
          run.invite({ call: 'c', invitees: [user('a')], tries: [] }).joins();
          run.invite({ call: 'c', invitees: [user('b')] }).answer();
          return run.roster(() => run.rosterItem([user('a'), user('b')])).completion();
        },
        'had been received 11.0 ms before the completion (delivery',
      ],
      'roster first, and again': [(run) => run.invite().answer().roster().completion().roster(), 'had been received'],
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
        'updated of the replaced call, had been received 11.0 ms before the completion',
      ],
      'deleted before': [
        (run) => run.invite({ replacing: true }).answer().peer('established', 'deleted').completion(),
        'deleted of the replaced call, had been received 11.0 ms before the completion',
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
        'had been received 11.0 ms before terminated (delivery',
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
  'ordering.concurrent-invitations': CONCURRENT,
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
