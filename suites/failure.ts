import { followUpInvitation } from './follow-up-invitation';
import type { Scenario } from './scenario';
import { RESPONSE_BEHAVIORS } from './behavior-lists';

const FAILURE = ['failure.announced', 'failure.no-roster', 'ordering.response-first', ...RESPONSE_BEHAVIORS] as const;

/** A user for whom no invitation can be carried out. */
export const failure: Scenario = {
  name: 'failure',
  attempts: [
    {
      name: 'unreachable',
      capability: 'failure',
      tries: ['request.route', ...FAILURE],
      act: async (context) => {
        const [call, user, others] = await Promise.all([
          context.groupCall(),
          context.unreachableUser(),
          context.users(1),
        ]);
        const says = 'a user who cannot be reached';
        await context.inviteAndWait(call, { says, invitees: [user], expect: 'fails', tries: FAILURE });
        await context.inviteAndWait(call, followUpInvitation('a failure', others, ['request.route']));
      },
    },
  ],
};
