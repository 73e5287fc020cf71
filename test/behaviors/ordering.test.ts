import { CONCURRENT } from './concurrent-invitations';
import { user } from '../support/bodies';
import type { RunStory } from '../support/histories';
import { testArea, type Telling, type Lacking } from '../support/cases';

const told: Telling = (run) => run.invite().joins();
const ended: readonly [Telling, Lacking] = [
  (run) => run.invite().answer().roster(),
  { lacks: 'ended', restsOn: ['completion.arrives'] },
];
const replaced: Telling = (run) =>
  run.invite({ replacing: true }).joins().peer('terminating').peer('terminated').peer('terminated', 'deleted');

/** The roster of one invitation also lists an invitee whose completion begins `ms` milliseconds after it. */
function rosterOfAnother(run: RunStory, ms: number, others = 0, between = 2): RunStory {
  run.invite({ name: 'a', call: 'c', invitees: [user('a')], tries: [] }).answer();
  run.invite({ name: 'b', call: 'c', invitees: [user('b')] }).answer();
  run.invite({ name: 'c', call: 'c', invitees: [user('c')], tries: [] }).answer();
  for (let i = 0; i < others; i += 1) run.invite({ tries: [] }).answer();
  const both = (): ReturnType<RunStory['rosterItem']> => run.rosterItem([user('a'), user('b')]);
  run.of('a').completion(undefined, { from: 1000, until: 1001 }).roster(both, { from: 1010, until: 1012 });
  for (let i = 0; i < others; i += 1) run.of(String(i + 4)).completion(undefined, { from: 1011, until: 1012 });
  if (between > 0) run.of('c').completion(undefined, { from: 1014, until: 1015 });
  if (between > 1) run.of('c').roster(() => run.rosterItem(['a', 'b', 'c'].map(user)), { from: 1017, until: 1018 });
  return run
    .of('b')
    .completion(undefined, { from: 1012 + ms, until: 1013 + ms })
    .roster(both);
}

