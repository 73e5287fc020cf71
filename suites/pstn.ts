import type { Scenario } from './scenario';
import { except, NAMES, ORDINARY, REFUSAL_OR_FAILURE } from './tries';

/** A phone invited to a group call. */
export const pstn: Scenario = {
  name: 'pstn',
  attempts: [
    {
      name: 'phone',
      capability: 'pstn',
      tries: [
        'pstn.accepted',
        'pstn.phone-response',
        'pstn.phone-completion',
        'pstn.phone-roster',
        ...except(ORDINARY, NAMES),
      ],
      act: async (stage) => {
        const invitees = [stage.phone()];
        await stage.see(await stage.groupCall(), { says: 'a phone, to a call with a PSTN number', invitees });
      },
    },
    {
      name: 'no-number',
      capability: 'pstn',
      tries: ['pstn.number-required', ...REFUSAL_OR_FAILURE],
      act: async (stage) => {
        const invitees = [stage.phone()];
        const call = await stage.groupCall({ pstnNumber: false });
        await stage.see(call, {
          says: 'a phone, to a call without a PSTN number',
          invitees,
          control: 'pstn.accepted',
          expect: 'refusedOrFails',
        });
      },
    },
  ],
};
