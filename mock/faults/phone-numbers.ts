import type { HookMaker } from '../hooks';
import { isObject, type Json, type JsonObject } from '../json';
import type { Attempt } from '../model';
import { fault, type Fault } from '../fault-records';
import {
  answersWith,
  failsWhen,
  lifts,
  objectOf,
  objectsIn,
  onCompletion,
  onResponse,
  onRoster,
  refuses,
  together,
} from '../hook-builders';
import { acceptsInSilence, failsButJoins } from './joining';

/** Faults in the form of phone numbers, and in phones on peer-to-peer calls. */

const idsOf = ({ participants }: Attempt): string[] =>
  participants.flatMap(({ identities }) => identities.flatMap(({ kind, id }) => (kind === 'phone' ? [id] : [])));
const written = (form: RegExp) => (attempt: Attempt) => idsOf(attempt).some((id) => form.test(id));
const phoneOnPeerCall = (attempt: Attempt): boolean => attempt.call?.kind === 'peerToPeer' && idsOf(attempt).length > 0;

/** Changes the ids of phones in an identitySet. */
function rewrite(identity: Json | undefined, edit: (id: string) => string): void {
  const phone = objectOf(objectOf(identity)['phone']);
  if (typeof phone['id'] === 'string') phone['id'] = edit(phone['id']);
}

const inOperation = (operation: JsonObject, edit: (id: string) => string): void => {
  for (const one of objectsIn(operation['participants'])) rewrite(one['identity'], edit);
};

const inResponse = (edit: (id: string) => string): HookMaker => onResponse((operation) => inOperation(operation, edit));
const inCompletion = (edit: (id: string) => string): HookMaker =>
  onCompletion((operation) => inOperation(operation, edit));
const inRoster = (edit: (id: string) => string): HookMaker =>
  onRoster((change) => {
    for (const entry of objectsIn(change['resourceData'])) {
      const { info } = entry;
      if (isObject(info)) rewrite(info['identity'], edit);
    }
  });

const withoutPlus = (id: string): string => id.replace(/^\+/, '');
const asUri = (id: string): string => `tel:${id}`;
const spaced = (id: string): string => `${id.slice(0, 2)} ${id.slice(2)}`;

const NAMES = {
  response: ['pstn.phone-response', 'response.participants'],
  completion: ['pstn.phone-completion', 'completion.participants'],
  roster: ['pstn.phone-roster'],
};

export const phoneNumberFaults: readonly Fault[] = [
  fault('pstn.e164/anything-accepted', 'invites phones with any id', lifts(['e164'])),
  fault('pstn.e164/words-accepted', 'invites phones whose id is a word', lifts(['e164'], written(/^[a-z]+$/))),
  fault('pstn.e164/length-unchecked', 'invites phones with too many digits', lifts(['e164'], written(/^\+\d{16,}$/))),
  fault('pstn.e164/uris-accepted', 'invites phones whose id is a URI', lifts(['e164'], written(/^tel:/))),
  fault('pstn.e164/spaces-accepted', 'invites phones with spaces in their number', lifts(['e164'], written(/ /))),
  fault(
    'pstn.e164/in-silence',
    'announces the completion of a phone whose id is not a number, and sends no roster',
    acceptsInSilence('e164'),
  ),
  fault('pstn.e164/server-error', 'answers 500 to a phone whose id is not a number', answersWith(['e164'], 500), [
    'refusal.client-error',
  ]),
  fault(
    'pstn.e164/fails-but-joins',
    'announces that a phone whose id is not a number failed, then lists it in the roster',
    failsButJoins('e164'),
  ),
  fault(
    'pstn.e164/response-without-plus',
    'omits the plus of the phone number in the response',
    inResponse(withoutPlus),
    NAMES.response,
  ),
  fault('pstn.e164/completion-as-uri', 'sends the phone number as a tel: URI in the completion', inCompletion(asUri), [
    ...NAMES.completion,
  ]),
  fault(
    'pstn.e164/roster-with-spaces',
    'sends the phone number with a space in the roster',
    inRoster(spaced),
    NAMES.roster,
  ),
  fault(
    'pstn.e164/everywhere-without-plus',
    'omits the plus of the phone number in response, completion and roster',
    together(inResponse(withoutPlus), inCompletion(withoutPlus), inRoster(withoutPlus)),
    [...NAMES.response, ...NAMES.completion, ...NAMES.roster],
  ),

  fault(
    'pstn.peer-call/refused',
    'answers 400 to a phone for a peer-to-peer call',
    refuses('group-call', 400, phoneOnPeerCall),
  ),
  fault(
    'pstn.peer-call/server-error',
    'answers 500 to a phone for a peer-to-peer call',
    refuses('pstn-number', 500, phoneOnPeerCall),
  ),
  fault(
    'pstn.peer-call/not-found',
    'answers 404 to a phone for a peer-to-peer call',
    refuses('call', 404, phoneOnPeerCall),
  ),
  fault(
    'pstn.peer-call/fails',
    'accepts a phone for a peer-to-peer call, then announces a failed operation',
    failsWhen(phoneOnPeerCall),
  ),
];
