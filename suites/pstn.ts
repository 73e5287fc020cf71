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
const NO_NUMBER = ['pstn.number-required', ...REFUSAL_OR_FAILURE_BEHAVIORS];
const E164 = ['pstn.e164', ...REFUSAL_OR_FAILURE_BEHAVIORS];
const PEER_PHONE = ['pstn.peer-call', ...RESPONSE_BEHAVIORS, ...COMPLETION_BEHAVIORS, ...NOTIFICATION_BEHAVIORS];
/** The options of an invitation of a phone whose id is not a number. */
const WRONG_NUMBER = { control: 'pstn.accepted', expect: 'refusedOrFails', tries: E164 } as const;

/** Phone ids that are not E.164 numbers and that no network can dial: +999 is unassigned. */
const INVALID_NUMBERS: readonly (readonly [name: string, says: string, id: string])[] = [
  ['word', 'a word', 'conformance'],
  ['plus', 'only a plus', '+'],
  ['long', 'a plus and 19 digits', '+9990000000000000000'],
  ['spaced', 'a number with spaces in it', '+999 0000 0000'],
  ['uri', 'a number as a URI', 'tel:+99900000000'],
  ['zero', 'a plus and a number that begins with 0', '+09990000000'],
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
      tries: [...NO_NUMBER, 'request.route'],
      act: async (context) => {
        const invitees = [context.phone()];
        const second = context.undialablePhone('+99900000000');
        const [call, users] = await Promise.all([context.groupCall({ pstnNumber: false }), context.users(2, 1)]);
        const refused = { control: 'pstn.accepted', expect: 'refusedOrFails', tries: NO_NUMBER } as const;
        await context.inviteAndWait(call, { says: 'a phone, to a call without a PSTN number', invitees, ...refused });
        await context.inviteAndWait(call, followUpInvitation('a refusal', users.slice(0, 1), ['request.route']));
        await context.inviteAndWait(call, {
          name: 'second',
          says: 'a user and a phone, to a call without a PSTN number, after somebody else',
          invitees: [...users.slice(1), second],
          ...refused,
          control: 'multiple.accepted',
        });
      },
    },
    {
      name: 'no-e164',
      since: '2025-07-23',
      capability: 'pstn',
      tries: [...E164, 'request.route'],
      act: async (context) => {
        const phones = INVALID_NUMBERS.map(([name, what, id]) => ({ name, what, phone: context.undialablePhone(id) }));
        const second = context.undialablePhone('conformance-2');
        const [call, users] = await Promise.all([context.groupCall(), context.users(2, 1)]);
        await Promise.all(
          phones.map(({ name, what, phone }) =>
            context.inviteAndWait(call, {
              name,
              says: `a phone whose id is ${what}`,
              invitees: [phone],
              ...WRONG_NUMBER,
            }),
          ),
        );
        await context.inviteAndWait(call, followUpInvitation('refusals', users.slice(0, 1), ['request.route']));
        // A service may look only at the first participant, or only at the first invitation.
        await context.inviteAndWait(call, {
          name: 'second',
          says: 'a user and a phone whose id is a word, after somebody else',
          invitees: [...users.slice(1), second],
          ...WRONG_NUMBER,
          control: 'multiple.accepted',
        });
      },
    },
    {
      name: 'peer-phone',
      since: '2025-07-23',
      capability: 'pstn',
      tries: [...PEER_PHONE, ...E164],
      act: async (context) => {
        const invitees = [context.phone()];
        const word = context.undialablePhone('conformance');
        const { call } = await context.peerToPeerCall();
        await context.inviteAndWait(call, {
          says: 'a phone, to a peer-to-peer call',
          invitees,
          control: 'pstn.accepted',
          tries: PEER_PHONE,
        });
        await context.inviteAndWait(call, {
          name: 'word',
          says: 'a phone whose id is a word, to a peer-to-peer call',
          invitees: [word],
          ...WRONG_NUMBER,
          control: 'pstn.peer-call',
        });
      },
    },
  ],
};
