import { callItem, operationItem } from '../support/bodies';
import type { RunStory } from '../support/histories';
import { shown } from './recorded-story';

/** When a recording proves that a replaced call did not end, or that a meeting did. */

describe('the end of a replaced call', () => {
  const id = 'replace.peer-call-terminated';
  const ended =
    (how: 'deleted' | 'nothing', other?: unknown) =>
    (run: RunStory): RunStory => {
      const replaced = (one: RunStory): RunStory => {
        one.invite({ replacing: true }).answer().completion().roster();
        // The recording shows notifications about the replaced call, though not its end.
        return how === 'deleted' ? one.peer('established', 'deleted') : one.peer('established');
      };
      const told = replaced(replaced(run).callUpdate('established', { from: 300, until: 400 }));
      return other === undefined ? told : told.post([other], { to: null });
    };

  test.each<[string, unknown, string]>([
    ['nothing else', undefined, 'failed'],
    ['the end of an unknown call', callItem('unknown', 'terminated'), 'untested unmatched'],
    ['the deletion of an unknown call', callItem('unknown', 'established', 'deleted'), 'untested unmatched'],
    ['another state of an unknown call', callItem('unknown', 'established'), 'failed'],
    [
      'the end of an operation of an unknown call',
      operationItem('unknown', { id: 'unknown', clientContext: 'unknown', invitees: [] }, 'completed'),
      'untested gap',
    ],
    ['the end of a known call', callItem('call-1', 'terminated'), 'failed'],
  ])('that is missing twice, beside %s', (_, other, verdict) => {
    expect(shown({ id, tell: ended('nothing', other) })).toBe(verdict);
  });

  test('may be that of the call of the invitation', () => {
    const both = (run: RunStory): RunStory =>
      ended('nothing')(run).callUpdate('terminated').of('1').callUpdate('terminated');
    expect(shown({ id, tell: both })).toBe('untested gap');
  });

  test('of a later edition is not known to be due', () => {
    expect(shown({ id, tell: ended('nothing'), header: { edition: '2025-07-23' } })).toBe('untested circumstances');
  });

  test('whose notifications were not recorded is unknown', () => {
    const tell = (run: RunStory): RunStory => run.invite({ replacing: true }).joins();
    expect(shown({ id, tell })).toBe('untested notifications');
  });
});

test('the meeting that a participant is moved from', () => {
  const more = { id: 'move.source-call-stays', header: { edition: '2025-07-23' } };
  const moved = (run: RunStory): RunStory => run.invite({ replacing: true }).joins();
  expect(shown({ ...more, tell: (run) => moved(run).peer('established') })).toBe('passed');
  expect(shown({ ...more, tell: (run) => moved(run).peer('terminated') })).toBe('untested circumstances');
  expect(shown({ ...more, tell: moved })).toBe('untested notifications');
  expect(shown({ ...more, tell: (run) => moved(run).peer('established'), sources: [[0, 100]] })).toBe(
    'untested window',
  );
});
