import type { History, HistoryEvent } from '../../history/events';
import { CallParts, type CallPart } from '../../history/call-parts';
import { runView } from '../../history/run-view';
import { all, drop, put, type Edit } from '../support/edits';
import { user } from '../support/bodies';
import { aRun } from '../support/histories';

/** The number of notifications about operations, by invitation. */
type Given = Record<string, number>;

function inParts({ header, events }: History): { given: Given; parts: CallParts; closed: CallPart[] } {
  const parts = new CallParts(header);
  const closed = events.flatMap((event) => parts.take(event) ?? []);
  const given = closed.flatMap(({ run }) =>
    run.invitations.map(({ record, operations }) => [record.key, operations.length]),
  );
  return { given: Object.fromEntries(given) as Given, parts, closed };
}

function asAWhole(history: History): Given {
  return Object.fromEntries(
    runView(history).invitations.map(({ record, operations }) => [record.key, operations.length]),
  );
}

/** Two calls; two invitations to the first, one to the second. */
function three() {
  return aRun()
    .invite({ attempt: 'a', name: 'one', invitees: [user('u1')] })
    .answer()
    .invite({ attempt: 'a', name: 'two', invitees: [user('u2')] })
    .answer()
    .invite({ attempt: 'b', name: 'three', invitees: [user('u3')] })
    .answer();
}

/** Moves the end of an attempt before the last `before` events, of which one is the end of the run. */
function endsEarlier({ header, events }: History, attempt: string, before: number): History {
  const ends = (event: HistoryEvent): boolean => event.kind === 'attemptEnd' && event.attempt === attempt;
  const rest = events.filter((event) => !ends(event) && event.kind !== 'attemptEnd');
  const others = events.filter((event) => event.kind === 'attemptEnd' && !ends(event));
  const at = rest.length - before;
  return { header, events: [...rest.slice(0, at), ...events.filter(ends), ...rest.slice(at), ...others] };
}

const OTHERS_URL = '/communications/calls/call-1/operations/operation-1';

const NOTHING = 'neither id, context nor URL';
const EDITS: [what: string, edit: Edit][] = [
  ['unchanged', (item) => item],
  ['another id', put('/resourceData/id', 'x')],
  ["another call's id", put('/resourceData/id', 'operation-1')],
  ["another call's context", put('/resourceData/clientContext', 'context "1" <&>')],
  ["another call's URL", put('/resourceUrl', OTHERS_URL)],
  ["another call's id and URL", all(put('/resourceData/id', 'operation-1'), put('/resourceUrl', OTHERS_URL))],
  [
    "another call's, except for the invitees",
    all(
      put('/resourceData/id', 'operation-1'),
      put('/resourceData/clientContext', 'context "1" <&>'),
      put('/resourceUrl', OTHERS_URL),
    ),
  ],
  ['no id', drop('/resourceData/id')],
  ['only its id', all(drop('/resourceData/clientContext'), drop('/resourceUrl'))],
  ['only its context', all(drop('/resourceData/id'), drop('/resourceUrl'))],
  ['only its URL', all(drop('/resourceData/id'), drop('/resourceData/clientContext'))],
  [
    'only its call',
    all(
      drop('/resourceData/id'),
      drop('/resourceData/clientContext'),
      put('/resourceUrl', '/communications/calls/call-2/operations/x'),
    ),
  ],
  [NOTHING, all(drop('/resourceData/id'), drop('/resourceData/clientContext'), drop('/resourceUrl'))],
];
const PLACES: [where: string, to: string | null | undefined][] = [
  ['its own callback', undefined],
  ["another call's", 'story/a#1'],
  ['a path of no call', null],
];

