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
        wrongs.map(({ name: own, says, behaviors, options }, i) => {
          const invitees = users.at(i);
          return context.inviteAndWait(call, {
            name: own,
            says,
            tries: [...behaviors, ...REFUSAL_BEHAVIORS],
            expect: 'refused',
            invitees,
            ...options,
          });
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
