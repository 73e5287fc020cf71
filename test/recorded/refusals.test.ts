import { put } from '../support/edits';
import type { RunStory } from '../support/histories';
import { shown, withoutBody, type RecordedStory } from './recorded-story';

/** What a recording proves about invitations that were refused, or should have been. */

describe('a refusal', () => {
  const refused = (status: number) => (run: RunStory) => run.control().invite({ expect: 'refused' }).refuse(status);
  const REFUSED = 'request.malformed-json';

  test.each([
    [399, 'untested response'],
    [302, 'untested response'],
    [400, 'passed'],
    [500, 'failed'],
    [502, 'untested response'],
    [503, 'untested response'],
    [504, 'untested response'],
  ])('by %i: %s', (status, verdict) => {
    const tell = (run: RunStory): RunStory => refused(status)(run).callUpdate();
    expect(shown({ id: REFUSED, tell })).toBe(verdict);
  });

  test.each([
    [500, 'failed'],
    [501, 'failed'],
    [502, 'untested response'],
  ])('that must be a client error, by %i: %s', (status, verdict) => {
    expect(shown({ id: 'refusal.client-error', tell: refused(status) })).toBe(verdict);
  });

  test.each([
    [401, 'passed'],
    [403, 'failed'],
    [500, 'failed'],
    [503, 'untested response'],
  ])('that must be 401, by %i: %s', (status, verdict) => {
    const tell = (run: RunStory): RunStory => refused(status)(run).callUpdate();
    expect(shown({ id: 'authorization.status-401', tell })).toBe(verdict);
  });

  test('by a gateway speaks against a refusal that another one shows', () => {
    const tell = (run: RunStory): RunStory =>
      refused(400)(run).callUpdate().invite({ expect: 'refused' }).refuse(502).callUpdate();
    expect(shown({ id: REFUSED, tell })).toBe('untested response against');
  });

  test('of an ordinary invitation may have a reason', () => {
    const tell = (run: RunStory): RunStory => run.control().invite().refuse(500);
    expect(shown({ id: 'refusal.client-error', tell })).toBe('untested circumstances');
  });

  test('that did not come fails; one that may come later is due', () => {
    const accepted = (expect: 'refused' | 'refusedOrFails') => (run: RunStory) =>
      run.control().invite({ expect }).joins();
    expect(shown({ id: REFUSED, tell: accepted('refused') })).toBe('failed');
    expect(shown({ id: REFUSED, tell: accepted('refusedOrFails') })).toBe('failed');
    const open = (expect: 'refused' | 'refusedOrFails') => (run: RunStory) =>
      run.control().invite({ expect }).answer().running();
    expect(shown({ id: REFUSED, tell: open('refusedOrFails') })).toBe('untested gap');
    expect(shown({ id: REFUSED, tell: open('refused') })).toBe('failed');
    const deleted = put('/changeType', 'deleted');
    const running = (run: RunStory): RunStory =>
      run.control().invite({ expect: 'refusedOrFails' }).answer().running(deleted);
    expect(shown({ id: REFUSED, tell: running })).toBe('untested gap');
  });

  describe('has no effect', () => {
    const id = 'refusal.no-effect';
    const beside = (tell: RecordedStory['tell']) => (run: RunStory) => tell(refused(400)(run).callUpdate());

    test.each<[string, Partial<RecordedStory>, string]>([
      ['if nothing follows', {}, 'passed'],
      ['as far as the recording continues', { sources: [[0, 100]] }, 'untested window'],
      [
        'as far as the invitation has a time',
        { recorded: ({ kind }) => ({ times: kind === 'exchange' ? 'none' : 'full' }) },
        'untested window',
      ],
      ['as far as all was read', { over: { leftOut: [{ why: 'unreadable', count: 1 }] } }, 'untested unmatched'],
    ])('%s', (_, more, verdict) => {
      expect(shown({ id, tell: beside((run) => run), ...more })).toBe(verdict);
    });

    test('but another may have invited who joins', () => {
      const tell = beside((run) => run.roster());
      expect(shown({ id, tell })).toBe('untested membership');
    });

    test('even if the body of its response was not recorded', () => {
      expect(shown({ id, tell: beside((run) => run), edit: withoutBody })).toBe('passed');
    });

    test('unless its call has no notifications', () => {
      expect(shown({ id, tell: refused(400) })).toBe('untested notifications');
    });
  });
});
