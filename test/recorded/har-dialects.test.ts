import type { Result } from '../../verdicts/result';
import { goldenHistory } from '../support/golden';
import { verdictOn } from './compare';
import { DIALECTS } from './har-dialects';
import type { Dialect } from './har-file';
import { entriesOf } from './har-of-history';
import { judgedFrom } from './judged-from';

/** Files of each tool are judged as far as they show, and never wrong. */

const right = goldenHistory('conforming');
const wrong = {
  response: goldenHistory('fault.response.participants__empty'),
  completion: goldenHistory('fault.completion.participants__empty'),
};

function judged(dialect: Dialect, history: typeof right): Result {
  const bytes = dialect.write(entriesOf(history));
  return judgedFrom([{ kind: 'har', bytes }], history.header.timeoutMs).result;
}

const RESPONSE = ['response.status-200', 'response.location', 'response.participants', 'response.operation-id-unique'];
const ROSTER = ['completion.status', 'completion.participants', 'roster.invitees'];
const ORDER = ['ordering.response-first', 'ordering.completion-before-roster'];
const all = (ids: readonly string[], verdict: string): Record<string, string> =>
  Object.fromEntries(ids.map((id) => [id, verdict]));

const OF_HEADERS = all(['response.status-200', 'response.location'], 'passed');
const REQUESTS = {
  ...all(RESPONSE, 'passed'),
  ...all(ROSTER, 'untested notifications'),
  'ordering.response-first': 'untested notifications',
};
const WITHOUT_BODIES = { ...OF_HEADERS, 'response.participants': 'untested responseBody' };
const WHOLE = { ...all(RESPONSE, 'passed'), ...all(ROSTER, 'passed'), ...all(ORDER, 'passed') };

const EXPECTED: Record<keyof typeof DIALECTS, Record<string, string>> = {
  chrome: { ...REQUESTS, 'authorization.required': 'untested nothingSent' },
  firefox: REQUESTS,
  firefoxWithoutBodies: WITHOUT_BODIES,
  firefoxCut: WITHOUT_BODIES,
  charles: WHOLE,
  fiddler: WITHOUT_BODIES,
  mitmproxy: WHOLE,
  proxyman: WHOLE,
  devProxy: WITHOUT_BODIES,
  insomnia: REQUESTS,
  playwright: REQUESTS,
  playwrightRelay: WHOLE,
  playwrightAttached: WITHOUT_BODIES,
};

const names = Object.keys(DIALECTS) as (keyof typeof DIALECTS)[];

test.each(names)('%s: a conforming service passes', (name) => {
  const result = judged(DIALECTS[name], right);
  expect(result.behaviors.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  const seen = Object.keys(EXPECTED[name]).map((id): [string, string] => [id, verdictOn(result, id)]);
  expect(Object.fromEntries(seen)).toEqual(EXPECTED[name]);
});

test.each(names.filter((name) => EXPECTED[name]['response.participants'] === 'passed'))(
  '%s: a defective response is found',
  (name) => {
    expect(verdictOn(judged(DIALECTS[name], wrong.response), 'response.participants')).toBe('failed');
  },
);

test.each(names.filter((name) => EXPECTED[name]['completion.participants'] === 'passed'))(
  '%s: a defective notification is found',
  (name) => {
    expect(verdictOn(judged(DIALECTS[name], wrong.completion), 'completion.participants')).toBe('failed');
  },
);
