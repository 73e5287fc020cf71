import type { Delivery, Exchange } from '../../history/events';
import type { RunStory } from '../support/histories';
import { shown } from './recorded-story';

/** A completion that was recorded on both sides of a proxy that changes its path, or was sent to two paths. */

const id = 'completion.once';
const same = (value: unknown): unknown => value;

test.each<[string, number, boolean, string]>([
  ['during the first, at another path', 110, true, 'untested callback'],
  ['when the first ends, at another path', 120, true, 'untested callback'],
  ['after the first, at another path', 121, true, 'failed'],
  ['during the first, at the same path', 110, false, 'failed'],
])('%s', (_, from, isElsewhere, verdict) => {
  const tell = (run: RunStory): RunStory =>
    run
      .invite()
      .answer()
      .completion(same, { from: 100, until: 120 })
      .completion(same, { from, until: from + 5 })
      .roster();
  const edit = (event: Exchange | Delivery): Exchange | Delivery =>
    event.kind === 'delivery' && isElsewhere && event.headersAt === from ? { ...event, path: '/other' } : event;
  expect(shown({ id, tell, edit })).toBe(verdict);
});

test('at another path, after a first one that was never acknowledged', () => {
  const tell = (run: RunStory): RunStory =>
    run
      .invite()
      .answer()
      .completion(same, { from: 100, unacknowledged: true })
      .completion(same, { from: 9000 })
      .roster();
  const edit = (event: Exchange | Delivery): Exchange | Delivery =>
    event.kind === 'delivery' && event.headersAt === 9000 ? { ...event, path: '/other' } : event;
  expect(shown({ id, tell, edit })).toBe('untested callback');
  expect(shown({ id, tell })).toBe('untested order');
});
