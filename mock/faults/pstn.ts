import type { HookMaker } from '../hooks';
import type { JsonObject } from '../json';
import type { Attempt } from '../model';
import { fault, type Fault } from '../fault-records';
import {
  answersWith,
  lifts,
  objectsIn,
  onCompletion,
  onFinding,
  onResponse,
  onRoster,
  refuses,
} from '../hook-builders';
import { acceptsInSilence, failsButJoins } from './joining';
import { MISDIALINGS, placeOf, type Misnaming } from './participants';

const phone = ({ participants, call }: Attempt): boolean =>
  call?.pstnNumber === true && participants.some(({ identities }) => identities.some(({ kind }) => kind === 'phone'));

const names = ['pstn.phone-response', 'pstn.phone-completion', 'pstn.phone-roster'];

type Place = (of: Misnaming['of']) => HookMaker;

const rename = (of: JsonObject, name: string, misname: Misnaming['of']): void => {
  of[name] = misname(objectsIn(of[name]));
};

function phoneFaults(behavior: string, place: Place, also: readonly string[]): Fault[] {
  return MISDIALINGS.map(({ what, says, of }) =>
    fault(`${behavior}/${what}`, `${says} ${placeOf(behavior)}`, place(of), also),
  );
}

export const pstnFaults: readonly Fault[] = [
  fault('pstn.accepted/refused', 'answers 400 to an invitation of a phone', refuses('pstn-number', 400, phone), names),
  fault(
    'pstn.accepted/server-error',
    'answers 500 to an invitation of a phone',
    refuses('pstn-number', 500, phone),
    names,
  ),
  fault(
    'pstn.accepted/fails',
    'accepts phones, then announces a failed operation',
    onFinding('reachable', (finding, attempt) =>
      phone(attempt) ? { failure: { code: 403, subcode: 10_151, message: 'addParticipants failed.' } } : finding,
    ),
    names,
  ),

  fault(
    'pstn.number-required/accepted',
    'invites phones to a call whose application instance has no phone number',
    lifts(['pstn-number']),
  ),
  fault(
    'pstn.number-required/first-participant-only',
    'invites a phone to a call whose application instance has no phone number if it is not the first participant',
    lifts(
      ['pstn-number'],
      ({ participants: [first] }) => first?.identities.some(({ kind }) => kind === 'phone') === false,
    ),
  ),
  fault(
    'pstn.number-required/in-silence',
    'announces the completion of a phone without a number to call from, and sends no roster',
    acceptsInSilence('pstn-number'),
  ),
  fault(
    'pstn.number-required/server-error',
    'answers 500 to a phone without a number to call from',
    answersWith(['pstn-number'], 500),
    ['refusal.client-error'],
  ),
  fault(
    'pstn.number-required/fails-but-joins',
    'announces that a phone without a number to call from failed, then lists it in the roster',
    failsButJoins('pstn-number'),
  ),

  ...phoneFaults('pstn.phone-response', (of) => onResponse((operation) => rename(operation, 'participants', of)), [
    'response.participants',
  ]),
  ...phoneFaults('pstn.phone-completion', (of) => onCompletion((operation) => rename(operation, 'participants', of)), [
    'completion.participants',
  ]),
  ...phoneFaults('pstn.phone-roster', (of) => onRoster((change) => rename(change, 'resourceData', of)), [
    'roster.invitees',
    'ordering.completion-before-roster',
  ]),
];
