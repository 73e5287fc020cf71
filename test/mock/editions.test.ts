import { createMock, mockCatalog, MOCK_EDITIONS, startMock, type Mock, type MockEdition } from '../../mock';
import { addedIn } from '../../mock/catalog';
import { interplayFaults } from '../../mock/faults/interplay';
import { catalogOf } from '../../behaviors/catalog';
import { EDITIONS } from '../../behaviors/edition';
import { NEW_IN_2025 } from '../support/documented';

const LATER = '2025-07-23';
const { faults, variants } = addedIn(LATER);
const FRESH = NEW_IN_2025.map(([id]) => id);

test('the mock has every edition of the catalogue', () => {
  expect(MOCK_EDITIONS).toEqual(EDITIONS);
});

test.each(FRESH)('%s has at least three faults', (id) => {
  expect(faults.filter(({ behavior }) => behavior === id).length).toBeGreaterThanOrEqual(3);
});

test('the faults of an edition concern its new behaviours and their interplay, and have unique ids and a description', () => {
  const ids = [...faults, ...variants].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const others = faults.filter(({ behavior }) => !FRESH.includes(behavior));
  expect(others.filter((one) => !interplayFaults.includes(one))).toEqual([]);
  expect(others.filter(({ behavior }) => !catalogOf(LATER).has(behavior))).toEqual([]);
  expect([...faults, ...variants].filter(({ says }) => says.length < 8 || says.length > 120)).toEqual([]);
  expect(variants.length).toBeGreaterThanOrEqual(12);
  const first = new Set([...addedIn('2021-02-16').faults, ...addedIn('2021-02-16').variants].map(({ id }) => id));
  expect(ids.filter((id) => first.has(id))).toEqual([]);
});

test('a fault of a later edition is unknown in an earlier one, and the error names its edition', () => {
  const wish = { faults: ['move.roster/empty'] };
  expect(() => createMock(wish)).toThrow('"move.roster/empty" is new in the edition 2025-07-23; this is 2021-02-16');
  createMock({ ...wish, edition: LATER, variants: ['roster-full'] }).close();
  expect(() => createMock({ edition: '2020-01-01' as MockEdition })).toThrow(
    'edition must be one of 2021-02-16, 2025-07-23',
  );
});

test('the list of an edition contains its additional faults and variants', () => {
  const ids = (edition?: MockEdition): string[] => mockCatalog(edition).faults.map(({ id }) => id);
  expect(ids()).not.toContain('move.roster/empty');
  expect(ids(LATER)).toEqual(expect.arrayContaining([...ids(), 'move.roster/empty']));
});

describe('a mock of the later edition', () => {
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock({ edition: LATER });
  });
  afterAll(() => mock.close());

  const invited = async (callId: string, participants: unknown[], token = mock.tokens.valid) => {
    const url = `${mock.url}/communications/calls/${callId}/participants/invite`;
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
    const body = JSON.stringify({ participants, clientContext: 'c' });
    const response = await fetch(url, { method: 'POST', headers, body });
    return { status: response.status, body: (await response.json()) as { participants?: unknown[] } };
  };
  const callbackUri = 'http://127.0.0.1:9/';
  const user = (id: string, more: object = {}) => ({ ...more, identity: { user: { id } } });

  test('accepts only the permission name of its page', async () => {
    const { callId } = mock.setup('a group call', { callbackUri });
    const named = (name: string): string => mock.mintToken({ permissions: [name] });
    expect((await invited(callId, [user('a')], named('Calls.InitiateGroupCalls.All'))).status).toBe(403);
    expect((await invited(callId, [user('a')], named('Calls.InitiateGroupCall.All'))).status).toBe(200);
  });

  test('moves the participant of a meeting of the same application only', async () => {
    const { callId } = mock.setup('a group call', { callbackUri });
    const meeting = mock.setup('a meeting of the same application', { callbackUri });
    const other = mock.setup('a meeting of another application', { callbackUri });
    const wish = { replacesCallId: meeting.callId, participantId: meeting.participantId };
    const { status, body } = await invited(callId, [user(meeting.userId, wish), user('b')]);
    expect(status).toBe(200);
    expect(body.participants).toEqual([expect.objectContaining({ ...wish, id: null })]);
    await mock.settled();
    const left = { replacesCallId: other.callId, participantId: other.participantId };
    await invited(callId, [user(other.userId, left)]);
    await mock.settled();
    const headers = { Authorization: `Bearer ${mock.tokens.valid}` };
    const listed = await (await fetch(`${mock.url}/communications/calls/${callId}/participants`, { headers })).text();
    expect(listed).toContain(meeting.userId);
    expect(listed).not.toContain(other.userId);
    expect((await fetch(`${mock.url}/communications/calls/${meeting.callId}`, { headers })).status).toBe(200);
  });
});
