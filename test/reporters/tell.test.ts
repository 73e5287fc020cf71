import type { Finding } from '../../behaviors/behavior';
import type { Value, Who } from '../../behaviors/finding';
import { findingText } from '../../reporters/wording/finding-text';
import { findingOf } from './results';

const json = (value: unknown): Value => ({ is: 'json', value });
const long = 'a'.repeat(150);

test.each<[what: string, expected: Value, observed: Value, title: string]>([
  ['cut off', json('abcdefgh'), json('abcd'), 'is cut off after 4 of 8 characters.'],
  ['followed by one character', json('ab'), json('abc'), 'is followed by 1 more character.'],
  ['lower-cased', json('AbC'), json('abc'), 'is lower-cased.'],
  ['trimmed', json(' a '), json('a'), 'is trimmed.'],
  ['missing', json('a'), { is: 'absent' }, 'is missing.'],
  ['of another type', json('a'), json(7), 'is 7, not "a".'],
])('the difference comes first: %s', (_what, expected, observed, title) => {
  const told = findingText(findingOf('', { expected, observed }), 'completion.client-context');
  expect(told.title).toBe(`The completion's clientContext ${title}`);
});

test('the value of another invitation is reported as such', () => {
  const told = findingText(findingOf('x', { belongsTo: 'single/two/1' }), 'completion.client-context');
  expect(told.title).toBe("The completion's clientContext is that of single/two/1 instead of this one's.");
});

test('what follows the end of an operation is not told as a number', () => {
  const observed: Value = {
    is: 'order',
    first: { event: 1, what: 'completion' },
    then: { event: 2, what: 'operation' },
  };
  const told = findingText(
    findingOf('', { fact: 'completion.once', expected: { is: 'count', count: 1 }, observed }),
    'completion.once',
  );
  expect(told.title).toMatch(/ is followed by a notification about the operation \(event 2\)\.$/);
  expect(told.expected).toBe('nothing about the operation after its end');
});

test('another success than 200 is told as a status', () => {
  const told = findingText(
    findingOf('', {
      fact: 'response.status-200',
      expected: { is: 'status', status: 200 },
      observed: { is: 'answer', status: 203 },
    }),
    'response.status-200',
  );
  expect(told.title).toBe('The status of the response is 203.');
});

test('of long texts, the surroundings of the first difference are shown', () => {
  const told = findingText(
    findingOf('', { expected: json(`${long}b${long}`), observed: json(`${long}c${long}`) }),
    'completion.client-context',
  );
  expect(told.expected).toMatch(/^"…a{30}ba+…"$/);
  expect(told.got).toMatch(/^"…a{30}ca+…"$/);
});

test('notifications that arrived elsewhere are reported', () => {
  const arrival = {
    event: 9,
    about: 'operation' as const,
    changeType: 'deleted',
    resourceUrl: '/x',
    state: 'completed',
  };
  const observed = (call: string | undefined): Value => ({
    is: 'arrivals',
    arrivals: [{ ...arrival, ...(call === undefined ? {} : { call }) }],
    unread: 0,
    astray: 0,
    inRun: 3,
  });
  const title = (call: string | undefined): string =>
    findingText(
      findingOf('', {
        fact: 'completion.arrives',
        expected: { is: 'allowed', allowed: 'a notification' },
        observed: observed(call),
        attempt: { scenario: 'single', name: 'one', invitation: 'single/one/1', call: 'single/one#1' },
      }),
      'completion.announced',
    ).title;
  expect(title('multiple/two#1')).toBe('The completion arrives at the callback of multiple/two#1, another call.');
  expect(title(undefined)).toBe('The completion arrives at a path that belongs to no call.');
  expect(title('single/one#1')).toBe('The completion does not arrive.');
});

test('of sets, the missing and the unexpected ones are shown, by role', () => {
  const who = (id: string, number: number) => ({
    kind: 'user',
    id,
    role: { of: 'invitee' as const, number, count: 2 },
  });
  const stranger = { kind: 'user', id: 'z', role: { of: 'unknown' as const } };
  const told = findingText(
    findingOf('', {
      fact: 'completion.participants',
      expected: { is: 'identities', identities: [who('a', 1), who('b', 2)] },
      observed: { is: 'identities', identities: [who('a', 1), stranger] },
    }),
    'completion.participants',
  );
  expect(told.note).toBe('missing: user b (invitee 2 of 2); unexpected: user z (unknown to this run)');
});

