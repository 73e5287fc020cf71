import type { Attempt, InvitationWish } from './scenario';
import { REFUSAL } from './tries';

/** An attempt of one invitation, which must be refused. @param behavior the one, or those, that it tries beside what every refusal shows */
export function wrong(
  name: string,
  behavior: string | readonly string[],
  says: string,
  wish: Partial<InvitationWish>,
): Attempt {
  return {
    name,
    tries: [behavior, REFUSAL].flat(),
    act: async (stage) => {
      const [call, invitees] = await Promise.all([stage.groupCall(), stage.users(1)]);
      await stage.see(call, { says, expect: 'refused', invitees, ...wish });
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
