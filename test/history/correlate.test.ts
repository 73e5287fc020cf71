import { correlate, type CorrelatedInvitation } from '../../history/correlate';
import type { History } from '../../history/events';
import { runView } from '../../history/run-view';
import { all, drop, put } from '../support/edits';
import { user } from '../support/bodies';
import { aRun } from '../support/histories';

/** The number of notifications about operations assigned to each invitation. */
function given(history: History): Record<string, number> {
  return Object.fromEntries(
    runView(history).invitations.map(({ record, operations }) => [record.key, operations.length]),
  );
}

/** Two invitations to one call, both accepted. */
function two() {
  const run = aRun().invite({ attempt: 'x', name: 'a', call: 'c' }).answer();
  return run.invite({ attempt: 'x', name: 'b', call: 'c' }).answer();
}

describe('a notification about an operation is assigned to the invitation', () => {
  const WRONG: [what: string, edit: ReturnType<typeof put>][] = [
    ['unchanged', (item) => item],
    ['another id', put('/resourceData/id', 'x')],
    ["the other's id", put('/resourceData/id', 'operation-1')],
    ['no id', drop('/resourceData/id')],
    ['another clientContext', put('/resourceData/clientContext', 'x')],
    ["the other's clientContext", put('/resourceData/clientContext', 'context "1" <&>')],
    ["the other's participants", put('/resourceData/participants', [{ identity: { user: { id: 'user-of-1' } } }])],
    ["the other's resourceUrl", put('/resourceUrl', '/communications/calls/call-1/operations/operation-1')],
    ['no resourceUrl', drop('/resourceUrl')],
    ['no ids at all', all(drop('/resourceData/id'), drop('/resourceUrl'))],
  ];

  test.each(WRONG)('that it resembles most: %s', (_what, edit) => {
    expect(given(two().of('b').completion(edit).history())).toEqual({ 'story/x/a': 0, 'story/x/b': 1 });
  });

  test('wherever it was delivered', () => {
    const run = aRun()
      .invite({ attempt: 'x', name: 'a' })
      .answer()
      .invite({ attempt: 'x', name: 'b', call: 'd' })
      .answer();
    expect(given(run.of('a').completion(undefined, { to: 'd' }).history())).toEqual({ 'story/x/a': 1, 'story/x/b': 0 });
  });

  test('sent first, of one whose context it has and one whose callback and call it has, with the same invitees', () => {
    const alike = { attempt: 'x', invitees: [user('u')] };
    const run = aRun()
      .invite({ ...alike, name: 'a', call: 'c' })
      .answer()
      .invite({ ...alike, name: 'b', call: 'd' })
      .answer();
    const ofOther = all(put('/resourceData/id', 'x'), put('/resourceUrl', '/communications/calls/call-1/operations/x'));
    expect(given(run.completion(ofOther, { to: 'c' }).history())).toEqual({ 'story/x/a': 1, 'story/x/b': 0 });
  });

  test('one each, if only their number distinguishes them', () => {
    const alike = { attempt: 'x', call: 'c', clientContext: null, invitees: [user('u')] };
    const run = aRun()
      .invite({ ...alike, name: 'a' })
      .answer(drop('/id'))
      .invite({ ...alike, name: 'b' });
    run.answer(drop('/id')).completion();
    expect(given(run.history())).toEqual({ 'story/x/a': 1, 'story/x/b': 0 });
    run.completion();
    expect(given(run.history())).toEqual({ 'story/x/a': 1, 'story/x/b': 1 });
    run.completion();
    expect(given(run.history())).toEqual({ 'story/x/a': 2, 'story/x/b': 1 });
  });

  test('not to one that lacks the same members, because these say nothing', () => {
    const to = { attempt: 'x', call: 'c' };
    const first = aRun()
      .invite({ ...to, name: 'a', clientContext: null })
      .refuse();
    first
      .invite({ ...to, name: 'b' })
      .answer()
      .completion(all(drop('/resourceData/id'), drop('/resourceUrl')));
    first.completion(all(drop('/resourceData/clientContext'), put('/resourceData/id', 'x'), drop('/resourceUrl')));
    expect(given(first.history())).toEqual({ 'story/x/a': 0, 'story/x/b': 2 });
    const empty = aRun()
      .invite({ ...to, name: 'a' })
      .answer()
      .invite({ ...to, name: 'b', invitees: [] })
      .answer();
    empty.completion(put('/resourceData', { '@odata.type': '#microsoft.graph.inviteParticipantsOperation' }), {
      envelope: put('/value/0/resourceUrl', '/communications/calls/call-1/operations/x'),
    });
    expect(given(empty.history())).toEqual({ 'story/x/a': 1, 'story/x/b': 0 });
  });

  test('even if that was refused, by its clientContext', () => {
    const run = aRun().invite({ attempt: 'x', name: 'a', call: 'c' }).answer();
    run.invite({ attempt: 'x', name: 'b', call: 'c' }).refuse().completion();
    expect(given(run.history())).toEqual({ 'story/x/a': 0, 'story/x/b': 1 });
  });

  test('only if it resembles one', () => {
    const run = aRun().invite().answer();
    run.completion(
      all(
        put('/resourceUrl', '/communications/calls/strange/operations/x'),
        put('/resourceData', { '@odata.type': '#microsoft.graph.inviteParticipantsOperation', status: 'completed' }),
      ),
      { to: null },
    );
    expect(given(run.history())).toEqual({ 'story/attempt-1/1': 0 });
  });

  test.each(['playPromptOperation', 'commsOperation'])(
    'of its id only, if the operation is of another kind: %s',
    (kind) => {
      const typed = put('/resourceData/@odata.type', `#microsoft.graph.${kind}`);
      const [id, url] = ['/resourceData/id', '/resourceUrl'];
      const other = all(typed, put(id, 'x'), put(url, '/communications/calls/call-1/operations/x'));
      expect(given(aRun().invite().answer().completion(other).history())).toEqual({ 'story/attempt-1/1': 0 });
      expect(given(aRun().invite().answer().completion(typed).history())).toEqual({ 'story/attempt-1/1': 1 });
    },
  );

  test('rosters and call updates are assigned to no invitation', () => {
    expect(given(aRun().invite().answer().roster().callUpdate().history())).toEqual({ 'story/attempt-1/1': 0 });
  });
});

test('nothing is assigned without an invitation', () => {
  const { notifications } = runView(aRun().invite().joins().history());
  expect(correlate<CorrelatedInvitation>([], notifications)).toEqual(new Map());
});
