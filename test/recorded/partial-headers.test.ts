import type { Delivery, Exchange, Headers } from '../../history/events';
import type { RunStory } from '../support/histories';
import { shown } from './recorded-story';

/** Some recorders keep only some headers, as scripts in a browser and client libraries do. */

const joins = (run: RunStory): RunStory => run.invite().joins();

test.each<[string, Headers, string]>([
  ['response.location', [['content-type', 'application/json']], 'untested headers'],
  ['response.location', [['date', 'today']], 'failed'],
  ['response.json', [['location', '/x']], 'untested headers'],
  ['response.json', [['date', 'today']], 'failed'],
  ['response.json', [['content-type', 'application/json']], 'passed'],
])('%s of a response with %j is %s', (id, headers, verdict) => {
  const edit = (event: Exchange | Delivery): Exchange | Delivery =>
    event.kind === 'exchange' && event.response ? { ...event, response: { ...event.response, headers } } : event;
  expect(shown({ id, tell: joins, edit })).toBe(verdict);
});

test.each([
  ['user-agent', 'untested headers'],
  ['content-length', 'failed'],
  ['transfer-encoding', 'failed'],
])('notification.json of a delivery with only %s is %s', (name, verdict) => {
  const tell = (run: RunStory): RunStory =>
    run
      .invite()
      .answer()
      .completion((value: unknown) => value, { headers: [[name, '1']] });
  expect(shown({ id: 'notification.json', tell })).toBe(verdict);
});
