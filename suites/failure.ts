import { followUpInvitation } from './follow-up-invitation';
import type { Scenario } from './scenario';
import { RESPONSE_BEHAVIORS } from './behavior-lists';

/** A user for whom no invitation can be carried out. */
export const failure: Scenario = {
  name: 'failure',
  attempts: [
    {
      name: 'unreachable',
      capability: 'failure',
      tries: ['failure.announced', 'failure.no-roster', 'ordering.response-first', ...RESPONSE_BEHAVIORS],
      act: async (context) => {
        const [call, user, others] = await Promise.all([
          context.groupCall(),
          context.unreachableUser(),
          context.users(1),
        ]);
        await context.inviteAndWait(call, { says: 'a user who cannot be reached', invitees: [user], expect: 'fails' });
        await context.inviteAndWait(call, followUpInvitation('a failure', others));
      },
    },
  ],
};
