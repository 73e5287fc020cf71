import { NotProvided } from '../target/errors';
import { afterwards } from './afterwards';
import type { Scenario } from './scenario';
import { COMPLETION, except, NAMES, NOTIFICATION, ORDINARY, REFUSAL_OR_FAILURE, RESPONSE } from './tries';

const PHONE = [
  'pstn.accepted',
  'pstn.phone-response',
  'pstn.phone-completion',
  'pstn.phone-roster',
  'pstn.e164',
  ...except(ORDINARY, NAMES),
];
const AGAIN = ['request.duplicate-invitee', ...REFUSAL_OR_FAILURE];

/** @throws what is no NotProvided */
function ifNotProvided(error: unknown): undefined {
  if (!(error instanceof NotProvided)) throw error;
  return undefined;
}

/** Ids of phones that are no numbers in E.164, and that no network can dial: +999 is assigned to nobody. */
const NO_NUMBERS: readonly (readonly [name: string, says: string, id: string])[] = [
  ['word', 'a word', 'conformance'],
  ['plus', 'a plus alone', '+'],
  ['long', 'a plus and 19 digits', '+9990000000000000000'],
  ['spaced', 'a number with spaces in it', '+999 0000 0000'],
  ['uri', 'a number as a URI', 'tel:+99900000000'],
];

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
    {
      name: 'no-e164',
      since: '2025-07-23',
      capability: 'pstn',
      tries: ['pstn.e164', ...REFUSAL_OR_FAILURE],
      act: async (stage) => {
        const phones = NO_NUMBERS.map(([name, what, id]) => ({ name, what, phone: stage.noPhone(id) }));
        const [call, others] = await Promise.all([stage.groupCall(), stage.users(1)]);
        await Promise.all(
          phones.map(({ name, what, phone }) =>
            stage.see(call, {
              name,
              says: `a phone whose id is ${what}`,
              invitees: [phone],
              control: 'pstn.accepted',
              expect: 'refusedOrFails',
            }),
          ),
        );
        await stage.see(call, afterwards('refusals', others));
      },
    },
    {
      name: 'peer-phone',
      since: '2025-07-23',
      capability: 'pstn',
      tries: ['pstn.peer-call', ...RESPONSE, ...COMPLETION, ...NOTIFICATION],
      act: async (stage) => {
        const invitees = [stage.phone()];
        const { call } = await stage.peerToPeerCall();
        await stage.see(call, { says: 'a phone, to a peer-to-peer call', invitees, control: 'pstn.accepted' });
      },
    },
  ],
};
