import { followUpInvitation } from './follow-up-invitation';
import { padded } from './request-bodies';
import type { Attempt, Scenario } from './scenario';
import { without, PARTICIPANT_BEHAVIORS, ACCEPTED_BEHAVIORS, REFUSAL_OR_FAILURE_BEHAVIORS } from './behavior-lists';
import { usersUpTo } from './users';

const SIX = ['multiple.six-refused', ...REFUSAL_OR_FAILURE_BEHAVIORS];

function multipleAttempt(name: string, tries: readonly string[], count: number, chatInfo: boolean): Attempt {
  const taken = tries.includes('completion.announced');
  return {
    name,
    capability: 'multiple',
    tries,
    act: async (context) => {
      // One more user, to invite after a refusal.
      const [call, users] = await Promise.all([
        context.groupCall({ chatInfo }),
        context.users(chatInfo ? count : count + 1, taken ? 0 : count),
      ]);
      const invitees = users.slice(-count);
      const says = `${count} users, to a call ${chatInfo ? 'with' : 'without'} chat info`;
      await context.inviteAndWait(call, {
        says,
        invitees,
        expect: taken ? 'accepted' : 'refusedOrFails',
        control: 'multiple.accepted',
      });
      if (!chatInfo) await context.inviteAndWait(call, followUpInvitation('a refusal', users.slice(0, -count)));
    },
  };
}

/** Several users in one invitation. */
export const multiple: Scenario = {
  name: 'multiple',
  attempts: [
    {
      name: 'two',
      capability: 'multiple',
      tries: ['multiple.accepted', ...ACCEPTED_BEHAVIORS, ...SIX],
      act: async (context) => {
        const [call, users] = await Promise.all([context.groupCall(), usersUpTo(context, 8, 2, 6)]);
        await context.inviteAndWait(call, {
          says: '2 users, to a call with chat info',
          invitees: users.slice(0, 2),
          tries: ['multiple.accepted', ...ACCEPTED_BEHAVIORS],
        });
        // A service may limit only the first invitation to a call. With fewer users, that is not tried.
        if (users.length < 8) return;
        await context.inviteAndWait(call, {
          name: 'six',
          says: '6 users, after two others',
          invitees: users.slice(2),
          expect: 'refusedOrFails',
          control: 'multiple.accepted',
          tries: SIX,
        });
      },
    },
    {
      // As generated clients write it: null means absent, so none of the participants replaces a call.
      name: 'two-padded',
      capability: 'multiple',
      variation: true,
      tries: ['multiple.accepted', ...PARTICIPANT_BEHAVIORS],
      act: async (context) => {
        const [call, invitees] = await Promise.all([context.groupCall(), context.users(2)]);
        const says = 'two users, with null for each member that has no value';
        await context.inviteAndWait(call, { says, invitees, body: padded });
      },
    },
    multipleAttempt('five', ['multiple.five-accepted', ...without(ACCEPTED_BEHAVIORS, PARTICIPANT_BEHAVIORS)], 5, true),
    multipleAttempt('six', SIX, 6, true),
    multipleAttempt('no-chat-info', ['multiple.chat-info-required', ...REFUSAL_OR_FAILURE_BEHAVIORS], 2, false),
  ],
};