describe('a history in parts assigns notifications like the whole history', () => {
  for (const [where, to] of PLACES) {
    // A notification that matches only by its invitees, and was delivered to no call, is assigned to nobody.
    const told = EDITS.filter(([what]) => to !== null || what !== NOTHING);
    test.each(told)(`at ${where}: %s`, (_what, edit) => {
      const how = to === undefined ? {} : { to };
      const history = three().of('one').completion().of('three').completion(edit, how).history();
      expect(inParts(history).given).toEqual(asAWhole(history));
    });
  }

  describe('also if one arrives before the response that names its operation', () => {
    const idOnly = all(drop('/resourceData/clientContext'), drop('/resourceUrl'));
    const urlOnly = all(
      drop('/resourceData/clientContext'),
      drop('/resourceData/id'),
      put('/resourceUrl', '/communications/calls/x/operations/operation-2'),
    );
    test.each<[string, Edit]>([
      ['with its call', drop('/resourceData/clientContext')],
      ['with the id only', idOnly],
      ["with the operation's URL only", urlOnly],
    ])('%s', (_what, edit) => {
      for (const [, to] of PLACES) {
        const run = aRun().invite({ attempt: 'a', name: 'one' }).answer().invite({ attempt: 'b', name: 'two' });
        const history = run
          .completion(edit, to === undefined ? {} : { to })
          .answer()
          .history();
        const { given, closed } = inParts(history);
        expect(given).toEqual({ 'story/a/one': 0, 'story/b/two': 1 });
        expect(asAWhole(history)).toEqual(given);
        expect(closed[1]?.run.notifications).toHaveLength(1);
      }
    });
  });
});

describe('after a call has ended', () => {
  test('a delivery to it is late', () => {
    const { given, parts } = inParts(endsEarlier(three().of('three').completion().history(), 'b', 2));
    expect(given['story/b/three']).toBe(0);
    expect(parts.lateCount).toBe(1);
    expect(parts.lateExamples).toEqual([
      expect.stringMatching(/^delivery \d+ to story\/b#1 \(operation operation-3\)$/),
    ]);
  });

  test('a notification about it that is delivered to another call is late too, and not assigned there', () => {
    const history = three().of('three').completion(undefined, { to: 'story/a#1' }).history();
    const { given, parts } = inParts(endsEarlier(history, 'b', 2));
    expect(given).toEqual({ 'story/a/one': 0, 'story/a/two': 0, 'story/b/three': 0 });
    expect(parts.lateCount).toBe(1);
    expect(parts.lateExamples).toEqual(['delivery 9 to story/a#1 (operation operation-3)']);
  });

  test('a reused id belongs to the invitation that currently has it', () => {
    const run = aRun().invite({ attempt: 'a', name: 'one', operationId: 'same' }).joins();
    const history = run.invite({ attempt: 'b', name: 'two', operationId: 'same' }).joins().history();
    expect(inParts(endsEarlier(history, 'a', 6)).given).toEqual({ 'story/a/one': 1, 'story/b/two': 1 });
  });

  test('a reused id still belongs to the invitation that had it last', () => {
    const run = aRun().invite({ attempt: 'a', name: 'one', operationId: 'same' }).answer();
    run.invite({ attempt: 'b', name: 'two', operationId: 'same' }).answer();
    const history = run.completion(all(drop('/resourceData/clientContext'), drop('/resourceUrl')), { to: null });
    const { given, parts } = inParts(endsEarlier(history.history(), 'a', 2));
    expect(given).toEqual({ 'story/a/one': 0, 'story/b/two': 1 });
    expect(parts.astray).toBe(0);
  });

  test('three deliveries to it are described by their notifications, more are counted', () => {
    const run = three().of('three');
    const nameless = drop('/resourceData/id')(run.operationItem('completed'));
    run
      .post([run.operationItem('running'), nameless, run.rosterItem()])
      .deliver('nothing')
      .completion()
      .completion();
    const { parts } = inParts(endsEarlier(run.history(), 'b', 5));
    expect(parts.lateCount).toBe(4);
    expect(parts.lateExamples).toEqual([
      'delivery 9 to story/b#1 (operation operation-3, operation, roster)',
      'delivery 10 to story/b#1 (no notification)',
      'delivery 11 to story/b#1 (operation operation-3)',
    ]);
  });
});

test('attempts that are running at the end are cut off, and deliveries to no call are counted', () => {
  const history = three().of('three').cutOff().deliver('nothing', { to: null }).history();
  const { given, parts } = inParts(history);
  expect(Object.keys(given)).toEqual(['story/a/one', 'story/a/two']);
  expect([parts.cutOff, parts.astray]).toEqual([1, 1]);
});

test('an invitation to a call without a call event is ignored', () => {
  const { header, events } = three().history();
  expect(inParts({ header, events: events.filter(({ kind }) => kind !== 'call') }).given).toEqual({});
});
