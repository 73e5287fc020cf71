import type { Invitees, StaticCalls } from '../../schemas/options';
import { NotProvided } from '../../target/errors';
import { configuredUsers, staticProvisioner } from '../../target/static-provisioner';
import { rejection } from '../support/rejection';

const CALLS: StaticCalls = {
  groupCall: 'g',
  groupCallWithoutChatInfo: 'no-chat',
  groupCallWithoutPstnNumber: 'no-number',
  peerToPeerCall: { callId: 'p', userId: 'u' },
};
const INVITEES: Invitees = { users: ['a', 'b', 'b', 'c'], unreachableUser: 'nobody' };
const callbackUri = 'http://127.0.0.1:9/callback';

async function refusal(asked: Promise<unknown>): Promise<{ said: string; advice: string }> {
  const error = await rejection(NotProvided, asked);
  expect(error.reason).toBe('unsupported');
  return { said: error.message, advice: error.advice };
}

test('calls are those of the config', async () => {
  const provisioner = staticProvisioner(CALLS, INVITEES);
  const group = async (chatInfo: boolean, pstnNumber: boolean): Promise<string> =>
    (await provisioner.groupCall({ chatInfo, pstnNumber, callbackUri })).callId;
  expect(await group(true, true)).toBe('g');
  expect(await group(false, true)).toBe('no-chat');
  expect(await group(true, false)).toBe('no-number');
  expect(await provisioner.peerToPeerCall(callbackUri)).toEqual({ callId: 'p', userId: 'u' });
  expect(await provisioner.unreachableUser()).toBe('nobody');
  await expect(provisioner.release()).resolves.toBe(0);
});

test('a peer-to-peer call is used once, because the invitation that replaces it ends it', async () => {
  const again = { callId: 'q', userId: 'v' };
  const provisioner = staticProvisioner({ ...CALLS, peerToPeerCall: [{ callId: 'p', userId: 'u' }, again] }, INVITEES);
  const ids = [await provisioner.peerToPeerCall(callbackUri), await provisioner.peerToPeerCall(callbackUri)];
  expect(ids.map(({ callId }) => callId)).toEqual(['p', 'q']);
  expect((await refusal(provisioner.peerToPeerCall(callbackUri))).advice).toContain(
    'provisioning.static.peerToPeerCall',
  );
});

test('users are different, and none is invited twice to a shared call', async () => {
  const provisioner = staticProvisioner(CALLS, INVITEES);
  expect(await provisioner.users(1)).toEqual(['a']);
  expect(await provisioner.users(2)).toEqual(['b', 'c']);
  expect((await refusal(provisioner.users(1))).said).toBe('invitees.users has 0 of its 3 users left; 1 are needed');
});

test('if each call is new, users are reused in turn', async () => {
  const users = configuredUsers(INVITEES);
  expect(await users(2)).toEqual(['a', 'b']);
  expect(await users(2)).toEqual(['c', 'a']);
  expect(await users(3)).toEqual(['b', 'c', 'a']);
});

test('a missing entry of the config is reported with its key', async () => {
  const provisioner = staticProvisioner({}, {});
  const options = { chatInfo: true, pstnNumber: true, callbackUri };
  const asked: [Promise<unknown>, string][] = [
    [provisioner.groupCall(options), 'provisioning.static.groupCall'],
    [provisioner.groupCall({ ...options, chatInfo: false }), 'provisioning.static.groupCallWithoutChatInfo'],
    [provisioner.groupCall({ ...options, pstnNumber: false }), 'provisioning.static.groupCallWithoutPstnNumber'],
    [provisioner.peerToPeerCall(callbackUri), 'provisioning.static.peerToPeerCall'],
    [provisioner.unreachableUser(), 'invitees.unreachableUser'],
  ];
  for (const [promise, key] of asked) expect((await refusal(promise)).said).toBe(`${key} is not set`);
  const few = await refusal(staticProvisioner({}, { users: ['a', 'a'] }).users(2));
  expect(few.said).toBe('invitees.users has 1 of its 1 users left; 2 are needed');
  expect(few.advice).toContain('invitees.users');
});

describe('users for invitations that must be refused', () => {
  const named = (count: number): Invitees => ({ users: Array.from({ length: count }, (_, i) => `u${i}`) });

  test('are reused if users are scarce, the least recent first, and are never used elsewhere', async () => {
    const provisioner = staticProvisioner({}, named(16));
    const users = (...options: [number, number?]): Promise<string[]> => provisioner.users(...options);
    expect(await users(2, 1)).toEqual(['u0', 'u1']);
    expect(await users(6, 6)).toEqual(['u2', 'u3', 'u4', 'u5', 'u6', 'u1']);
    expect(await users(3, 2)).toEqual(['u7', 'u2', 'u3']);
    expect(await users(3, 3)).toEqual(['u4', 'u5', 'u6']);
    expect(await users(8)).toEqual(['u8', 'u9', 'u10', 'u11', 'u12', 'u13', 'u14', 'u15']);
    expect(await users(1, 1)).toHaveLength(1);
    await expect(users(1)).rejects.toThrow('0 of its 16 users left');
  });

  test('are at most an eighth of all, and different from each other', async () => {
    const given = await staticProvisioner({}, named(160)).users(30, 29);
    expect(new Set(given).size).toBe(given.length);
    expect(given).toHaveLength(21);
  });

  test('are enough for one invitation, or none', async () => {
    await expect(staticProvisioner({}, named(5)).users(6, 6)).rejects.toThrow('5 of its 5 users left; 6 are needed');
  });
});
