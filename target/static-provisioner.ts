import type { Invitees, StaticCalls } from '../schemas/options';
import { NotProvided } from './errors';
import type { Provisioner } from './provisioning';

/** The users for invitations that must be refused: at least this number, and at most this share of all. */
const MIN_SHARED_USERS = 6;
const SHARED_USERS_SHARE = 1 / 8;

/** @throws NotProvided (as a rejection) */
function tooFew(left: number, all: number, count: number): Promise<never> {
  const message = `invitees.users has ${left} of its ${all} users left; ${count} are needed`;
  return Promise.reject(new NotProvided('unsupported', message, 'Add user ids to invitees.users in the config.'));
}

/** Hands out the configured users in turn; they may be invited again to another call. */
export function configuredUsers(invitees: Invitees): (count: number) => Promise<string[]> {
  const users = [...new Set(invitees.users ?? [])];
  let next = 0;
  return (count) => {
    if (users.length < count) return tooFew(users.length, users.length, count);
    const picked = Array.from({ length: count }, (_, i) => users[(next + i) % users.length] ?? '');
    next = (next + count) % users.length;
    return Promise.resolve(picked);
  };
}

/**
 * Hands out each configured user once, because a second invitation to a shared call would be a duplicate. Users for
 * invitations that must be refused do not join: they are a small share of all, and are reused as rarely as possible.
 */
export function usersHandedOutOnce(invitees: Invitees): (count: number, toRefuse?: number) => Promise<string[]> {
  const users = [...new Set(invitees.users ?? [])];
  const most = Math.max(MIN_SHARED_USERS, Math.floor(users.length * SHARED_USERS_SHARE));
  const shared: string[] = [];
  let next = 0;
  let turn = 0;
  return (count, toRefuse = 0) => {
    const fresh = count - toRefuse;
    const left = users.length - next;
    const wanted = Math.min(toRefuse, most);
    const added = Math.max(0, Math.min(wanted, most - shared.length, left - fresh));
    const again = wanted - added;
    if (left < fresh || again > shared.length) return tooFew(left, users.length, fresh + wanted);
    const given = users.slice(next, next + fresh + added);
    next += given.length;
    const old = Array.from({ length: again }, (_, i) => shared[(turn + i) % shared.length] ?? '');
    turn += again;
    shared.push(...given.slice(fresh));
    return Promise.resolve([...given, ...old]);
  };
}

/** @throws NotProvided (as a rejection) if the config names no such user */
export function configuredUnreachable(invitees: Invitees): Promise<string> {
  const { unreachableUser } = invitees;
  if (unreachableUser !== undefined) return Promise.resolve(unreachableUser);
  return Promise.reject(
    new NotProvided(
      'unsupported',
      'invitees.unreachableUser is not set',
      'Set it in the config to a user who cannot be reached, or set capabilities.failure to false.',
    ),
  );
}

/** Only a provider state can return a participant's id in a meeting. @throws NotProvided (as a rejection) */
export function noMeeting(): Promise<never> {
  const message = 'only provider states can provide a meeting with a participant in it';
  const advice = 'Use provider states (provisioning.states), or set capabilities.move to false.';
  return Promise.reject(new NotProvided('unsupported', message, advice));
}

/** Provisions nothing, and hands out the configured calls and users. */
export function staticProvisioner(calls: StaticCalls, invitees: Invitees): Provisioner {
  const given = <T>(value: T | undefined, key: string): Promise<T> =>
    value === undefined
      ? Promise.reject(
          new NotProvided(
            'unsupported',
            `provisioning.static.${key} is not set`,
            `Prepare such a call and set provisioning.static.${key} to its id.`,
          ),
        )
      : Promise.resolve(value);
  const peers = [calls.peerToPeerCall ?? []].flat();
  return {
    sharedCallback: true,
    groupCall: async ({ chatInfo, pstnNumber }) => {
      if (!chatInfo) return { callId: await given(calls.groupCallWithoutChatInfo, 'groupCallWithoutChatInfo') };
      if (!pstnNumber) return { callId: await given(calls.groupCallWithoutPstnNumber, 'groupCallWithoutPstnNumber') };
      return { callId: await given(calls.groupCall, 'groupCall') };
    },
    peerToPeerCall: async () => {
      await given(calls.peerToPeerCall, 'peerToPeerCall');
      const next = peers.shift();
      if (next) return next;
      const message = 'every peer-to-peer call in provisioning.static.peerToPeerCall has been used';
      const advice = 'Prepare more peer-to-peer calls, and list them in provisioning.static.peerToPeerCall.';
      throw new NotProvided('unsupported', message, advice);
    },
    meeting: noMeeting,
    users: usersHandedOutOnce(invitees),
    unreachableUser: () => configuredUnreachable(invitees),
    release: () => Promise.resolve(0),
  };
}
