import { callOf, hasCall, invitationsTrying, sentTo } from '../../history/lookup';
import { runView } from '../../history/run-view';
import { aRun } from '../support/histories';

test('the invitations and calls of a run are found by behaviour, call id and key, in order', () => {
  const [one, other] = [{ tries: ['x', 'x'] }, { tries: ['y', 'x'], callId: 'c', call: 'second' }];
  const story = aRun()
    .invite({ ...one, callId: 'c' })
    .answer()
    .invite(other)
    .answer()
    .invite(other)
    .answer()
    .cutOff();
  const run = runView(story.history());
  const names = (list: ReturnType<typeof sentTo>): string[] => list.map(({ record }) => record.key.slice(-1));
  expect([invitationsTrying(run, 'x'), invitationsTrying(run, 'y'), invitationsTrying(run, 'z')].map(names)).toEqual([
    ['1', '2'],
    ['2'],
    [],
  ]);
  expect([sentTo(run, 'c'), sentTo(run, 'd')].map(names)).toEqual([['1', '2', '3'], []]);
  expect([callOf(run, 'second'), callOf(run, 'third'), callOf(run, undefined)]).toEqual([
    run.calls[1],
    undefined,
    undefined,
  ]);
  expect([hasCall(run, 'c'), hasCall(run, 'd')]).toEqual([true, false]);
  const [first] = run.calls;
  if (!first) throw new Error('no call');
  const twice = { ...run, calls: [first, { ...first, callId: 'e' }] };
  expect(callOf(twice, first.key)).toBe(first);
  expect(hasCall(twice, 'e')).toBe(true);
});
