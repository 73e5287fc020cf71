import type { Attempt, InvitationOptions } from './scenario';
import { REFUSAL_BEHAVIORS } from './behavior-lists';
import { usersToRefuse } from './users';

/** An invitation that must be refused at once. */
export interface RefusedInvitation {
  name: string;
  says: string;
  /** The behaviours that it tries in addition to those of every refusal. */
  behaviors: readonly string[];
  options: Partial<InvitationOptions>;
}

/** @param behavior those that it tries in addition to those of every refusal */
export function refusedInvitation(
  name: string,
  behavior: string | readonly string[],
  says: string,
  options: Partial<InvitationOptions>,
): RefusedInvitation {
  return { name, says, behaviors: [behavior].flat(), options };
}

/** All behaviours that some refused invitations try. */
export function behaviorsTriedBy(wrongs: readonly RefusedInvitation[]): string[] {
  return [...new Set([...wrongs.flatMap(({ behaviors }) => behaviors), ...REFUSAL_BEHAVIORS])];
}

/** An invitation that must be accepted. */
export interface AcceptedInvitation {
  name: string;
  says: string;
  tries: readonly string[];
  options: Partial<InvitationOptions>;
}

function invitationsOf(wrongs: readonly RefusedInvitation[]): Omit<InvitationOptions, 'invitees'>[] {
  return wrongs.map(({ name, says, behaviors, options }) => ({
    name,
    says,
    tries: [...behaviors, ...REFUSAL_BEHAVIORS],
    expect: 'refused',
    ...options,
  }));
}

/**
 * Creates an attempt of invitations to one call that must all be refused. They run at the same time, because none waits
 * for notifications or adds a participant.
 */
export function refusedAttempt(name: string, wrongs: readonly RefusedInvitation[]): Attempt {
  return {
    name,
    tries: behaviorsTriedBy(wrongs),
    act: async (context) => {
      const [call, users] = await Promise.all([context.groupCall(), usersToRefuse(context, wrongs.length)]);
      await Promise.all(
        invitationsOf(wrongs).map((one, i) => context.inviteAndWait(call, { ...one, invitees: users.at(i) })),
      );
    },
  };
}

/**
 * Creates an attempt of invitations that must all be refused: by turns to a new call, and to a call that has accepted an
 * invitation, because a service may check only the first one.
 * @param accepted the invitation that must be accepted
 */
export function refusedAfterAccepted(
  name: string,
  wrongs: readonly RefusedInvitation[],
  { options, ...accepted }: AcceptedInvitation,
): Attempt {
  return {
    name,
    tries: [...new Set([...behaviorsTriedBy(wrongs), ...accepted.tries])],
    act: async (context) => {
      const [unused, used, users] = await Promise.all([
        context.groupCall(),
        context.groupCall(),
        usersToRefuse(context, wrongs.length, 1),
      ]);
      const joined = context.inviteAndWait(used, { ...accepted, ...options, invitees: users.own });
      await Promise.all(
        invitationsOf(wrongs).map(async (one, i) => {
          const isFirst = i % 2 === 0;
          if (!isFirst) await joined;
          await context.inviteAndWait(isFirst ? unused : used, { ...one, invitees: users.at(i) });
        }),
      );
    },
  };
}

/** Creates an attempt of one invitation that must be accepted. */
export function acceptedAttempt(
  name: string,
  tries: readonly string[],
  says: string,
  options: Partial<InvitationOptions>,
): Attempt {
  return {
    name,
    tries,
    act: async (context) => {
      const [call, invitees] = await Promise.all([context.groupCall(), context.users(1)]);
      await context.inviteAndWait(call, { says, invitees, ...options });
    },
  };
}
