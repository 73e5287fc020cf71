import { randomUUID } from 'node:crypto';
import type { HookMaker } from '../hooks';
import type { Json, JsonObject } from '../json';
import { LIMITS } from '../limits';
import type { Attempt } from '../model';
import { fault, type Fault } from '../fault-records';
import { changesOf, failsWhen, lifts, onFinding, onReplacedCall, refuses, replan, together } from '../hook-builders';
import { namesInCompletion, namesInResponse, passesOver, showsInRoster } from './first-only';
import { staysBehind } from './joining';
import { isKnown } from './lookups';

const replaces = ({ participants }: Attempt): boolean => typeof participants[0]?.replacesCallId === 'string';
const several = (attempt: Attempt): boolean => replaces(attempt) && attempt.sent.length > 1;
const alone = (attempt: Attempt): boolean => replaces(attempt) && attempt.sent.length === 1;

const stateBecomes = (state: Json | undefined): HookMaker =>
  onReplacedCall((call) => {
    if (state === undefined) delete call['state'];
    else call['state'] = state;
  });

const withoutCall = (...changeTypes: string[]): HookMaker =>
  replan((planned) =>
    planned.filter(
      (one) =>
        one.kind !== 'call' || !changesOf(one).some((change) => changeTypes.includes(change['changeType'] as string)),
    ),
  );

const everyFirst = [
  'replace.first-only-accepted',
  'replace.first-only-response',
  'replace.first-only-completion',
  'replace.first-only-roster',
];
const ends = [
  'replace.peer-call-terminated',
  'replace.peer-call-deleted',
  'ordering.replaced-call-ends-after-completion',
  'ordering.terminated-before-deleted',
];
const ended = ['ordering.terminated-before-deleted'];

const urlBecomes = (change: JsonObject, url: string): void => {
  change['resourceUrl'] = url;
};

