import { NotProvided } from './errors';
import type { Provisioner } from './provisioning';

/** Ids of calls that somebody prepared by hand; the service already posts to the callback URL. */
export interface StaticCalls {
  groupCall?: string;
  groupCallWithoutChatInfo?: string;
  groupCallWithoutPstnNumber?: string;
  /** One, or several: a call that an invitation replaces is over, so each is used once. */
  peerToPeerCall?: PeerToPeerCall | PeerToPeerCall[];
}

export interface PeerToPeerCall {
  callId: string;
  userId: string;
}

/** Whom the config names as invitees. */
export interface Invitees {
  users?: string[];
  phone?: string;
  unreachableUser?: string;
}

/**
 * Hands out users that the config names.
 * @param again whether a user may be invited again, to another call; where calls are shared, the second time would be a duplicate
 */
export function configuredUsers(invitees: Invitees, again: boolean): (count: number) => Promise<string[]> {
  const users = [...new Set(invitees.users ?? [])];
  let next = 0;
  return (count) => {
    const left = again ? users.length : users.length - next;
    if (left < count) {
      const message = `invitees.users has ${left} of its ${users.length} users left, and ${count} are needed`;
      return Promise.reject(new NotProvided('unsupported', message, 'Add user ids to invitees.users in the config.'));
    }
    const picked = Array.from({ length: count }, (_, i) => users[(next + i) % users.length] ?? '');
    next = again ? (next + count) % users.length : next + count;
    return Promise.resolve(picked);
  };
}

/** @throws NotProvided (as a rejection) where the config names no such user */
export function configuredUnreachable(invitees: Invitees): Promise<string> {
  const { unreachableUser } = invitees;
  if (unreachableUser !== undefined) return Promise.resolve(unreachableUser);
  return Promise.reject(
    new NotProvided(
      'unsupported',
      'invitees.unreachableUser is not set',
      'Name in the config a user to whom no invitation can be carried out, or declare capabilities.failure false.',
    ),
  );
}

/** Provisions nothing: hands out what the config names. */
export function staticProvisioner(calls: StaticCalls, invitees: Invitees): Provisioner {
  const given = <T>(value: T | undefined, key: string): Promise<T> =>
    value === undefined
      ? Promise.reject(
          new NotProvided(
            'unsupported',
            `provisioning.static.${key} is not set`,
            `Prepare such a call and put its id into provisioning.static.${key}.`,
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
      const message = 'each peer-to-peer call of provisioning.static.peerToPeerCall is used already';
      const advice = 'Prepare more of them, and make provisioning.static.peerToPeerCall a list.';
      throw new NotProvided('unsupported', message, advice);
    },
    users: configuredUsers(invitees, false),
    unreachableUser: () => configuredUnreachable(invitees),
    release: () => Promise.resolve(0),
  };
}
