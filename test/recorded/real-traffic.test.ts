import type { Edition } from '../../behaviors/edition';
import type { Result } from '../../verdicts/result';
import { goldenHistory } from '../support/golden';
import { verdictOn } from './compare';
import type { HarEntry } from './gateway';
import { entriesOf, harText } from './har-of-history';
import { judgedFrom } from './judged-from';

/**
 * Differences between the traffic of real services and bots and the page's examples, and the edition that judges it.
 */

const history = goldenHistory('conforming');
const later = goldenHistory('conforming-2025-07-23');

type Change = (text: string) => string;

function judged(of: typeof history, change: Change, edition?: Edition): Result {
  const entries = entriesOf(of).map((entry) => withoutLengths(JSON.parse(change(JSON.stringify(entry))) as HarEntry));
  return judgedFrom([{ kind: 'har', text: harText(entries) }], of.header.timeoutMs, edition ? { edition } : {}).result;
}

/** Removes lengths, because the text was changed. */
function withoutLengths(entry: HarEntry): HarEntry {
  const without = <T extends HarEntry['request'] | HarEntry['response']>(message: T): T => {
    const headers = message.headers.filter(({ name }) => name.toLowerCase() !== 'content-length');
    return { ...message, headers, bodySize: -1 };
  };
  const response = without(entry.response);
  return {
    ...entry,
    request: without(entry.request),
    response: { ...response, content: { ...response.content, size: -1 } },
  };
}

/** A change of JSON within bodies, which are strings in HAR. */
const inBodies =
  (from: string, to: string): Change =>
  (text) =>
    text.replaceAll(JSON.stringify(from).slice(1, -1), JSON.stringify(to).slice(1, -1));

const failed = ({ behaviors }: Result): string[] =>
  behaviors.flatMap(({ id, verdict }) => (verdict === 'failed' ? [id] : []));
const on = (result: Result, ...ids: string[]): string[] => ids.map((id) => verdictOn(result, id));

const SEEN = [
  'response.status-200',
  'response.location',
  'completion.status',
  'roster.invitees',
  'response.participants',
];

const REAL: readonly (readonly [string, Change])[] = [
  ['the beta endpoint', (text) => text.replaceAll('/v1.0', '/beta')],
  [
    'the name of the action in full',
    (text) => text.replaceAll('/participants/invite"', '/participants/microsoft.graph.invite"'),
  ],
  [
    'the name of the action in another case',
    (text) => text.replaceAll('/participants/invite"', '/participants/Microsoft.Graph.Invite"'),
  ],
  [
    'keys in parentheses',
    (text) =>
      text.replaceAll(
        /\/communications\/calls\/([\w-]+)\/participants\/invite"/g,
        "/communications/calls('$1')/participants/invite\"",
      ),
  ],
  ['an $id that a client library writes', inBodies('{"participants":', '{"$id":"1","participants":')],
  [
    'rosters with properties that the page does not name',
    inBodies('"isMuted":', '"publishedStates":[],"restrictedExperience":null,"meetingRole":"attendee","isMuted":'),
  ],
  [
    'envelopes with properties that the page does not name',
    inBodies(
      '{"@odata.type":"#microsoft.graph.commsNotifications",',
      '{"@odata.type":"#microsoft.graph.commsNotifications","validationTokens":[],',
    ),
  ],
];

test.each(REAL)('%s fails nothing, and hides no failure', (_, change) => {
  const result = judged(history, change);
  expect(failed(result)).toEqual([]);
  expect(on(result, ...SEEN)).toEqual(SEEN.map(() => 'passed'));
  const wrong = judged(goldenHistory('fault.response.participants__empty'), change);
  expect(on(wrong, 'response.participants')).toEqual(['failed']);
});

const MOVES = ['move.accepted', 'move.response-participant-id', 'move.first-only-response', 'request.hidden-accepted'];

test('a recording with moves and hidden participants is judged by the edition that describes them', () => {
  const result = judged(later, (text) => text);
  expect(result.edition).toBe('2025-07-23');
  expect(failed(result)).toEqual([]);
  expect(on(result, ...MOVES, ...SEEN)).toEqual([...MOVES, ...SEEN].map(() => 'passed'));
});

test('a named edition takes precedence', () => {
  const first = judged(later, (text) => text, '2021-02-16');
  expect(first.behaviors.some(({ id }) => id === 'move.accepted')).toBe(false);
  expect(first.recording?.leftOut).toContainEqual(expect.objectContaining({ why: 'otherForm' }));
  expect(failed(first)).toEqual([]);
  const of2025 = judged(history, (text) => text, '2025-07-23');
  expect(failed(of2025)).toEqual([]);
  expect(on(of2025, 'move.accepted', 'completion.status')).toEqual(['untested nothingSent', 'passed']);
});

test('a participantId that is not returned is found', () => {
  const gone = (text: string): string => {
    const entry = JSON.parse(text) as HarEntry;
    const { content } = entry.response;
    const written = content.text?.replaceAll('"participantId"', '"participantID"');
    return JSON.stringify({ ...entry, response: { ...entry.response, content: { ...content, text: written } } });
  };
  expect(on(judged(later, gone), 'move.response-participant-id')).toEqual(['failed']);
});