export const replaceFaults: readonly Fault[] = [
  fault(
    'replace.accepted/refused',
    'answers 400 to a participant with replacesCallId',
    refuses('replaced-call', 400, replaces),
    [...everyFirst, ...ends, 'response.replaces-call-id'],
  ),
  fault(
    'replace.accepted/alone-refused',
    'answers 400 to a single participant with replacesCallId',
    refuses('replaced-call', 400, alone),
  ),
  fault(
    'replace.accepted/server-error',
    'answers 500 to a participant with replacesCallId',
    refuses('replaced-call', 500, replaces),
    [...everyFirst, ...ends, 'response.replaces-call-id'],
  ),
  fault(
    'replace.accepted/fails',
    'accepts a single participant with replacesCallId, then announces a failed operation',
    failsWhen(alone),
    ends,
  ),

  fault(
    'replace.first-only-accepted/refused',
    'answers 400 to several participants of whom the first has a replacesCallId',
    refuses('replaced-call', 400, several),
    everyFirst.slice(1),
  ),
  fault(
    'replace.first-only-accepted/rest-in-call-refused',
    'refuses a participant with replacesCallId if another participant is in the call already',
    refuses('replaced-call', 400, ({ call, sent }) => sent.slice(1).some((one) => isKnown(call, one))),
  ),
  fault(
    'replace.first-only-accepted/server-error',
    'answers 500 to several participants of whom the first has a replacesCallId',
    refuses('replaced-call', 500, several),
    // An invitation of six of whom the first replaces a call may be refused, but not with a server error.
    [...everyFirst.slice(1), 'refusal.client-error'],
  ),
  fault(
    'replace.first-only-accepted/fails',
    'accepts several participants of whom the first has a replacesCallId, then announces a failed operation',
    failsWhen(several),
    everyFirst.slice(1),
  ),

  fault(
    'replace.first-only-response/all',
    'lists all participants in the response although the first has a replacesCallId',
    namesInResponse(({ sent }) => sent),
    ['response.participants'],
  ),
  fault(
    'replace.first-only-response/last',
    'lists the last participant in the response instead of the first, which has a replacesCallId',
    namesInResponse(({ sent }) => sent.slice(-1)),
    ['response.participants', 'response.replaces-call-id'],
  ),
  fault(
    'replace.first-only-completion/all',
    'lists all participants in the completion although the first has a replacesCallId',
    namesInCompletion(({ sent }) => sent),
    ['completion.participants'],
  ),
  fault(
    'replace.first-only-completion/last',
    'lists the last participant in the completion instead of the first, which has a replacesCallId',
    namesInCompletion(({ sent }) => sent.slice(-1)),
    ['completion.participants'],
  ),
  fault(
    'replace.first-only-response/where-all-replace',
    'ignores the other participants only if all have a replacesCallId',
    onFinding('participants', (finding, attempt) => {
      if (attempt.sent.some(({ replacesCallId }) => replacesCallId === null)) attempt.participants = attempt.sent;
      return finding;
    }),
    ['replace.first-only-completion', 'replace.first-only-roster', 'replace.first-only-accepted'],
  ),
  fault(
    'replace.first-only-response/six',
    'invites all six participants although the first has a replacesCallId',
    together(
      onFinding('participants', (finding, attempt) => {
        if (several(attempt) && attempt.sent.length > LIMITS.participants) attempt.participants = attempt.sent;
        return finding;
      }),
      lifts(['limit'], several),
    ),
    ['replace.first-only-completion', 'replace.first-only-roster'],
  ),
  fault(
    'refusal.client-error/six-of-whom-the-first-replaces',
    'answers 500 to six participants of whom the first has a replacesCallId',
    refuses('replaced-call', 500, (attempt) => several(attempt) && attempt.sent.length > LIMITS.participants),
  ),
  fault(
    'replace.first-only-roster/all',
    'lists all participants in an additional roster although the first has a replacesCallId',
    showsInRoster(({ sent }) => sent, 0),
  ),
  fault(
    'replace.first-only-roster/all-later',
    'lists all participants in an additional roster 300 ms later although the first has a replacesCallId',
    showsInRoster(({ sent }) => sent, 300),
  ),
  fault(
    'replace.first-only-roster/stay',
    'lists the participants after the first, which has a replacesCallId, in the next roster',
    staysBehind((occasion) =>
      occasion.kind === 'accepted' && passesOver(occasion.invitation) ? occasion.invitation.sent.slice(1) : [],
    ),
  ),

  fault(
    'replace.peer-call-terminated/only-deleted',
    'notifies only that the replaced call is deleted, without its state',
    together(withoutCall('updated'), stateBecomes(undefined)),
    ended,
  ),
  fault(
    'replace.peer-call-terminated/state-missing',
    'omits the state of the replaced call',
    stateBecomes(undefined),
    ended,
  ),
  fault(
    'replace.peer-call-terminated/established',
    'sends state established for the replaced call',
    stateBecomes('established'),
    ended,
  ),
  fault('replace.peer-call-terminated/ended', 'sends state ended for the replaced call', stateBecomes('ended'), ended),
  fault(
    'replace.peer-call-terminated/never',
    'sends no notification about the replaced call',
    withoutCall('updated', 'deleted'),
    ['replace.peer-call-deleted', 'ordering.replaced-call-ends-after-completion', ...ended],
  ),

  fault(
    'replace.peer-call-deleted/never',
    'sends no notification that the replaced call is deleted',
    withoutCall('deleted'),
    ended,
  ),
  fault(
    'replace.peer-call-deleted/updated',
    'sends changeType updated instead of deleted for the replaced call',
    onReplacedCall((_call, change) => {
      change['changeType'] = 'updated';
    }),
    ended,
  ),
  fault(
    'replace.peer-call-terminated/group-call',
    'names the group call instead of the replaced call in the notification of state terminating',
    onReplacedCall((_call, change, { invitation }) => {
      if (change['changeType'] !== 'deleted') change['resourceUrl'] = `/communications/calls/${invitation.call.id}`;
    }),
  ),
  fault(
    'replace.peer-call-deleted/group-call',
    'names the group call instead of the replaced call in the notification of changeType deleted',
    onReplacedCall((_call, change, { invitation }) => {
      if (change['changeType'] === 'deleted') urlBecomes(change, `/communications/calls/${invitation.call.id}`);
    }),
    ended,
  ),
  fault(
    'replace.peer-call-deleted/participants',
    'names the participants of the replaced call in the notification of changeType deleted',
    onReplacedCall((_call, change) => {
      if (change['changeType'] === 'deleted') urlBecomes(change, `${change['resourceUrl'] as string}/participants`);
    }),
    [...ended, 'roster.announced', 'roster.change-type', 'roster.resource-url'],
  ),
  fault(
    'replace.peer-call-deleted/operation',
    'names an operation of the replaced call in the notification of changeType deleted',
    onReplacedCall((_call, change) => {
      if (change['changeType'] !== 'deleted') return;
      urlBecomes(change, `${change['resourceUrl'] as string}/operations/${randomUUID()}`);
    }),
    ended,
  ),
];
