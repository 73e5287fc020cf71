import { ifNotProvided } from '../target/errors';
import { followUpInvitation } from './follow-up-invitation';
import type { Scenario } from './scenario';
import {
  COMPLETION_BEHAVIORS,
  without,
  PARTICIPANT_BEHAVIORS,
  NOTIFICATION_BEHAVIORS,
  ACCEPTED_BEHAVIORS,
  REFUSAL_OR_FAILURE_BEHAVIORS,
  RESPONSE_BEHAVIORS,
} from './behavior-lists';

const PHONE = [
  'pstn.accepted',
  'pstn.phone-response',
  'pstn.phone-completion',
  'pstn.phone-roster',
  'pstn.e164',
  ...without(ACCEPTED_BEHAVIORS, PARTICIPANT_BEHAVIORS),
];
const AGAIN = ['request.duplicate-invitee', ...REFUSAL_OR_FAILURE_BEHAVIORS];

/** Phone ids that are not E.164 numbers and that no network can dial: +999 is unassigned. */
const INVALID_NUMBERS: readonly (readonly [name: string, says: string, id: string])[] = [
  ['word', 'a word', 'conformance'],
  ['plus', 'only a plus', '+'],
  ['long', 'a plus and 19 digits', '+9990000000000000000'],
  ['spaced', 'a number with spaces in it', '+999 0000 0000'],
  ['uri', 'a number as a URI', 'tel:+99900000000'],
];

/** Invites a phone to a group call. */
export const pstn: Scenario = {
  name: 'pstn',
  attempts: [
    {
      name: 'phone',
      capability: 'pstn',
      tries: [...PHONE, ...AGAIN],
      act: async (context) => {
        const invitees = [context.phone()];
        const call = await context.groupCall();
        const says = 'a phone, to a call with a PSTN number';
        const first = await context.inviteAndWait(call, { name: 'first', says, invitees, tries: PHONE });
        if (!first.accepted) return;
        // The call must still know the phone after another operation. If no other user is available, only the phone is
        // invited.
        const others = await context.users(1).catch(ifNotProvided);
        if (others) await context.inviteAndWait(call, { name: 'another', says: 'a user', invitees: others, tries: [] });
        await context.inviteAndWait(call, {
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
      tries: ['pstn.number-required', ...REFUSAL_OR_FAILURE_BEHAVIORS],
      act: async (context) => {
        const invitees = [context.phone()];
        const [call, others] = await Promise.all([context.groupCall({ pstnNumber: false }), context.users(1)]);
        await context.inviteAndWait(call, {
          says: 'a phone, to a call without a PSTN number',
          invitees,
          control: 'pstn.accepted',
          expect: 'refusedOrFails',
        });
        await context.inviteAndWait(call, followUpInvitation('a refusal', others));
      },
    },
    {
      name: 'no-e164',
      since: '2025-07-23',
      capability: 'pstn',
      tries: ['pstn.e164', ...REFUSAL_OR_FAILURE_BEHAVIORS],
      act: async (context) => {
        const phones = INVALID_NUMBERS.map(([name, what, id]) => ({ name, what, phone: context.undialablePhone(id) }));
        const [call, others] = await Promise.all([context.groupCall(), context.users(1)]);
        await Promise.all(
          phones.map(({ name, what, phone }) =>
            context.inviteAndWait(call, {
              name,
              says: `a phone whose id is ${what}`,
              invitees: [phone],
              control: 'pstn.accepted',
              expect: 'refusedOrFails',
            }),
          ),
        );
        await context.inviteAndWait(call, followUpInvitation('refusals', others));
      },
    },
    {
      name: 'peer-phone',
      since: '2025-07-23',
      capability: 'pstn',
      tries: ['pstn.peer-call', ...RESPONSE_BEHAVIORS, ...COMPLETION_BEHAVIORS, ...NOTIFICATION_BEHAVIORS],
      act: async (context) => {
        const invitees = [context.phone()];
        const { call } = await context.peerToPeerCall();
        await context.inviteAndWait(call, {
          says: 'a phone, to a peer-to-peer call',
          invitees,
          control: 'pstn.accepted',
        });
      },
    },
  ],
};
