import type { Value } from '../../behaviors/finding';
import { findingText } from '../../reporters/wording/finding-text';
import { findingOf } from './results';

const json = (value: unknown): Value => ({ is: 'json', value });
const long = 'a'.repeat(150);

test.each<[what: string, expected: Value, observed: Value, title: string]>([
  ['cut off', json('abcdefgh'), json('abcd'), 'is cut off after 4 of 8 characters.'],
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