test.each<[fact: Finding['fact'], path: string, observed: Value, title: string]>([
  ['response.operation', '$.id', { is: 'absent' }, 'id in the operation in the response is missing.'],
  ['response.operation', '$', json([]), 'The operation in the response is [], not what is allowed.'],
  [
    'completion.operation',
    '$.value[0].resourceData',
    json('x'),
    'The operation in the completion is "x", not what is allowed.',
  ],
  [
    'roster.participant',
    '$.value[0].resourceData[2].isInLobby',
    { is: 'absent' },
    "isInLobby in the invitee's entry in the roster is missing.",
  ],
  [
    'roster.joined',
    '$.value[0].resourceData[2].isMuted',
    json(true),
    "isMuted in the invitee's entry in the roster is true, not what is allowed.",
  ],
  [
    'failure.result-info',
    '$.value[0].resourceData.resultInfo',
    { is: 'absent' },
    "The failed operation's resultInfo is missing.",
  ],
  [
    'notification.envelope',
    "$['@odata.type']",
    { is: 'absent' },
    "@odata.type in the notification's envelope is missing.",
  ],
  [
    'notification.envelope',
    '$.value[1]',
    json(1),
    "value[1] in the notification's envelope is 1, not what is allowed.",
  ],
  ['completion.status', '$.value[0].resourceData.status', { is: 'absent' }, "The completion's status is missing."],
])('a deviation inside an object names the property: %s at %s', (fact, path, observed, title) => {
  const expected: Value = { is: 'allowed', allowed: 'what is allowed' };
  const told = findingText(findingOf('', { fact, expected, observed, at: [{ event: 1, part: 'body', path }] }), '');
  expect(told.title).toBe(title);
});

test('an identity that is listed twice is no stranger', () => {
  const invitee: Who = { kind: 'user', id: 'a', role: { of: 'invitee', number: 1, count: 1 } };
  const stranger: Who = { kind: 'user', id: 'z', role: { of: 'unknown' } };
  const title = (...identities: Who[]): string =>
    findingText(
      findingOf('', {
        fact: 'response.participants',
        expected: { is: 'identities', identities: [invitee] },
        observed: { is: 'identities', identities },
      }),
      'response.participants',
    ).title;
  expect(title(invitee, invitee)).toBe("The response's list of participants repeats user a (the invitee).");
  expect(title(stranger, invitee, invitee)).toBe(
    "The response's list of participants also names user z (unknown to this run), and repeats user a (the invitee).",
  );
});

test('a roster that shows somebody after a right refusal is the subject, and the fix is not to refuse', () => {
  const finding = findingOf('', {
    fact: 'invitation.nobody-joins',
    expected: { is: 'identities', identities: [] },
    observed: {
      is: 'identities',
      identities: [{ kind: 'user', id: 'a', role: { of: 'invitee', number: 1, count: 1 } }],
    },
  });
  const told = findingText(finding, 'request.client-context-over-limit');
  expect(told.title).toBe('The roster after a clientContext of 257 characters shows user a (the invitee).');
  expect(told.fix).toMatch(/^List only participants who joined/);
});

test('of a roster that shows participants to be ignored, only these are named', () => {
  const first: Who = { kind: 'user', id: 'a', role: { of: 'invitee', number: 1, count: 1 } };
  const ignored: Who = { kind: 'user', id: 'b', role: { of: 'ignored' } };
  const bot: Who = { kind: 'application', id: 'c', role: { of: 'unknown' } };
  const told = findingText(
    findingOf('', {
      fact: 'invitation.ignored-stay-out',
      expected: { is: 'identities', identities: [first] },
      observed: { is: 'identities', identities: [bot, first, ignored] },
    }),
    'replace.first-only-roster',
  );
  expect(told.title).toBe(
    'The roster after an invitation of several participants with a replacesCallId shows user b (to be ignored).',
  );
  expect(told.note).toBe('unexpected: user b (to be ignored)');
});

test('of a roster that lacks an invitee, nobody else is unexpected', () => {
  const invitee: Who = { kind: 'user', id: 'a', role: { of: 'invitee', number: 1, count: 1 } };
  const bot: Who = { kind: 'application', id: 'c', role: { of: 'unknown' } };
  const told = findingText(
    findingOf('', {
      fact: 'roster.invitees',
      expected: { is: 'identities', identities: [invitee] },
      observed: { is: 'identities', identities: [bot] },
    }),
    'roster.invitees',
  );
  expect(told.title).toBe('The roster lacks user a (the invitee).');
  expect(told.note).toBe('missing: user a (the invitee)');
});

test('a Content-Type that is missing or wrong is the subject', () => {
  const title = (observed: Value): string =>
    findingText(
      findingOf('', {
        fact: 'response.json',
        expected: json('application/json'),
        observed,
        at: [{ event: 1, part: 'header', path: 'content-type' }],
      }),
      'response.json',
    ).title;
  expect(title({ is: 'absent' })).toBe('The Content-Type of the response is missing.');
  expect(title(json('text/html'))).toMatch(/^The Content-Type of the response is /);
});
