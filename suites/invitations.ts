import type { Attempt, InvitationWish } from './scenario';
import { REFUSAL } from './tries';
import { usersToRefuse } from './users';

/** An invitation that must be refused at once. */
export interface Wrong {
  name: string;
  says: string;
  /** What it tries beside what every refusal shows. */
  behaviors: readonly string[];
  wish: Partial<InvitationWish>;
}

/** @param behavior the one, or those, that it tries beside what every refusal shows */
export function wrong(
  name: string,
  behavior: string | readonly string[],
  says: string,
  wish: Partial<InvitationWish>,
): Wrong {
  return { name, says, behaviors: [behavior].flat(), wish };
}

/** What some invitations that must be refused try together. */
export function triedBy(wrongs: readonly Wrong[]): string[] {
  return [...new Set([...wrongs.flatMap(({ behaviors }) => behaviors), ...REFUSAL])];
}

/**
 * An attempt of invitations to one call, each of which must be refused. They wait for nothing and bring nobody, so that all
 * are under way at once.
 */
export function allRefused(name: string, wrongs: readonly Wrong[]): Attempt {
  return {
    name,
    tries: triedBy(wrongs),
    act: async (stage) => {
      const [call, users] = await Promise.all([stage.groupCall(), usersToRefuse(stage, wrongs.length)]);
      await Promise.all(
        wrongs.map(({ name: own, says, behaviors, wish }, i) => {
          const invitees = users.at(i);
          return stage.see(call, {
            name: own,
            says,
            tries: [...behaviors, ...REFUSAL],
            expect: 'refused',
            invitees,
            ...wish,
          });
        }),
      );
    },
  };
}

/** An attempt of one invitation, which must be accepted. */
export function right(name: string, tries: readonly string[], says: string, wish: Partial<InvitationWish>): Attempt {
  return {
    name,
    tries,
    act: async (stage) => {
      const [call, invitees] = await Promise.all([stage.groupCall(), stage.users(1)]);
      await stage.see(call, { says, invitees, ...wish });
    },
  };
}