testArea('ordering', {
  'ordering.response-first': {
    passes: {
      'response first': told,
      'overlapping the response': (run) =>
        run.invite().completion(undefined, { from: 20, until: 40 }).answer(undefined, { from: 30 }),
      'before it by at most the round trip': (run) =>
        run.invite().completion(undefined, { from: 20, until: 30 }).answer(undefined, { from: 31 }),
      'begun before it and never acknowledged': (run) =>
        run.invite().completion(undefined, { from: 20, unacknowledged: true }).answer(),
    },
    fails: {
      'completion first': [
        (run) => run.invite().completion(undefined, { from: 20, until: 30 }).answer(undefined, { from: 50 }),
        {
          fact: 'ordering.response-first',
          part: 'time',
          path: '$.value[0]',
          observed: { is: 'order', first: { what: 'operation' }, then: { what: 'response' }, ms: 29 },
        },
      ],
      'running first': [
        (run) => run.invite().running(undefined, { from: 20, until: 22 }).answer(undefined, { from: 50 }).completion(),
        {
          fact: 'ordering.response-first',
          part: 'time',
          path: '$.value[0]',
          observed: { is: 'order', first: { what: 'operation' }, then: { what: 'response' }, ms: 29 },
        },
      ],
    },
    untested: {
      'no completion': [
        (run) => run.invite().answer().roster(),
        { lacks: 'operationNotification', restsOn: ['completion.arrives'] },
      ],
    },
  },
  'ordering.completion-before-roster': {
    passes: {
      'completion first': told,
      'their deliveries overlap: the order is not proved': (run) =>
        run.invite().answer().roster(undefined, { from: 50, until: 70 }).completion(undefined, { from: 60, until: 80 }),
      'the roster of another invitation first, which lists both invitees': (run) => {
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
      'the roster of another invitation that has just completed, while the completion is in flight': (run) =>
        rosterOfAnother(run, 40),
      'the same, long before, while many others are under way': (run) => rosterOfAnother(run, 400, 8),
      'the same, long before, while one notification of the call was sent alone': (run) =>
        rosterOfAnother(run, 400, 0, 1),
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
        {
          fact: 'ordering.completion-before-roster',
          part: 'time',
          path: '$.value[0]',
          observed: { is: 'order', first: { what: 'roster' }, then: { what: 'completion' }, ms: 11 },
        },
      ],
      'roster first, which also lists an invitee who had an earlier roster': [
        (run) => {
          run.invite({ call: 'c', invitees: [user('a')], tries: [] }).joins();
          run.invite({ call: 'c', invitees: [user('b')] }).answer();
          return run.roster(() => run.rosterItem([user('a'), user('b')])).completion();
        },
        {
          fact: 'ordering.completion-before-roster',
          part: 'time',
          path: '$.value[0]',
          observed: { is: 'order', first: { what: 'roster' }, then: { what: 'completion' }, ms: 11 },
        },
      ],
      'the roster of another invitation, which lists both invitees, long before the completion': [
        (run) => rosterOfAnother(run, 41),
        {
          fact: 'ordering.completion-before-roster',
          part: 'time',
          path: '$.value[0]',
          observed: { is: 'order', first: { what: 'roster' }, then: { what: 'completion' }, ms: 42 },
        },
      ],
      'roster first, and again': [
        (run) => run.invite().answer().roster().completion().roster(),
        {
          fact: 'ordering.completion-before-roster',
          part: 'time',
          path: '$.value[0]',
          observed: { is: 'order', first: { what: 'roster' }, then: { what: 'completion' }, ms: 11 },
        },
      ],
    },
    untested: {
      'no completion': ended,
      'no roster': [
        (run) => run.invite().answer().completion(),
        { lacks: 'showing', restsOn: ['roster.announced', 'roster.collection', 'roster.invitees'] },
      ],
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
      'another update of it before': (run) =>
        run.invite({ replacing: true }).peer('established').answer().completion().peer('terminated', 'deleted'),
    },
    fails: {
      'terminated before': [
        (run) => run.invite({ replacing: true }).answer().peer('terminated').completion().peer('terminated', 'deleted'),
        {
          fact: 'ordering.replaced-call-ends-after-completion',
          part: 'time',
          path: '$.value[0]',
          observed: { is: 'order', first: { what: 'callEnd' }, then: { what: 'completion' }, ms: 11 },
        },
      ],
      'deleted before': [
        (run) => run.invite({ replacing: true }).answer().peer('established', 'deleted').completion(),
        {
          fact: 'ordering.replaced-call-ends-after-completion',
          part: 'time',
          path: '$.value[0]',
          observed: { is: 'order', first: { what: 'callEnd' }, then: { what: 'completion' }, ms: 11 },
        },
      ],
    },
    untested: {
      'no completion': [
        (run) => run.invite({ replacing: true }).answer().peer('terminated'),
        { lacks: 'ended', restsOn: ['completion.arrives'] },
      ],
      'it never ends': [
        (run) => run.invite({ replacing: true }).joins(),
        { lacks: 'replacedCallEnds', restsOn: ['replace.peer-call-terminated', 'replace.peer-call-deleted'] },
      ],
    },
  },
  'ordering.terminated-before-deleted': {
    passes: {
      'terminated first': replaced,
      'the deletion says both, and comes twice': (run) =>
        run.invite({ replacing: true }).joins().peer('terminated', 'deleted').peer('terminated', 'deleted'),
      'only terminating': (run) =>
        run.invite({ replacing: true }).joins().peer('Terminating').peer('terminated', 'deleted'),
    },
    fails: {
      'deleted first': [
        (run) => run.invite({ replacing: true }).joins().peer('established', 'deleted').peer('terminated'),
        {
          fact: 'ordering.terminated-before-deleted',
          part: 'time',
          path: '$.value[0]',
          observed: { is: 'order', first: { what: 'deleted' }, then: { what: 'terminated' }, ms: 11 },
        },
      ],
      'terminated again after deleted': [
        (run) =>
          run.invite({ replacing: true }).joins().peer('terminated').peer('terminated', 'deleted').peer('terminated'),
        {
          fact: 'ordering.terminated-before-deleted',
          part: 'time',
          path: '$.value[0]',
          observed: { is: 'order', first: { what: 'deleted' }, then: { what: 'terminated' }, ms: 11 },
        },
      ],
    },
    untested: {
      'never deleted': [
        (run) => run.invite({ replacing: true }).joins().peer('terminated'),
        { lacks: 'replacedCallDeleted', restsOn: ['replace.peer-call-deleted'] },
      ],
      'never terminated': [
        (run) => run.invite({ replacing: true }).joins().peer('established', 'deleted'),
        { lacks: 'replacedCallTerminated', restsOn: ['replace.peer-call-terminated'] },
      ],
    },
  },
  'ordering.concurrent-invitations': CONCURRENT,
});
