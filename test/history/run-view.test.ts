import type { FailureCause } from '../../history/events';
import { runView, type Run } from '../../history/run-view';
import { rosterOf } from '../../history/notifications';
import {
  identityDifference,
  identitiesOf,
  participantsOf,
  rosterEntryIdentities,
  isSameIdentity,
} from '../../history/identities';
import { asksToWait } from '../../history/throttling';
import { arrayMember, member, previewText, stringMember } from '../../history/values';
import { PHONE, rosterEntry, rosterItem, user } from '../support/bodies';
import { drop, instead, put } from '../support/edits';
import { aRun } from '../support/histories';

describe('the immediate result of an invitation', () => {
  test.each([
    [199, 'otherAnswer'],
    [200, 'accepted'],
    [202, 'accepted'],
    [300, 'otherAnswer'],
    [302, 'otherAnswer'],
    [400, 'refused'],
    [404, 'refused'],
    [429, 'throttled'],
    [500, 'otherAnswer'],
    [503, 'otherAnswer'],
  ])('%i: %s', (status, outcome) => {
    expect(runView(aRun().invite().refuse(status).history()).invitations).toMatchObject([{ outcome }]);
  });

  test('no response', () => {
    expect(runView(aRun().invite().noAnswer().history()).invitations).toMatchObject([{ outcome: 'noAnswer' }]);
  });

  test('only 429, and 503 with Retry-After, ask to retry later', () => {
    const later = (status: number): unknown =>
      runView(
        aRun()
          .invite()
          .refuse(status, undefined, { headers: [['retry-after', '1']] })
          .history(),
      ).invitations[0]?.outcome;
    expect([429, 503, 500, 400].map(later)).toEqual(['throttled', 'throttled', 'otherAnswer', 'refused']);
    expect(asksToWait({})).toBe(false);
  });

  test('the last response counts if the invitation was repeated', () => {
    const { invitations } = runView(aRun().invite().refuse(429).answer().history());
    expect(invitations).toMatchObject([{ outcome: 'accepted', operationId: 'operation-1' }]);
  });

  test('an invitation in an unfinished attempt is omitted', () => {
    const { invitations, cutOffInvitations } = runView(aRun().invite().answer().cutOff().history());
    expect([invitations, cutOffInvitations]).toMatchObject([[], [{ operationId: 'operation-1' }]]);
  });

  test('an unanswered invitation is listed as such', () => {
    const { unanswered } = runView(aRun().invite().answer().invite({ name: 'waits' }).cutOff().history());
    expect(unanswered).toMatchObject([{ key: 'story/attempt-2/waits' }]);
  });

  test('an interrupted invitation keeps its notifications if calls share their callback', () => {
    const call = { callId: 'prepared', sharedCallback: true };
    const run = aRun().invite(call).joins().invite(call).answer();
    run.completion(undefined, { to: null }).cutOff();
    const [first] = runView(run.history()).invitations;
    expect(first?.operations).toMatchObject([{ data: { id: 'operation-1' } }]);
  });
});

describe('the subject of a notification', () => {
  const operation = aRun().invite().operationItem('completed');
  const roster = aRun().invite().rosterItem();

  test.each([
    ['an operation', operation, 'operation'],
    ['an operation without a resourceUrl', drop('/resourceUrl')(operation), 'operation'],
    ['an operation without a type', drop('/resourceData/@odata.type')(operation), 'operation'],
    ['an operation without data', drop('/resourceData')(operation), 'operation'],
    ['an operation at the path of a roster', put('/resourceUrl', roster.resourceUrl)(operation), 'operation'],
    ['a roster', roster, 'roster'],
    ['an empty roster', put('/resourceData', [])(roster), 'roster'],
    ['a roster without a resourceUrl', drop('/resourceUrl')(roster), 'roster'],
    ['a roster at the path of an operation', put('/resourceUrl', operation.resourceUrl)(roster), 'roster'],
    ['a single participant', put('/resourceData', rosterEntry(user('u')))(roster), 'roster'],
    ['a call', { resourceUrl: '/communications/calls/c', resourceData: { state: 'established' } }, 'call'],
    ['something else', { resourceUrl: '/communications/calls/c/audioRoutingGroups/1' }, 'other'],
    ['nothing', {}, 'other'],
  ])('%s', (_what, item, about) => {
    const { notifications } = runView(aRun().invite().completion(instead(item)).history());
    expect(notifications).toMatchObject([{ about }]);
  });

  test.each([
    ['an envelope', { value: [operation, roster] }, ['$.value[0]', '$.value[1]']],
    ['a list without an envelope', [operation], ['$[0]']],
    ['a value that is not an array', { value: operation }, ['$.value']],
    ['a notification without an envelope', operation, ['$']],
    ['a list with other things in it', { value: [1, null, operation] }, ['$.value[2]']],
    ['an empty envelope', { value: [] }, []],
    ['no notification', { hello: 1 }, []],
    ['null', null, []],
  ])('is found in %s', (_what, body, paths) => {
    const { notifications } = runView(aRun().invite().deliver(body).history());
    expect(notifications.map(({ path }) => path)).toEqual(paths);
  });

  test('a roster lists its entries with their paths', () => {
    const item = put('/resourceData/2', 'no entry')(rosterItem('c', [user('a'), PHONE]));
    const [notification] = runView(aRun().invite().completion(instead(item)).history()).notifications;
    expect(notification && rosterOf(notification).map(({ path }) => path)).toEqual([
      '$.value[0].resourceData[0]',
      '$.value[0].resourceData[1]',
    ]);
  });
});

