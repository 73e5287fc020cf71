import { NotProvided } from '../target/errors';
import { afterwards } from './afterwards';
import type { Scenario } from './scenario';
import { except, NAMES, ORDINARY, REFUSAL_OR_FAILURE } from './tries';

const PHONE = [
  'pstn.accepted',
  'pstn.phone-response',
  'pstn.phone-completion',
  'pstn.phone-roster',
  ...except(ORDINARY, NAMES),
];
const AGAIN = ['request.duplicate-invitee', ...REFUSAL_OR_FAILURE];

/** @throws what is no NotProvided */
function ifNotProvided(error: unknown): undefined {
  if (!(error instanceof NotProvided)) throw error;
  return undefined;
}

/** A phone invited to a group call. */
export const pstn: Scenario = {
  name: 'pstn',
  attempts: [
    {
      name: 'phone',
      capability: 'pstn',
      tries: [...PHONE, ...AGAIN],
      act: async (stage) => {
        const invitees = [stage.phone()];
        const call = await stage.groupCall();
        const says = 'a phone, to a call with a PSTN number';
        const first = await stage.see(call, { name: 'first', says, invitees, tries: PHONE });
        if (!first.accepted) return;
        // Who is in the call is not only whom the last operation brought. Where nobody else can be had, the phone alone is.
        const others = await stage.users(1).catch(ifNotProvided);
        if (others) await stage.see(call, { name: 'another', says: 'a user', invitees: others, tries: [] });
        await stage.see(call, {
          name: 'again',
          says: others ? 'the same phone again, after a user' : 'the same phone again',
          invitees,
          tries: AGAIN,
          control: 'pstn.accepted',
          expect: 'refusedOrFails',
          alreadyInCall: true,
        });
      },
    },
    {
      name: 'no-number',
      capability: 'pstn',
      tries: ['pstn.number-required', ...REFUSAL_OR_FAILURE],
      act: async (stage) => {
        const invitees = [stage.phone()];
        const [call, others] = await Promise.all([stage.groupCall({ pstnNumber: false }), stage.users(1)]);
        await stage.see(call, {
          says: 'a phone, to a call without a PSTN number',
          invitees,
          control: 'pstn.accepted',
          expect: 'refusedOrFails',
        });
        await stage.see(call, afterwards('a refusal', others));
      },
    },
  ],
};
