import { pairsOf } from '../../behaviors/facts/ordered-pairs';
import type { Notification } from '../../history/notifications';
import { runView } from '../../history/run-view';
import { stringMember } from '../../history/values';
import { aRun, type RunStory } from '../support/histories';

/** The events that a fact orders. */

/** What a notification is, in one word. */
function nameOf({ about, changeType, data }: Notification): string {
  if (about === 'roster') return 'roster';
  if (about === 'call' && changeType === 'deleted') return 'deleted';
  return stringMember(data, 'status') ?? stringMember(data, 'state') ?? '';
}

/** The pairs that a fact orders in the first invitation of a story. */
function pairs(fact: string, tell: (run: RunStory) => RunStory): string[] {
  const run = runView(tell(aRun()).history());
  const [invitation] = run.invitations;
  if (!invitation) throw new Error('the story has no invitation');
  return pairsOf(fact, invitation, run).map(
    ({ first, then }) => `${first ? nameOf(first) : 'response'}, ${nameOf(then)}`,
  );
}

const ended = (run: RunStory): RunStory => run.invite().answer().running().completion().roster();
const replaced = (run: RunStory): RunStory => run.invite({ replacing: true }).answer().completion();
const deletedAfter =
  (...states: string[]) =>
  (run: RunStory): RunStory =>
    states.reduce((told, state) => told.peer(state), replaced(run)).peer('terminated', 'deleted');

test.each<[string, (run: RunStory) => RunStory, string[]]>([
  ['ordering.response-first', ended, ['response, running', 'response, completed']],
  ['ordering.completion-before-roster', ended, ['completed, roster']],
  ['completion.once', (run) => ended(run).running(), ['running, completed', 'running, completed']],
  [
    'ordering.replaced-call-ends-after-completion',
    deletedAfter('terminated'),
    ['completed, terminated', 'completed, deleted'],
  ],
  [
    'ordering.terminated-before-deleted',
    deletedAfter('terminating', 'terminated'),
    ['terminating, deleted', 'terminated, deleted'],
  ],
])('%s', (fact, tell, expected) => {
  expect(pairs(fact, tell)).toEqual(expected);
});

test('without a completion, nothing comes before or after it', () => {
  const running = (run: RunStory): RunStory => run.invite({ replacing: true }).answer().running().roster();
  expect(pairs('completion.once', running)).toEqual([]);
  expect(pairs('ordering.completion-before-roster', running)).toEqual([]);
});

test('the only end of a replaced call comes neither before nor after itself', () => {
  expect(pairs('ordering.terminated-before-deleted', deletedAfter())).toEqual([]);
  expect(pairs('ordering.terminated-before-deleted', (run) => replaced(run).peer('terminated'))).toEqual([]);
});

test('other facts order nothing', () => {
  expect(pairs('replace.peer-call-terminated', deletedAfter('terminated'))).toEqual([]);
});
