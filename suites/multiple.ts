import { afterwards } from './afterwards';
import { padded } from './request-bodies';
import type { Attempt, Scenario } from './scenario';
import { except, NAMES, ORDINARY, REFUSAL_OR_FAILURE } from './tries';

function attempt(name: string, tries: readonly string[], count: number, chatInfo: boolean): Attempt {
  const taken = tries.includes('completion.announced');
  return {
    name,
    capability: 'multiple',
    tries,
    act: async (stage) => {
      // One more than is invited, for after a refusal.
      const [call, users] = await Promise.all([
        stage.groupCall({ chatInfo }),
        stage.users(chatInfo ? count : count + 1, taken ? 0 : count),
      ]);
      const invitees = users.slice(-count);
      const control = name === 'two' ? 'request.route' : 'multiple.accepted';
      const says = `${count} users, to a call ${chatInfo ? 'with' : 'without'} chat info`;
      await stage.see(call, { says, invitees, expect: taken ? 'accepted' : 'refusedOrFails', control });
      if (!chatInfo) await stage.see(call, afterwards('a refusal', users.slice(0, -count)));
    },
  };
}

/** Several users in one invitation. */
export const multiple: Scenario = {
  name: 'multiple',
  attempts: [
    attempt('two', ['multiple.accepted', ...ORDINARY], 2, true),
    {
      // As generated clients write it: null is the same as absent, so that none of them replaces a call.
      name: 'two-padded',
      capability: 'multiple',
      variation: true,
      tries: ['multiple.accepted', ...NAMES],
      act: async (stage) => {
        const [call, invitees] = await Promise.all([stage.groupCall(), stage.users(2)]);
        const says = 'two users, with null for each member that has no value';
        await stage.see(call, { says, invitees, body: padded });
      },
    },
    attempt('five', ['multiple.five-accepted', ...except(ORDINARY, NAMES)], 5, true),
    attempt('six', ['multiple.six-refused', ...REFUSAL_OR_FAILURE], 6, true),
    attempt('no-chat-info', ['multiple.chat-info-required', ...REFUSAL_OR_FAILURE], 2, false),
  ],
};