describe('identities', () => {
  test('are all that are not null, of every kind', () => {
    const set = { user: null, phone: { id: '+1' }, guest: { id: 'g' }, device: 'x', '@odata.type': 'y' };
    expect(identitiesOf(set)).toEqual([
      { kind: 'phone', id: '+1' },
      { kind: 'guest', id: 'g' },
    ]);
  });

  test('without an id are ignored if another one has an id', () => {
    expect(identitiesOf({ user: { id: 'u' }, application: {}, phone: { id: null } })).toEqual([user('u')]);
    expect(identitiesOf({ user: {}, guest: { displayName: 'g' } })).toEqual([
      { kind: 'user', id: '' },
      { kind: 'guest', id: '' },
    ]);
  });

  test('of a roster entry are in its info', () => {
    expect(rosterEntryIdentities(rosterEntry(PHONE))).toEqual([PHONE]);
    expect(rosterEntryIdentities({ identity: { phone: { id: PHONE.id } }, info: {} })).toEqual([PHONE]);
    expect(rosterEntryIdentities({ info: { phone: { id: PHONE.id } } })).toEqual([PHONE]);
    expect(rosterEntryIdentities({})).toEqual([]);
  });

  test('of an operation are in its participants', () => {
    expect(participantsOf({ participants: [{ identity: { user: { id: 'u' } } }, 'x'] })).toEqual([
      { path: 'participants[0].identity', identities: [user('u')] },
      { path: 'participants[1].identity', identities: [] },
    ]);
    expect(participantsOf({})).toStrictEqual([]);
  });

  test('are the same if kind and id match exactly', () => {
    expect(isSameIdentity(user('a'), user('a'))).toBe(true);
    expect(isSameIdentity(user('a'), user('A'))).toBe(false);
    expect(isSameIdentity(user('a'), { kind: 'application', id: 'a' })).toBe(false);
  });

  test('differ by missing and unexpected ones, in any order', () => {
    const [a, b, c] = [user('a'), user('b'), user('c')];
    expect(identityDifference([a, b], [b, a])).toBeUndefined();
    expect(identityDifference([a, b], [b, c])).toEqual({ missing: [a], extra: [c] });
    expect(identityDifference([a], [a, a])).toEqual({ missing: [], extra: [a] });
    expect(identityDifference([a, a], [a])).toEqual({ missing: [a], extra: [] });
  });
});

describe('values in target data', () => {
  test('an own property is returned, unless it is null or inherited', () => {
    const value: unknown = JSON.parse('{"a":1,"b":null,"__proto__":{"c":1}}');
    expect(['a', 'b', 'c', 'toString'].map((key) => member(value, key))).toEqual([1, undefined, undefined, undefined]);
    expect(member([1], '0')).toBeUndefined();
    expect(member(null, 'a')).toBeUndefined();
  });

  test('a text is a string, a list is an array', () => {
    const value = { a: 'x', b: ['y'], c: 1 };
    expect([stringMember(value, 'a'), stringMember(value, 'b'), stringMember(value, 'c')]).toEqual([
      'x',
      undefined,
      undefined,
    ]);
    expect([arrayMember(value, 'a'), arrayMember(value, 'b'), arrayMember(value, 'c')]).toEqual([
      undefined,
      ['y'],
      undefined,
    ]);
  });

  test('is shown as JSON of at most 160 characters', () => {
    expect(previewText({ a: [null] })).toBe('{"a":[null]}');
    expect(previewText('x'.repeat(500))).toBe(`"${'x'.repeat(159)}…`);
    expect(previewText('x'.repeat(158))).toBe(`"${'x'.repeat(158)}"`);
    expect(previewText(null)).toBe('null');
    expect(previewText(undefined)).toBe('absent');
    const endless: unknown[] = [];
    endless.push(endless);
    expect(previewText(endless)).toBe('a value too deep to show');
  });
});

test('an invitation that this machine could not send proves nothing about the target', () => {
  const story = (cause: FailureCause): Run => runView(aRun().invite().noAnswer('it failed', cause).history());
  expect(story('exhausted').invitations).toEqual([]);
  expect(story('refused').invitations).toHaveLength(1);
});
